"""What was answered to a version, added up and narrowed by filters; the same figures as a file."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from stars.common import clock
from stars.people.enums import AgeGroup
from stars.schemes.codes import SchemeCode
from stars.surveys import operations, queries
from stars.surveys.display import titled
from stars.surveys.models import SurveyVersion
from stars.surveys.periods import period_of, periods_between
from stars.surveys.queries.report import QuestionReport, Report
from stars.surveys.types import ReportFilter
from stars.workspaces.agency.views.surveys import VersionView, crumbs
from stars.workspaces.downloads import TABLES, download, table
from stars.workspaces.listing import FilterForm


class ReportFilters(FilterForm):
    """Period of sending, municipality, age group, source."""

    periods = forms.ChoiceField(label=gettext_lazy("Sent in"))
    pasvaldiba = forms.ChoiceField(label=gettext_lazy("Municipality of residence"))
    vecums = forms.ChoiceField(label=gettext_lazy("Age group"))
    avots = forms.ChoiceField(label=gettext_lazy("Funding source"))

    def __init__(self, *args: Any, version: SurveyVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = queries.first_sent(version)
        periods = periods_between(localdate(first), clock.today()) if first else []
        municipalities = queries.municipalities_asked(version)
        self._offer("periods", _("The whole time"), [(each.code, each.label) for each in periods])
        self._offer(
            "pasvaldiba",
            _("All municipalities"),
            [(each.code, each.name) for each in municipalities],
        )
        self._offer("vecums", _("All age groups"), list(AgeGroup.choices))
        self._offer("avots", _("All sources"), [(code.value, code.value) for code in SchemeCode])

    def _offer(self, name: str, everything: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    @property
    def wanted(self) -> ReportFilter:
        """What the address asks for; nonsense filters nothing."""
        chosen = self.chosen
        period = period_of(chosen.get("periods", ""))
        return ReportFilter(
            period=period.span if period else None,
            municipality=chosen.get("pasvaldiba", ""),
            age_group=chosen.get("vecums", ""),
            scheme=chosen.get("avots", ""),
        )


class ReportView(VersionView):
    """What the page and its files share."""

    @cached_property
    def filters(self) -> ReportFilters:
        """The filters of the address."""
        return ReportFilters(self.request.GET, version=self.version)

    def counted(self) -> Report:
        """The figures; that somebody looked, and through which filters, stands in the audit."""
        found = queries.report(self.version, self.filters.wanted)
        operations.note_report(self.version, self.filters.chosen, by=self.actor)
        return found


class SurveyReport(ReportView):
    """The page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A table for each question."""
        counted = self.counted()
        query = f"?{request.GET.urlencode()}" if self.filters.is_used else ""
        context = {
            "heading": _("Report"),
            "lead": titled(self.version),
            "crumbs": crumbs(self.version, _("Report")),
            "filters": self.filters,
            "report": counted,
            "tables": [(_said(each), _rows(each)) for each in counted.questions],
            "copies": [
                (kind, reverse("agency:survey-report-copy", args=[self.version.pk, kind]) + query)
                for kind in TABLES
            ],
        }
        return render(request, "agency/surveys/report.html", context)


class SurveyReportCopy(ReportView):
    """The figures as a file, hidden as on the page."""

    def get(self, request: HttpRequest, *, kind: str, **kwargs: Any) -> HttpResponse:
        """CSV or XLSX; another ending is no page."""
        if kind not in TABLES:
            raise Http404
        counted = self.counted()
        headings = [_("Question"), _("Answer"), _("How many")]
        rows = [[_("All who answered"), "", _cell(counted.total.value, str(counted.total))]]
        rows += [
            [_said(each), label, _cell(figure.value, str(figure))]
            for each in counted.questions
            for label, figure in _rows(each)
        ]
        name = f"anketa-{self.version.survey}-{self.version.version}-{clock.today()}.{kind}"
        return download(table(kind, _("Report"), headings, rows), name)


def _cell(value: int | None, shown: str) -> Any:
    return shown if value is None else value


def _said(counted: QuestionReport) -> str:
    return counted.question.text.said(get_language() or "")


def _rows(counted: QuestionReport) -> list[tuple[str, Any]]:
    language = get_language() or ""
    labels = {option.code: option.text.said(language) for option in counted.question.options}
    labels |= {"written": _("Wrote an answer"), "none": _("Did not answer, or was not asked")}
    return [(labels[row.code], row.figure) for row in counted.rows]
