"""The work queue: applications of one's own sources, oldest first, as the address filters them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.actors.permissions import Permission
from stars.applications.enums import Answer, Register, Status
from stars.applications.judging import is_clear, verdicts
from stars.applications.models import Application
from stars.applications.operations import MOST_AT_ONCE
from stars.applications.operations.looks import note_list
from stars.applications.progress import colour
from stars.applications.queries import queue, staff
from stars.applications.queries.pages import COUNTED_UP_TO, PAGE_SIZE
from stars.applications.queries.queue import Mark, QueueFilter
from stars.common import clock
from stars.common.workdays import workdays_between
from stars.schemes.types import Verdict
from stars.ui.xlsx import workbook
from stars.workspaces import listing
from stars.workspaces.listing import FilterForm, place_in, query_without_place, spreadsheet
from stars.workspaces.views import StaffView

MARKS = {
    Mark.TO_CHECK: gettext_lazy("Something is to be checked"),
    Mark.DENIED: gettext_lazy("A register does not confirm"),
    Mark.SILENT: gettext_lazy("A register does not answer or does not know"),
    Mark.MONEY_SHORT: gettext_lazy("The money does not suffice"),
    Mark.CORRECTED: gettext_lazy("Was returned for correction"),
}
# Of each verdict how many rules, in this order.
_VERDICTS = (Verdict.NOT_MET, Verdict.TO_CHECK, Verdict.MET)


class QueueFilters(FilterForm):
    """By state, source, round, what is remarkable, and by number; and how many are shown at once."""

    statuss = forms.ChoiceField(label=gettext_lazy("State"))
    avots = forms.ChoiceField(label=gettext_lazy("Funding source"))
    karta = forms.TypedChoiceField(label=gettext_lazy("Application round"), coerce=int, empty_value=None)
    pazime = forms.ChoiceField(label=gettext_lazy("Remarkable"))
    numurs = forms.CharField(label=gettext_lazy("Number of the application"), max_length=40)
    rindas = forms.TypedChoiceField(label=gettext_lazy("Rows on a page"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, schemes: list[str], rounds: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schemes = tuple(schemes)
        self._offer("statuss", [(status.value, status.label) for status in queue.STATUSES])
        self._offer("avots", [("", _("All sources")), *((scheme, scheme) for scheme in schemes)])
        self._offer("karta", [("", _("All rounds")), *rounds])
        self._offer(
            "pazime", [("", _("Everything")), *((mark.value, words) for mark, words in MARKS.items())]
        )
        self._offer("rindas", [("", str(PAGE_SIZE)), (MOST_AT_ONCE, str(MOST_AT_ONCE))])
        self.initial = {"statuss": Status.SUBMITTED.value}

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered; the size of a page filters nothing."""
        return bool(self.chosen.keys() - {"rindas"})

    @property
    def wanted(self) -> QueueFilter:
        """What the address asks for; the submitted ones unless it says otherwise."""
        chosen = self.chosen
        return QueueFilter(
            schemes=(chosen["avots"],) if "avots" in chosen else self.schemes,
            status=chosen.get("statuss", Status.SUBMITTED.value),
            round_id=chosen.get("karta"),
            mark=Mark(chosen["pazime"]) if "pazime" in chosen else None,
            number=chosen.get("numurs", "").strip(),
        )

    def count(self, statuses: dict[str, int], marks: dict[Mark, int]) -> None:
        """Say beside each choice how many there are."""
        self._offer(
            "statuss", [(each.value, _counted(each.label, statuses[each.value])) for each in queue.STATUSES]
        )
        self._offer(
            "pazime",
            [
                ("", _("Everything")),
                *((mark.value, _counted(text, marks[mark])) for mark, text in MARKS.items()),
            ],
        )


def _counted(label: Any, count: int) -> str:
    return f"{label} ({COUNTED_UP_TO}+)" if count > COUNTED_UP_TO else f"{label} ({count})"


class QueueView(StaffView):
    """What the queue and the pages reached from it share."""

    permission = Permission.APPLICATION_CHECK

    @cached_property
    def filters(self) -> QueueFilters:
        """The filters of the address."""
        rounds = [(each.pk, f"{each.scheme} – {each.name}") for each in queue.rounds_of(self.actor)]
        return QueueFilters(self.request.GET, schemes=sorted(self.actor.schemes), rounds=rounds)


class Queue(QueueView):
    """One page of it; whoever was shown stands in the audit."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address names."""
        filters, wanted = self.filters, self.filters.wanted
        page = queue.shown(wanted, **place_in(request.GET), size=filters.chosen.get("rindas"))
        filters.count(*queue.counts(wanted))
        note_list(page.rows, by=self.actor)
        lines, picked = [line(application) for application in page.rows], request.GET.get("izveleti", "")
        context = {
            "heading": _("Applications"),
            "filters": filters,
            "page": page,
            "rows": lines,
            "picked": {
                row["application"].pk
                for row in lines
                if picked == "visi" or (picked == "skaidri" and row["is_clear"])
            },
            "query": query_without_place(request.GET, "izveleti"),
            "may_decide": wanted.status == Status.SUBMITTED,
        }
        return render(request, "agency/applications/list.html", context)


class QueueFile(QueueView):
    """What is filtered, all pages, as a table to keep."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file, whoever stands in it stands in the audit; back to the list with a word when there are too many."""
        found = queue.everything(self.filters.wanted, limit=listing.MOST_IN_TABLE + 1)
        if len(found) > listing.MOST_IN_TABLE:
            return listing.too_many(request, "agency:applications")
        note_list(found, by=self.actor, what="exported")
        headings = [
            _("Application"), _("Name"), _("Year of birth"), _("Personal code"), _("Funding source"),
            _("Application round"), _("Programme"), _("Institution"), _("Submitted"), _("State"),
            _("Rules not met"), _("Rules to check"), _("Rules met"), _("Registers"), _("The money does not suffice"),
        ]  # fmt: skip
        rows = [_cells(line(application)) for application in found]
        return spreadsheet(workbook(_("Applications"), headings, rows), "pieteikumi")


def _cells(row: dict[str, Any]) -> list[object]:
    application, client = row["application"], row["client"]
    submitted = application.submitted_at
    return [
        application.number, client.name, client.birth_year, client.masked_code, application.scheme,
        application.round.name, application.programme.title, application.programme.institution.name,
        localdate(submitted) if submitted else None, application.get_status_display(),
        *(count for _verdict, count in row["verdicts"]),
        "; ".join(f"{register}: {answer}" for register, answer, _code in row["registers"]),
        _("Yes") if application.money_short_at else "",
    ]  # fmt: skip


def line(application: Application) -> dict[str, Any]:
    """An application as lists of the authority show it."""
    said = staff.said_by_registers(application)
    found = verdicts(application)
    return {
        "application": application,
        "client": staff.client_of(application),
        "verdicts": [(verdict.value, found.count(verdict)) for verdict in _VERDICTS],
        "is_clear": is_clear(application, said),
        "registers": [
            (Register(register).label, Answer(answer).label, answer) for register, answer in said.items()
        ],
        "colour": colour(application.status),
        "waits": _workdays_since(application),
        "was_returned": getattr(application, "was_returned", False),
    }


def _workdays_since(application: Application) -> int:
    submitted = application.submitted_at
    return workdays_between(localdate(submitted), clock.today()) if submitted else 0
