"""Strengths for learning: four bars, and a next step for each (manual 3.6, facts 6)."""

from typing import Any, Final

from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.assessments.exploration import over_time, pictures
from stars.assessments.models import Attempt
from stars.workspaces.citizen.views.assessments.results.base import ResultPage


def values(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """The strengths of the attempt as bars with advice, and what changed since earlier ones."""
    dated = over_time.growth_pictures(attempt, actor)
    picture = dated[0][1]
    oldest_first = dated[::-1]
    return {
        "picture": picture,
        "strength_bars": pictures.bars(picture.strengths),
        "days": [day for day, _each in oldest_first],
        "comparisons": [
            (_("Four strengths for learning"), pictures.rows([each.strengths for _day, each in oldest_first]))
        ],
    }


PAGE: Final = ResultPage(
    template="citizen/tests/results/growth.html",
    document="citizen/tests/results/growth_document.html",
    values=values,
)
