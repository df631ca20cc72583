"""Own programmes: the list, one of them as a whole, and its way into the catalogue."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stars.actors.permissions import Permission
from stars.applications.operations import offering as bound
from stars.catalogue import description, labels
from stars.catalogue.enums import ProgrammeStatus
from stars.catalogue.forms import ProgrammeForm
from stars.catalogue.lifecycle import GROUP_STEPS, PROGRAMME_STEPS, Step, StepNotAllowed, may
from stars.catalogue.models import Group, Programme
from stars.catalogue.operations import approval, offering
from stars.catalogue.queries import managed
from stars.catalogue.queries.standing import seen
from stars.common import clock
from stars.common.seen import ChangedMeanwhile
from stars.workspaces.institution.views.base import ProgrammeView
from stars.workspaces.institution.views.changes import (
    explain,
    explain_fixed,
    explain_meanwhile,
    say_changed,
)
from stars.workspaces.kept import KeptView
from stars.workspaces.listing import FilterForm, page_of
from stars.workspaces.views import StaffView

COLOURS = {"sent": "info", "approved": "warm", "published": "success", "cancelled": "danger"}
STALE = gettext_lazy("Meanwhile this was changed elsewhere. Here is how it stands now.")


class ProgrammeFilters(FilterForm):
    """By words in the title or code, and by state."""

    q = forms.CharField(label=gettext_lazy("Title or code"), max_length=100)
    stavoklis = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All states")),
            ("atpakal", gettext_lazy("Sent back by the agency")),
            *ProgrammeStatus.choices,
        ],
    )


class Programmes(StaffView):
    """All programmes of the institution."""

    permission = Permission.PROGRAMME_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address names."""
        filters = ProgrammeFilters(request.GET)
        page = page_of(managed.programmes_listed(self.actor, **filters.chosen), request.GET)
        rows = [(programme, COLOURS.get(programme.status, "neutral")) for programme in page]
        context = {"heading": _("Programmes"), "filters": filters, "page": page, "rows": rows}
        return render(request, "institution/programmes/list.html", context)


class ProgrammePage(ProgrammeView):
    """Everything about a programme, its groups, and what can be done next."""

    permission = Permission.PROGRAMME_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """With what waits for approval."""
        programme = self.programme
        waiting = managed.waiting_of(programme)
        change = waiting.get(None)
        context = {
            "heading": programme.title,
            "programme": programme,
            "colour": COLOURS.get(programme.status, "neutral"),
            "steps": _steps(programme.status, PROGRAMME_STEPS),
            "change": labels.differences(change) if change and change.values else [],
            "rows": description.programme_rows(programme),
            "groups": [
                _group_row(group, is_waiting=group.pk in waiting) for group in managed.groups_under(programme)
            ],
        }
        return render(request, "institution/programmes/page.html", context)


def _steps(status: str, table: dict[Step, Any]) -> dict[str, bool]:
    return {step.name.lower(): may(status, step, table) for step in Step}


def _group_row(group: Group, *, is_waiting: bool) -> dict[str, Any]:
    return {
        "group": group,
        "colour": COLOURS.get(group.status, "neutral"),
        "steps": _steps(group.status, GROUP_STEPS),
        "has_change": is_waiting and group.status != ProgrammeStatus.SENT,
        "sources": ", ".join(sorted({offer.round.scheme for offer in group.offers.all()})),
        "is_over": group.ends_on < clock.today(),
    }


class ProgrammeEdit(KeptView):
    """What the forms for a new programme and for a known one share."""

    permission = Permission.PROGRAMME_EDIT

    def page(self, form: ProgrammeForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The form."""
        return render(
            self.request, "institution/programmes/form.html", {"form": form, **context}, status=status
        )


class NewProgramme(ProgrammeEdit):
    """A programme that was not here before."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        return self.page(self.filled(ProgrammeForm()), heading=_("New programme"))

    def post(self, request: HttpRequest) -> HttpResponse:
        """A draft, and on to its page."""
        form = ProgrammeForm(request.POST)
        if form.is_valid():
            draft = form.draft(self.actor.organisation_id or 0)
            try:
                made = offering.create_programme(draft, by=self.actor)
            except offering.BreaksRule as broken:
                explain(form, broken)
            else:
                messages.success(
                    request, _("The programme is saved as a draft. Add a group, then send it for approval.")
                )
                return redirect("institution:programme", made.pk)
        return self.page(form, status=422, heading=_("New programme"))


class ChangeProgramme(ProgrammeView, ProgrammeEdit):
    """A programme is corrected."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """With the values that wait for approval, when there are such."""
        return self._page(self.filled(self._form()), seen=self.seen(seen(self.programme)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """At once, or for approval; what cannot be changed any more is said at its field."""
        form, opened = self._form(request.POST), self.seen("")
        if form.is_valid():
            draft = form.draft(self.programme.institution_id)
            try:
                changed = bound.change_programme(self.programme, draft, seen=opened, by=self.actor)
            except ChangedMeanwhile as meanwhile:
                explain_meanwhile(form, Programme, meanwhile)
                opened = meanwhile.seen
            except offering.FixedByApplications as fixed:
                explain_fixed(form, fixed.columns)
            except offering.BreaksRule as broken:
                explain(form, broken)
            except StepNotAllowed:
                messages.warning(request, _("It waits for approval. Take it back before you change it."))
                return redirect("institution:programme", self.programme.pk)
            else:
                say_changed(request, changed)
                return redirect("institution:programme", self.programme.pk)
        return self._page(form, seen=opened, status=422)

    def _page(self, form: ProgrammeForm, *, seen: str, status: int = 200) -> HttpResponse:
        programme = self.programme
        return self.page(form, status=status, heading=programme.title, programme=programme, seen=seen)

    def _form(self, *data: Any) -> ProgrammeForm:
        waiting = managed.waiting_of(self.programme).get(None)
        return ProgrammeForm(*data, programme=self.programme, waiting=waiting.values if waiting else None)


class MoveProgramme(ProgrammeView):
    """A step on the programme's way: send, take back, publish, take out of the catalogue."""

    permission = Permission.PROGRAMME_EDIT

    def post(self, request: HttpRequest, *, programme_id: int, step: str) -> HttpResponse:
        """Back to the programme, with a word on what happened. A second click finds it done."""
        if step not in {"send", "recall", "publish"}:
            raise Http404
        try:
            messages.success(request, self._move(step))
        except (StepNotAllowed, approval.AlreadySettled):
            messages.info(request, STALE)
        return redirect("institution:programme", self.programme.pk)

    def _move(self, step: str) -> str:
        programme, by = self.programme, self.actor
        if step == "send":
            groups = approval.send_programme(programme, by=by)
            return ngettext(
                "The programme is sent for approval, with %(count)d group.",
                "The programme is sent for approval, with %(count)d groups.",
                groups,
            ) % {"count": groups}
        if step == "recall":
            approval.recall(programme, by=by)
            return _("It is taken back and can be changed.")
        approval.publish(programme, by=by)
        return _("The programme stands in the catalogue.")


class WithdrawProgramme(ProgrammeView):
    """Takes a programme out of the catalogue, after a word on what that means."""

    permission = Permission.PROGRAMME_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What it means."""
        context = {"heading": _("Take out of the catalogue"), "programme": self.programme}
        return render(request, "institution/programmes/withdraw.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Done, or done before."""
        try:
            approval.withdraw(self.programme, by=self.actor)
        except StepNotAllowed:
            messages.info(request, STALE)
        else:
            messages.success(request, _("The programme is taken out of the catalogue. Applications go on."))
        return redirect("institution:programme", self.programme.pk)
