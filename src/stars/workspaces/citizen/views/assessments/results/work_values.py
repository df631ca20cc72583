"""Personality and work values: two pictures, and words for what goes together (manual 3.6, facts 6)."""

from typing import Any

from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.assessments.exploration import over_time, pictures
from stars.assessments.models import Attempt


def values(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """The portrait of the attempt, its pictures, and what changed since earlier ones."""
    dated = over_time.portraits(attempt, actor)
    portrait = dated[0][1]
    traits = [(day, each.traits) for day, each in dated]
    work_values = [(day, each.values) for day, each in dated]
    return {
        "portrait": portrait,
        "traits_radar": pictures.traits_radar(dated),
        "values_radar": pictures.values_radar(dated),
        "trait_bars": pictures.bars(portrait.traits),
        "value_bars": pictures.bars(portrait.values),
        "days": [day for day, _each in dated],
        "comparisons": [
            (_("Five traits at work"), pictures.rows(traits)),
            (_("Six work values"), pictures.rows(work_values)),
        ],
    }
