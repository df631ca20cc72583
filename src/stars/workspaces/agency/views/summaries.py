"""Results of a test in figures: by municipality, age or time, nothing small in them, on a page or as a file."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.assessments import operations
from stars.assessments.enums import DIMENSIONS, Band, Instrument
from stars.assessments.queries.summaries import counted_in, years_with_results
from stars.assessments.summaries import NONE, Breakdown, Row, Summary, summary
from stars.assessments.thresholds import LEVELS
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock
from stars.people.enums import AgeGroup
from stars.workspaces.agency.views.item_banks import DIMENSION_WORDS, TestBase
from stars.workspaces.downloads import TABLES, download, table
from stars.workspaces.listing import FilterForm

# What the address calls the breakdowns.
_BREAKDOWNS = {
    "novads": (Breakdown.PLACE, gettext_lazy("Municipality")),
    "vecums": (Breakdown.AGE, gettext_lazy("Age")),
    "ceturksnis": (Breakdown.QUARTER, gettext_lazy("Quarter")),
    "menesis": (Breakdown.MONTH, gettext_lazy("Month")),
}
_MONTH_NAMES = (
    gettext_lazy("January"),
    gettext_lazy("February"),
    gettext_lazy("March"),
    gettext_lazy("April"),
    gettext_lazy("May"),
    gettext_lazy("June"),
    gettext_lazy("July"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("October"),
    gettext_lazy("November"),
    gettext_lazy("December"),
)


class SummaryFilters(FilterForm):
    """Which year, divided by what."""

    gads = forms.ChoiceField(label=gettext_lazy("Year"))
    dalijums = forms.ChoiceField(
        label=gettext_lazy("Divided by"),
        choices=[(key, label) for key, (_kind, label) in _BREAKDOWNS.items()],
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gads"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(year), str(year)) for year in years]
        self.years = years

    @property
    def year(self) -> int:
        """The one of the address, else this one."""
        return int(self.chosen.get("gads", self.years[0]))

    @property
    def breakdown(self) -> tuple[Breakdown, Any]:
        """The one of the address, else by municipality; with its heading."""
        return _BREAKDOWNS[self.chosen.get("dalijums", "novads")]


class Summaries(TestBase):
    """The page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The table of the address; the look is recorded."""
        operations.note_summary(self.instrument, self.filters.year, by=self.actor)
        found = self.found
        context = {
            "heading": _("Results in figures"),
            "lead": self.instrument.label,
            "crumbs": [*self.crumbs, {"label": _("Results in figures"), "url": ""}],
            "test": self.instrument,
            "filters": self.filters,
            "year": self.filters.year,
            "headings": self.headings(),
            "rows": [self.cells(row) for row in found.rows],
            "total": self.cells(found.total),
            "is_empty": found.total.people.value is None,
            "query": request.GET.urlencode(),
        }
        return render(request, "agency/summaries.html", context)

    @cached_property
    def filters(self) -> SummaryFilters:
        """What the address asks for."""
        return SummaryFilters(self.request.GET, years=years_with_results(self.instrument))

    @cached_property
    def found(self) -> Summary:
        """The figures as they may be shown."""
        year, today = self.filters.year, clock.today()
        return summary(
            counted_in(year, self.instrument),
            self.filters.breakdown[0],
            places=[value.code for value in classifiers.values_of(Kind.MUNICIPALITY)],
            marks=list(self.marks),
            dimensions=self.dimensions,
            months=today.month if year == today.year else 12,
        )

    @cached_property
    def marks(self) -> dict[str, Any]:
        """How results of the test are marked, and the words for it."""
        if self.instrument in DIMENSIONS:
            return {NONE: ""}
        if self.instrument is Instrument.LEVEL:
            # Whoever finds nothing clear has level 1, so there is nobody without a result to be hidden.
            return {str(level): _("Level %(number)s") % {"number": level} for level in LEVELS}
        return {**dict(Band.choices), NONE: _("Without a result")}

    @property
    def dimensions(self) -> list[str]:
        """What the test measures beside a whole."""
        return list(DIMENSIONS.get(self.instrument, ()))

    def headings(self) -> list[str]:
        """Of the columns."""
        first = [str(self.filters.breakdown[1]), _("People")]
        if self.dimensions:
            return [*first, *(str(DIMENSION_WORDS[name]) for name in self.dimensions)]
        return [*first, _("Mean in per cent"), *(str(label) for label in self.marks.values())]

    def cells(self, row: Row) -> list[Any]:
        """Numbers where they may be shown, else what stands for them."""
        people = _number(row.people)
        if self.dimensions:
            return [self._label(row.group), people, *(_mean(mean) for mean in row.means)]
        return [self._label(row.group), people, _mean(row.mean), *(_number(each) for each in row.marks)]

    def _label(self, group: str) -> str:
        kind = self.filters.breakdown[0]
        if kind is Breakdown.QUARTER and group:
            return _("Quarter %(number)s") % {"number": group}
        if kind is Breakdown.MONTH and group:
            return str(_MONTH_NAMES[int(group) - 1])
        if kind is Breakdown.AGE and group:
            return str(AgeGroup(group).label)
        value = classifiers.by_code(group)
        return value.name if value else _("Not known")


class SummaryFile(Summaries):
    """The same table as a file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """CSV or XLSX; another ending is no page."""
        kind = self.kwargs["kind"]
        if kind not in TABLES:
            raise Http404
        operations.note_summary(self.instrument, self.filters.year, by=self.actor, what="exported")
        total = [_("Together"), *self.cells(self.found.total)[1:]]
        rows = [*(self.cells(row) for row in self.found.rows), total]
        content = table(kind, _("Results in figures"), self.headings(), rows)
        return download(content, f"{self.instrument}-{self.filters.year}-{self.filters.breakdown[0]}.{kind}")


def _number(figure: Any) -> int | str:
    return str(figure) if figure.value is None else figure.value


def _mean(mean: int | None) -> int | str:
    return "–" if mean is None else mean
