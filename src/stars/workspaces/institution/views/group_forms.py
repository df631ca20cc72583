"""Groups of an own programme: made, corrected, sent and published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stars.actors.permissions import Permission
from stars.applications.operations import offering as bound
from stars.catalogue.forms import GroupForm
from stars.catalogue.lifecycle import StepNotAllowed
from stars.catalogue.models import Group
from stars.catalogue.operations import approval, offering
from stars.catalogue.queries import managed
from stars.catalogue.queries.standing import seen
from stars.common.seen import ChangedMeanwhile
from stars.workspaces.institution.views.base import GroupView, ProgrammeView
from stars.workspaces.institution.views.changes import (
    explain,
    explain_fixed,
    explain_meanwhile,
    say_changed,
)
from stars.workspaces.institution.views.programmes import STALE
from stars.workspaces.kept import KeptView


class GroupEdit(KeptView):
    """What both forms share."""

    permission = Permission.PROGRAMME_EDIT

    def page(self, form: GroupForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The form."""
        return render(self.request, "institution/groups/form.html", {"form": form, **context}, status=status)


class NewGroup(ProgrammeView, GroupEdit):
    """One more group."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """An empty form."""
        return self.page(self.filled(GroupForm()), heading=_("New group"), programme=self.programme)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A planned group, and back to the programme."""
        form = GroupForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422, heading=_("New group"), programme=self.programme)
        offering.add_group(self.programme, form.draft(), by=self.actor)
        messages.success(request, _("The group is saved. It can be sent for approval."))
        return redirect("institution:programme", self.programme.pk)


class ChangeGroup(GroupView, GroupEdit):
    """A group is corrected."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """With the values that wait for approval, when there are such."""
        return self._page(self.filled(self._form()), seen=self.seen(seen(self.group)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """At once, or for approval; what cannot be changed any more is said at its field."""
        form, group, opened = self._form(request.POST), self.group, self.seen("")
        if form.is_valid():
            try:
                changed = bound.change_group(group, form.draft(), seen=opened, by=self.actor)
            except ChangedMeanwhile as meanwhile:
                explain_meanwhile(form, Group, meanwhile)
                opened = meanwhile.seen
            except offering.FixedByApplications as fixed:
                explain_fixed(form, fixed.columns)
            except offering.BelowTaken as below:
                form.add_error("seats_max", _("Seats taken already: %(count)d.") % {"count": below.taken})
            except offering.BreaksRule as broken:
                explain(form, broken)
            except StepNotAllowed:
                messages.warning(request, _("It waits for approval. Take it back before you change it."))
                return redirect("institution:programme", group.programme_id)
            else:
                say_changed(request, changed)
                return redirect("institution:programme", group.programme_id)
        return self._page(form, seen=opened, status=422)

    def _page(self, form: GroupForm, *, seen: str, status: int = 200) -> HttpResponse:
        group = self.group
        return self.page(
            form, status=status, heading=group.name, programme=group.programme, group=group, seen=seen
        )

    def _form(self, *data: Any) -> GroupForm:
        waiting = managed.waiting_of(self.group.programme).get(self.group.pk)
        return GroupForm(*data, group=self.group, waiting=waiting.values if waiting else None)


class MoveGroup(GroupView):
    """A step on the group's way: send, take back, publish."""

    permission = Permission.PROGRAMME_EDIT

    def post(self, request: HttpRequest, *, programme_id: int, group_id: int, step: str) -> HttpResponse:
        """Back to the programme, with a word on what happened. A second click finds it done."""
        group, by = self.group, self.actor
        said = {
            "send": _("The group is sent for approval."),
            "recall": _("It is taken back and can be changed."),
            "publish": _("The group stands in the catalogue."),
        }
        if step not in said:
            raise Http404
        try:
            {"send": approval.send_group, "recall": approval.recall, "publish": approval.publish}[step](
                group, by=by
            )
        except approval.ProgrammeFirst:
            messages.warning(request, _("The programme goes first: send and publish it, then its groups."))
        except (StepNotAllowed, approval.AlreadySettled):
            messages.info(request, STALE)
        else:
            messages.success(request, said[step])
        return redirect("institution:programme", group.programme_id)
