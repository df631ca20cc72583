"""Attempts at one test side by side: the areas in one picture, a table with what has changed (issue 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stars.assessments import queries
from stars.assessments.models import Attempt
from stars.assessments.scoring import read_scores
from stars.classifiers import queries as classifiers
from stars.ui.charts import MOST_SERIES, Radar, Series, radar
from stars.ui.templatetags.ui import day, moment, percent
from stars.workspaces.citizen.views.assessments.base import InstrumentView
from stars.workspaces.citizen.views.assessments.results import result_page_of

# So many attempts stand in the choice; older ones remain in the list of the test.
_OFFERED = 12
MINUS = "\N{MINUS SIGN}"
Percents = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What a part of the test came to in each attempt, oldest first."""

    label: str
    percents: Percents
    moments: Sequence[str]
    is_heading: bool = False

    @property
    def change(self) -> str:
        """From the first to the last in percentage points, with its sign; a dash when one has no score."""
        first, last = self.percents[0], self.percents[-1]
        if first is None or last is None:
            return "–"
        points = last - first
        return f"+{points}" if points > 0 else f"{MINUS}{-points}" if points < 0 else "0"

    @property
    def shown(self) -> list[tuple[str, str]]:
        """When each attempt was, and its percentage as it is read."""
        words = [_("no score") if each is None else percent(each) for each in self.percents]
        return list(zip(self.moments, words, strict=True))


class Compare(InstrumentView):
    """The comparison; without a choice, of all."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Strange and foreign choices mean nothing."""
        if not result_page_of(self.instrument).is_comparable:
            raise Http404
        offered = list(queries.finished_attempts(self.actor, self.instrument)[:_OFFERED])
        wanted = set(request.GET.getlist("m"))
        chosen = [attempt for attempt in offered if str(attempt.public_id) in wanted]
        is_single = len(chosen) == 1
        compared = list(reversed(chosen if len(chosen) > 1 else offered))
        last = {"label": _("Compare my results"), "url": ""}
        test = {"label": str(self.instrument.label), "url": self.test_url}
        context: dict[str, Any] = {
            "heading": _("Compare my results"),
            "crumbs": self.crumbs(test, last),
            "instrument": self.instrument,
            "offered": [(attempt, attempt in compared) for attempt in offered],
            "is_single": is_single,
            "compared": compared,
        }
        if len(compared) > 1:
            context |= _pictures(compared)
        return render(request, "citizen/tests/compare.html", context)


def _pictures(compared: Sequence[Attempt]) -> dict[str, Any]:
    days = [day(attempt.finished_at) for attempt in compared]
    # The hour only where the day alone does not tell the attempts apart.
    moments = days if len(set(days)) == len(days) else [moment(attempt.finished_at) for attempt in compared]
    parts = {
        name: [read_scores(attempt.result.scores[name]) for attempt in compared]
        for name in ("areas", "competences")
    }
    rows = {
        name: [
            Row(
                ", ".join(classifiers.names([code])),
                tuple(each[code].percent if code in each else None for each in scores),
                moments,
            )
            for code in sorted({code for each in scores for code in each})
        ]
        for name, scores in parts.items()
    }
    percents = tuple(attempt.result.percent for attempt in compared)
    whole = Row(_("Altogether"), percents, moments, is_heading=True)
    drawn = compared[-MOST_SERIES:]
    return {
        "picture": _picture(rows["areas"], drawn),
        "left_out": len(compared) - len(drawn),
        "rows": [whole, *rows["areas"]],
        "competence_rows": rows["competences"],
        "banks_differ": len({attempt.bank_id for attempt in compared}) > 1,
    }


def _picture(areas: list[Row], drawn: Sequence[Attempt]) -> Radar | None:
    """The newest attempts over each other; nothing when there are too few areas."""
    if len(areas) < 3:
        return None
    series = [
        Series(
            moment(attempt.finished_at),
            tuple(row.percents[place - len(drawn)] for row in areas),
        )
        for place, attempt in enumerate(drawn)
    ]
    return radar("attempts", _("Your areas over time"), [row.label for row in areas], series)
