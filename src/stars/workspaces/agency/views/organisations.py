"""Organisations and who acts for them; the agency's administrators grant memberships everywhere."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.actor import OwnAffair
from stars.actors.permissions import Permission
from stars.common.typed import words
from stars.organisations import operations
from stars.organisations import queries as organisations
from stars.organisations.enums import OrganisationKind
from stars.organisations.forms import GrantForm
from stars.organisations.models import Organisation
from stars.organisations.types import KIND_WORDS
from stars.ui.templatetags.ui import latvian
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView

_LONGEST_SEARCH = 100


class Organisations(StaffView, TemplateView):
    """The list, by name and kind."""

    permission = Permission.MEMBER_GRANT
    template_name = "agency/organisations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the address asks for."""
        text = words(self.request.GET.get("q", ""), longest=_LONGEST_SEARCH)
        kind = self.request.GET.get("veids", "")
        kind = kind if kind in OrganisationKind.values else ""
        page = page_of(organisations.find_organisations(text=text, kind=kind), self.request.GET)
        return super().get_context_data(
            heading=_("Organisations"),
            lead=_("Who acts for which organisation, and who is its administrator."),
            page=page,
            q=text,
            kind=kind,
            kinds=KIND_WORDS.items(),
            **kwargs,
        )


class OrganisationView(StaffView):
    """A page about one organisation."""

    permission = Permission.MEMBER_GRANT

    def organisation(self) -> Organisation:
        """The one of the address."""
        found = organisations.by_slug(self.kwargs["slug"])
        if found is None:
            raise Http404
        return found


class OrganisationPage(OrganisationView, TemplateView):
    """Its members."""

    template_name = "agency/organisation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of members; what was seen is recorded."""
        organisation = self.organisation()
        page = page_of(organisations.members_of(organisation), self.request.GET)
        operations.note_look(organisation, [member.person_id for member in page], by=self.actor)
        return super().get_context_data(
            heading=organisation.name,
            lead=organisation.kind_label,
            organisation=organisation,
            page=page,
            own_id=self.actor.person_id,
            crumbs=_crumbs(organisation),
            **kwargs,
        )


class Grant(OrganisationView, KeptFormView[GrantForm]):
    """A membership for a person who is known by their code, which travels in the form only."""

    template_name = "agency/grant.html"
    form_class = GrantForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where it will be."""
        organisation = self.organisation()
        return super().get_context_data(
            heading=_("Grant a membership"),
            lead=latvian(organisation.name),
            back_url=reverse("agency:organisation", args=[organisation.slug]),
            crumbs=_crumbs(organisation, _("Grant a membership")),
            **kwargs,
        )

    def form_valid(self, form: GrantForm) -> HttpResponse:
        """Grant, or say why not."""
        organisation, person = self.organisation(), form.person
        values = {
            name: value for name, value in form.cleaned_data.items() if name not in ("code", "family_name")
        }
        if person is None:
            return self.form_invalid(form)
        try:
            operations.grant(organisation, person, **values, by=self.actor)
        except operations.AlreadyMember:
            form.add_error("code", _("This person works for the organisation already."))
        except OwnAffair:
            form.add_error("code", _("You cannot grant a membership to yourself."))
        except operations.PeriodNotInOrder:
            form.add_error("valid_until", _("The membership would end before it begins."))
        if form.errors:
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("%(name)s now works for %(organisation)s.")
            % {"name": person.full_name, "organisation": organisation.name},
        )
        return redirect("agency:organisation", slug=organisation.slug)

    def form_invalid(self, form: GrantForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _crumbs(organisation: Organisation, step: str = "") -> list[dict[str, str]]:
    own = reverse("agency:organisation", args=[organisation.slug]) if step else ""
    crumbs = [
        {"label": _("Organisations"), "url": reverse("agency:organisations")},
        {"label": latvian(organisation.name), "url": own},
    ]
    return [*crumbs, {"label": step, "url": ""}] if step else crumbs
