"""Personality and work values: two pictures, and words for what goes together (manual 3.6, facts 6)."""

from typing import Any, Final

from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.assessments.exploration import over_time, pictures
from stars.assessments.models import Attempt
from stars.workspaces.citizen.views.assessments.results.base import ResultPage


def values(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """The portrait of the attempt, its pictures, and what changed since earlier ones."""
    dated = over_time.portraits(attempt, actor)
    portrait = dated[0][1]
    oldest_first = dated[::-1]
    return {
        "portrait": portrait,
        "traits_radar": pictures.traits_radar(dated),
        "values_radar": pictures.values_radar(dated),
        "trait_bars": pictures.bars(portrait.traits),
        "value_bars": pictures.bars(portrait.values),
        "days": [day for day, _each in oldest_first],
        "comparisons": [
            (_("Five traits at work"), pictures.rows([each.traits for _day, each in oldest_first])),
            (_("Six work values"), pictures.rows([each.values for _day, each in oldest_first])),
        ],
    }


PAGE: Final = ResultPage(
    template="citizen/tests/results/work_values.html",
    document="citizen/tests/results/work_values_document.html",
    values=values,
)
