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
from stars.catalogue.models import Group
from stars.catalogue.operations import approval, offering
from stars.catalogue.queries import managed
from stars.catalogue.types import Changed
from stars.common import clock
from stars.workspaces.institution.views.base import ProgrammeView
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


class ProgrammeEdit(StaffView):
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
        return self.page(ProgrammeForm(), heading=_("New programme"))

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
        return self.page(self._form(), heading=self.programme.title, programme=self.programme)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """At once, or for approval; what cannot be changed any more is said at its field."""
        form = self._form(request.POST)
        if form.is_valid():
            draft = form.draft(self.programme.institution_id)
            try:
                changed = bound.change_programme(self.programme, draft, by=self.actor)
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
        return self.page(form, status=422, heading=self.programme.title, programme=self.programme)

    def _form(self, *data: Any) -> ProgrammeForm:
        waiting = managed.waiting_of(self.programme).get(None)
        return ProgrammeForm(*data, programme=self.programme, waiting=waiting.values if waiting else None)


def explain(form: forms.Form, broken: offering.BreaksRule) -> None:
    """A rule of the database in words, at its field."""
    words = {
        "programme_code_once_per_institution": ("code", _("Another programme has this code.")),
        "programme_varam_level": (
            "varam_level",
            _("A programme offered under this source must name the level of basic digital skills."),
        ),
        "group_seats_not_exceeded": ("seats_max", _("More seats are taken already.")),
    }
    form.add_error(*words.get(broken.rule, (None, _("This breaks a rule of the catalogue."))))


def explain_fixed(form: forms.Form, columns: list[str]) -> None:
    """At each field: people chose by it."""
    places = {"is_remote": "place", "municipality_id": "place"}
    names = dict.fromkeys(places.get(column, column.removesuffix("_id")) for column in columns)
    for name in names:
        form.add_error(name, _("People have applied for it as it is, so this cannot be changed any more."))


def say_changed(request: HttpRequest, changed: Changed) -> None:
    """What holds already, and what waits."""
    if changed.proposed:
        messages.info(
            request,
            _("Sent for approval: %(fields)s. Until then the catalogue shows what it showed.")
            % {"fields": labels.labels(changed.proposed)},
        )
    if changed.done:
        messages.success(request, _("The changes are saved."))
    if not changed.done and not changed.proposed:
        messages.info(request, _("Nothing was changed."))


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
