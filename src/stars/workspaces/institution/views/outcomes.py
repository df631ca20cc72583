"""Outcomes of a group from a table: the empty table, the trial run, and then the deed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.actors.permissions import Permission
from stars.applications.applicants import Applicant, applicant_of
from stars.applications.enums import Action, ExpulsionReason
from stars.applications.operations.looks import note_list
from stars.applications.queries import institution
from stars.applications.words import headline
from stars.catalogue.imports.tables import Fault, Unreadable
from stars.enrolments.forms import OutcomesFile
from stars.enrolments.imports.outcomes import COLUMNS, REASONS, read_outcomes, table_of
from stars.enrolments.operations.outcomes import OutcomesImported, import_outcomes
from stars.enrolments.queries import enrolments_in
from stars.enrolments.types import OutcomeRow
from stars.ui.templatetags.ui import day
from stars.workspaces.institution.views.base import GroupView
from stars.workspaces.listing import spreadsheet

# The checked rows go through the browser and come back as they were, within an hour and for the same group.
_KEPT_SECONDS = 3_600


class OutcomesTable(GroupView):
    """The table to be filled in, with the group's learners in it."""

    permission = Permission.APPLICATION_CONCLUDE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file."""
        rows = list(enrolments_in(self.group))
        note_list([row.application for row in rows], by=self.actor, what="exported")
        return spreadsheet(table_of(rows), f"rezultāti-{self.group.pk}")


class Outcomes(GroupView):
    """Takes the table in."""

    permission = Permission.APPLICATION_CONCLUDE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Where to choose the file."""
        return self._page(OutcomesFile())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A file is checked; checked rows are written."""
        if "checked" in request.POST:
            return self._write(request.POST["checked"])
        form = OutcomesFile(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            file = form.cleaned_data["file"]
            rows, faults = read_outcomes(file.read(), file.name)
        except Unreadable as unreadable:
            form.add_error("file", str(unreadable))
            return self._page(form, status=422)
        tried = import_outcomes(self.group, rows, by=self.actor, dry_run=True)
        faults = sorted([*faults, *tried.faults], key=lambda fault: fault.row)
        if faults:
            return self._page(form, status=422, faults=faults)
        if empty := _why_empty(rows, tried):
            form.add_error("file", empty)
            return self._page(form, status=422)
        return self._page(OutcomesFile(), tried=tried, checked=self._signed(rows))

    def _write(self, checked: str) -> HttpResponse:
        try:
            plain = signing.loads(checked, salt=self._salt, max_age=_KEPT_SECONDS)
        except signing.BadSignature:
            messages.warning(self.request, _("The check is too old. Please choose the file once more."))
            return redirect("institution:outcomes", self.group.pk)
        done = import_outcomes(self.group, [_row(values) for values in plain], by=self.actor)
        if done.faults:
            return self._page(OutcomesFile(), status=409, faults=list(done.faults))
        messages.success(self.request, outcome_words(done))
        return redirect(f"{self.group_url}?cilne=uznemti")

    @property
    def group_url(self) -> str:
        """Address of the group."""
        return reverse("institution:group", args=[self.group.pk])

    @property
    def _salt(self) -> str:
        return f"outcomes:{self.group.pk}:{self.actor.person_id}"

    def _signed(self, rows: list[OutcomeRow]) -> str:
        plain = [
            {
                name: value.isoformat() if isinstance(value, date) else value
                for name, value in asdict(row).items()
            }
            for row in rows
        ]
        return signing.dumps(plain, salt=self._salt, compress=True)

    def _told(self, rows: Sequence[OutcomeRow]) -> list[tuple[Applicant, str, str]]:
        """Who completes or is expelled, with what is written of them and the headline of their e-mail."""
        seated = {row.number: row for row in institution.seated_in(self.actor, self.group)} if rows else {}
        return [
            (
                applicant_of(person),
                _written(row),
                headline(Action.COMPLETE if row.is_completed else Action.EXPEL),
            )
            for row in rows
            if (person := seated.get(row.application)) is not None
        ]

    def _page(
        self,
        form: OutcomesFile,
        *,
        status: int = 200,
        faults: list[Fault] | None = None,
        tried: OutcomesImported | None = None,
        checked: str = "",
    ) -> HttpResponse:
        found = faults or []
        context = {
            "heading": _("Outcomes from a table"),
            "group": self.group,
            "form": form,
            "faults": found[: OutcomesFile.SHOWN_FAULTS],
            "fault_count": len(found),
            "tried": outcome_words(tried) if tried else "",
            "told": self._told(tried.told) if tried else [],
            "checked": checked,
            "columns": [column.heading for column in COLUMNS],
            "reasons": list(REASONS),
        }
        return render(self.request, "institution/groups/outcomes.html", context, status=status)


def _why_empty(rows: Sequence[OutcomeRow], tried: OutcomesImported) -> str:
    """Why a good table writes nothing; "" when it writes something."""
    if not rows:
        return _("The table has no rows.")
    if tried.unchanged == len(rows):
        return _("Nothing in the table is new. Fill it in and choose it once more.")
    return ""


def _written(row: OutcomeRow) -> str:
    """Document and outcome, or reason and day, as people read them."""
    if row.is_expelled:
        return f"{ExpulsionReason(row.expulsion_reason).label}, {day(row.expelled_on)}"
    outcome = _("passed") if row.grade is None else f"{_('grade')} {row.grade}"
    return f"{row.document_number}, {day(row.document_on)}, {outcome}"


def _row(values: dict[str, Any]) -> OutcomeRow:
    document_on, expelled_on = values.pop("document_on"), values.pop("expelled_on")
    return OutcomeRow(
        **values,
        document_on=date.fromisoformat(document_on) if document_on else None,
        expelled_on=date.fromisoformat(expelled_on) if expelled_on else None,
    )


def outcome_words(done: OutcomesImported) -> str:
    """What an import does or did."""
    parts = [
        ngettext("%(count)d person completed", "%(count)d persons completed", done.completed)
        % {"count": done.completed},
        ngettext("%(count)d person expelled", "%(count)d persons expelled", done.expelled)
        % {"count": done.expelled},
        ngettext("hours of %(count)d person", "hours of %(count)d persons", done.attended)
        % {"count": done.attended},
        ngettext("%(count)d row unchanged", "%(count)d rows unchanged", done.unchanged)
        % {"count": done.unchanged},
    ]
    return ", ".join(parts) + "."
