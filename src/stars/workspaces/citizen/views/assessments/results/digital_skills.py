"""The result of the test of digital skills: five areas, 21 competences, and what to learn next."""

from typing import Any, Final

from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.assessments.digital_words import AREAS, NO_AREA_SCORE, NO_SCORE, OVERALL
from stars.assessments.enums import Band
from stars.assessments.models import Attempt
from stars.assessments.next_steps import next_steps
from stars.assessments.scoring import Score, read_scores
from stars.classifiers import queries as classifiers
from stars.common import clock
from stars.ui.charts import Bar, Series, radar
from stars.ui.templatetags.ui import day
from stars.workspaces.citizen.views.assessments.results.base import ResultPage


def values(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """Pictures, words for each band, and the way on."""
    result = attempt.result
    areas, competences = read_scores(result.scores["areas"]), read_scores(result.scores["competences"])
    unclear = sum(score.asked - score.answered for score in areas.values())
    names = classifiers.names(areas)
    series = Series(day(attempt.finished_at), tuple(score.percent for score in areas.values()))
    return {
        "words": OVERALL[Band(result.band)] if result.band else NO_SCORE,
        "unclear": unclear,
        # A bank from elsewhere may leave areas out; with two axes there is nothing to see.
        "picture": radar("areas", _("Your five areas"), names, [series])
        if len(names) > 2 and result.band
        else None,
        "areas": [area_bar(code, score) for code, score in areas.items()],
        "competences": competence_bars(competences),
        "steps": next_steps(competences, now=clock.now().timestamp()),
    }


def area_bar(code: str, score: Score) -> Bar:
    """An area with what its band means."""
    words = AREAS[code][score.band] if score.band else NO_AREA_SCORE
    return _bar(code, score, note=str(words))


def competence_bars(competences: dict[str, Score]) -> list[Bar]:
    """The competences under the names of their areas."""
    bars, area = [], None
    for code, score in competences.items():
        known = classifiers.by_code(code)
        parent = known.parent_id if known else None
        heading = ", ".join(classifiers.names([parent or ""])) if parent != area else ""
        bars.append(_bar(code, score, heading=heading))
        area = parent
    return bars


def _bar(code: str, score: Score, *, note: str = "", heading: str = "") -> Bar:
    band = score.band
    return Bar(
        label=", ".join(classifiers.names([code])),
        percent=score.percent,
        word=str(band.label) if band else _("No score"),
        band=band.value if band else "",
        note=note,
        heading=heading,
    )


PAGE: Final = ResultPage(
    template="citizen/tests/results/digital_skills.html",
    document="citizen/tests/results/digital_skills_document.html",
    values=values,
    is_comparable=True,
)
