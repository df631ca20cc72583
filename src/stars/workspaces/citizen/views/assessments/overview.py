"""The list of tests, and the page of one of them before it is begun (manual 3.6)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.assessments import operations, queries
from stars.assessments.enums import Instrument
from stars.assessments.words import ABOUT, About
from stars.workspaces.citizen.views.assessments.base import (
    InstrumentView,
    TestsView,
    earlier_results,
    test_address,
)
from stars.workspaces.citizen.views.assessments.results import result_page_of

# The manual's order; the level test is begun at a programme and stands here once it was.
_ALWAYS = (Instrument.WORK_VALUES, Instrument.GROWTH, Instrument.DIGITAL_SKILLS)


@dataclass(frozen=True, slots=True)
class Card:
    """A test in the list."""

    about: About
    standing: queries.Standing
    url: str


class Tests(TestsView, TemplateView):
    """What each test is for, how long it takes, when it was last taken."""

    template_name = "citizen/tests/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tests with where the person stands."""
        standings = queries.standings(self.actor)
        begun = [each for each in Instrument if standings[each].going_on or standings[each].latest]
        shown = [*_ALWAYS, *(each for each in begun if each not in _ALWAYS)]
        return super().get_context_data(
            heading=_("Tests"),
            cards=[Card(ABOUT[each], standings[each], test_address(each)) for each in shown],
            **kwargs,
        )


class Test(InstrumentView):
    """What the test asks and whose questions they are; begin, go on, or look at what came of it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The level test is begun at one address only, its own."""
        if self.instrument is Instrument.LEVEL:
            return redirect(self.test_url, permanent=True)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page with earlier attempts."""
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Begin, or go on with what was begun; pressing twice begins once."""
        try:
            attempt = operations.start(self.instrument, by=self.actor)
        except operations.NothingOffered:
            return self.page(status=409)
        return redirect("citizen:test-attempt", attempt.public_id)

    def page(self, *, status: int = 200) -> HttpResponse:
        """The page."""
        page = earlier_results(self.request, self.actor, self.instrument)
        standing = queries.standings(self.actor)[self.instrument]
        context = {
            "heading": self.instrument.label,
            "crumbs": self.crumbs({"label": str(self.instrument.label), "url": ""}),
            "about": ABOUT[self.instrument],
            "standing": standing,
            "bank": standing.going_on.bank if standing.going_on else standing.bank,
            "page": page,
            "may_compare": result_page_of(self.instrument).is_comparable and page.paginator.count > 1,
        }
        return render(self.request, "citizen/tests/start.html", context, status=status)
