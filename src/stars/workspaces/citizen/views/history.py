"""Mācību un pieteikumu vēsture (manual 3.9): to read, to print, to take along."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications.enums import Status
from stars.applications.progress import colour
from stars.common import clock
from stars.enrolments.queries import history
from stars.enrolments.queries.history import HistoryFilter, HistoryRow
from stars.schemes.codes import SchemeCode
from stars.ui.csv_tables import Cell
from stars.ui.pdf import render_pdf
from stars.workspaces.downloads import TABLES, download, table
from stars.workspaces.listing import page_of
from stars.workspaces.views import WorkspaceView

_PAGE_SIZE = 20
_YEAR = re.compile(r"[12][0-9]{3}")
_KINDS = (*TABLES, "pdf")
Choices = list[tuple[str, str]]


class HistoryView(WorkspaceView):
    """What the page and its copies share: the filter of the address, in which nonsense means nothing."""

    permission = Permission.APPLICATION_FILL

    @property
    def wanted(self) -> HistoryFilter:
        """The filter."""
        given = self.request.GET
        outcome, scheme, year = (given.get(name, "") for name in ("iznakums", "finansejums", "gads"))
        return HistoryFilter(
            outcome=outcome if outcome in dict(_outcomes()) else "",
            scheme=scheme if scheme in {code.value for code in SchemeCode} else "",
            year=int(year) if _YEAR.fullmatch(year) else None,
        )


class History(HistoryView, TemplateView):
    """The page."""

    template_name = "citizen/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of rows, the open ones apart from the past, and the filters as they stand."""
        wanted, years = self.wanted, history.years_of(self.actor)
        page = page_of(history.history_of(self.actor, wanted), self.request.GET, size=_PAGE_SIZE)
        rows = history.history_rows(page)
        return super().get_context_data(
            heading=_("History of learning and applications"),
            page=page,
            total=page.paginator.count,
            parts=[
                (_("Current"), [_shown(row) for row in rows if row.is_current]),
                (_("Past"), [_shown(row) for row in rows if not row.is_current]),
            ],
            is_filtered=wanted != HistoryFilter(),
            has_any=bool(years),
            filters=[
                ("iznakums", _("Outcome"), _("All outcomes"), _outcomes(), wanted.outcome),
                ("finansejums", _("Funding source"), _("All sources"), _sources(), wanted.scheme),
                ("gads", _("Year of applying"), _("All years"), _years(years), str(wanted.year or "")),
            ],
            copies=[(name, _copy_url(self.request, name)) for name in _KINDS],
            **kwargs,
        )


class HistoryCopy(HistoryView):
    """The rows of the filter as a file."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """PDF, CSV or XLSX; another ending is no page."""
        if kind not in _KINDS:
            raise Http404
        rows = history.history_rows(history.history_of(self.actor, self.wanted))
        return download(self.written(kind, rows), f"vēsture-{clock.today()}.{kind}")

    def written(self, kind: str, rows: list[HistoryRow]) -> bytes:
        """The file."""
        title = _("History of learning and applications")
        if kind == "pdf":
            context = {
                "heading": title,
                "person": self.person.full_name,
                "today": clock.today(),
                "rows": [_shown(row) for row in rows],
            }
            return render_pdf("citizen/history_document.html", context)
        return table(kind, _("History"), _header(), [_cells(row) for row in rows])


def _outcomes() -> Choices:
    five = [(status.value, str(Status(status).label)) for status in history.OUTCOMES]
    return [*five, (history.UNDECIDED, _("Not decided yet"))]


def _sources() -> Choices:
    return [(code.value, code.value) for code in SchemeCode]


def _years(years: list[int]) -> Choices:
    return [(str(year), str(year)) for year in years]


def _copy_url(request: HttpRequest, kind: str) -> str:
    query = request.GET.copy()
    query.pop("lapa", None)
    asked = f"?{query.urlencode()}" if query else ""
    return reverse("citizen:history-copy", args=[kind]) + asked


def _shown(row: HistoryRow) -> dict[str, Any]:
    dates = [
        (_("Applied on"), row.applied_on),
        (_("Admitted on"), row.admitted_on),
        (_("Learning began on"), row.started_on),
        (_("Ended on"), row.ended_on),
    ]
    document = [(_("Document number"), row.document_number), (_("Result"), row.grade)]
    return {
        "row": row,
        "colour": colour(row.status),
        "dates": [pair for pair in dates if pair[1]],
        "document": [pair for pair in document if pair[1]],
    }


def _header() -> list[str]:
    return [
        _("Application"),
        _("Programme"),
        _("Education institution"),
        _("Funding source"),
        _("Outcome"),
        _("Applied on"),
        _("Admitted on"),
        _("Learning began on"),
        _("Ended on"),
        _("Document number"),
        _("Date of the document"),
        _("Result"),
    ]


def _cells(row: HistoryRow) -> list[Cell]:
    return [
        row.number,
        row.programme,
        row.institution,
        row.scheme,
        row.outcome,
        row.applied_on,
        row.admitted_on,
        row.started_on,
        row.ended_on,
        row.document_number,
        row.document_on,
        row.grade,
    ]
