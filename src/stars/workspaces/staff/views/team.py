"""The members of an organisation: inviting, changing, ending. The agency's administrators do it for every organisation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from stars.actors.actor import OwnAffair
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.organisations import operations
from stars.organisations import queries as organisations
from stars.organisations.forms import InviteForm, MemberForm, initial_of
from stars.organisations.models import Membership, Organisation
from stars.ui.templatetags.ui import latvian, with_latvian
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView


class TeamView(StaffView):
    """What all pages about members share."""

    permission = Permission.MEMBER_INVITE

    @property
    def organisation(self) -> Organisation:
        """For which the actor works."""
        found = organisations.by_pk(self.actor.organisation_id or 0)
        if found is None:
            raise Http404
        return found

    def membership(self) -> Membership:
        """The one of the address; of another organisation it is a 404 and an audit event, but for the agency."""
        number = self.kwargs["number"]
        scope = None if self.actor.may(Permission.MEMBER_GRANT) else self.actor.organisation_id
        found = organisations.membership(number, organisation_id=scope)
        if found is None:
            audit.record("membership.refused", by=self.actor, subject="membership", subject_id=number)
            raise Http404
        return found

    def members_page(self, membership: Membership) -> str:
        """Where the member stands in a list."""
        if membership.organisation_id == self.actor.organisation_id:
            return reverse("staff:team")
        return reverse("agency:organisation", args=[membership.organisation.slug])


class Team(TeamView, TemplateView):
    """Members and open invitations."""

    template_name = "staff/team.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of members; what was seen is recorded."""
        organisation = self.organisation
        page = page_of(organisations.members_of(organisation), self.request.GET)
        operations.note_look(organisation, [member.person_id for member in page], by=self.actor)
        return super().get_context_data(
            heading=_("Team"),
            lead=latvian(organisation.name),
            page=page,
            invitations=list(organisations.open_invitations(organisation)[:50]),
            own_id=self.actor.person_id,
            **kwargs,
        )


class MemberFormView(TeamView, KeptFormView[MemberForm]):
    """A form about one member, whose refusals stay on the page."""

    template_name = "staff/member.html"
    form_class = MemberForm

    def form_invalid(self, form: MemberForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Invite(MemberFormView):
    """An invitation by e-mail to one's own organisation."""

    form_class = InviteForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """For whom it will be."""
        return super().get_context_data(
            heading=_("Invite to the team"),
            lead=latvian(self.organisation.name),
            submit=_("Send the invitation"),
            back_url=reverse("staff:team"),
            note=_(
                "The link can be used once, for 14 days. An earlier invitation to this address stops working."
            ),
            **kwargs,
        )

    def form_valid(self, form: MemberForm) -> HttpResponse:
        """Send it."""
        operations.invite(self.organisation, **form.cleaned_data, by=self.actor)
        messages.success(
            self.request, _("The invitation was sent to %(email)s.") % {"email": form.cleaned_data["email"]}
        )
        return redirect("staff:team")


class ChangeMember(MemberFormView):
    """Role, position, basis and validity of somebody else."""

    def get_initial(self) -> dict[str, Any]:
        """What it is now."""
        return initial_of(self.membership())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who it is about; the look is recorded."""
        member = self.membership()
        operations.note_look(member.organisation, [member.person_id], by=self.actor)
        return super().get_context_data(
            heading=member.person.full_name,
            lead=latvian(member.organisation.name),
            submit=_("Save"),
            back_url=self.members_page(member),
            end_url=reverse("staff:member-end", args=[member.pk]),
            is_own=member.person_id == self.actor.person_id,
            **kwargs,
        )

    def form_valid(self, form: MemberForm) -> HttpResponse:
        """Save, or say why not."""
        member = self.membership()
        try:
            operations.change(member, **form.cleaned_data, by=self.actor)
        except OwnAffair:
            form.add_error(None, _("You cannot change your own membership: another administrator can."))
        except operations.LastAdministrator:
            form.add_error(
                "role", _("This is the organisation's last administrator. Appoint another one first.")
            )
        except operations.PeriodNotInOrder:
            form.add_error("valid_until", _("The membership would end before it begins."))
        except Membership.DoesNotExist as gone:
            raise Http404 from gone
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("The changes are saved."))
        return redirect(self.members_page(member))


class EndMember(TeamView, FormView[forms.Form]):
    """Ending a membership, after a question."""

    template_name = "staff/end_member.html"
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose it is; the look is recorded."""
        member = self.membership()
        operations.note_look(member.organisation, [member.person_id], by=self.actor)
        return super().get_context_data(
            heading=_("End the membership"),
            lead=with_latvian(
                "%(who)s, %(where)s", {"where": member.organisation.name}, who=member.person.full_name
            ),
            back_url=self.members_page(member),
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """End it, or say why not."""
        member = self.membership()
        try:
            operations.end(member, by=self.actor)
        except operations.LastAdministrator:
            form.add_error(
                None, _("This is the organisation's last administrator. Appoint another one first.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except Membership.DoesNotExist as gone:
            raise Http404 from gone
        messages.success(
            self.request, _("The membership of %(name)s has ended.") % {"name": member.person.full_name}
        )
        return redirect(
            self.members_page(member) if member.person_id != self.actor.person_id else "staff:roles"
        )


class WithdrawInvitation(TeamView):
    """Taking an invitation back."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Back to the team; twice is once."""
        found = organisations.invitation(number, organisation_id=self.actor.organisation_id or 0)
        if found is None:
            audit.record("invitation.refused", by=self.actor, subject="invitation", subject_id=number)
            raise Http404
        try:
            operations.withdraw(found, by=self.actor)
            messages.success(
                request, _("The invitation to %(email)s was withdrawn.") % {"email": found.email}
            )
        except operations.InvitationNotValid:
            messages.info(request, _("This invitation is not open any more."))
        return redirect("staff:team")
