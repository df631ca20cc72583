"""Strengths for learning: four bars, and a next step for each (manual 3.6, facts 6)."""

from typing import Any

from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.assessments.exploration import over_time, pictures
from stars.assessments.models import Attempt


def values(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """The strengths of the attempt as bars with advice, and what changed since earlier ones."""
    dated = over_time.growth_pictures(attempt, actor)
    picture = dated[0][1]
    strengths = [(day, each.strengths) for day, each in dated]
    return {
        "picture": picture,
        "strength_bars": pictures.bars(picture.strengths),
        "days": [day for day, _each in dated],
        "comparisons": [(_("Four strengths for learning"), pictures.rows(strengths))],
    }
