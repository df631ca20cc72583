"""The result of the level test: the level in words and the programmes of that level (manual 3.4.3)."""

from typing import Any

from stars.actors.actor import Actor
from stars.assessments.levels import found_by, latest_level
from stars.assessments.models import Attempt
from stars.workspaces.citizen.views.assessments.results.base import ResultPage
from stars.workspaces.citizen.views.level import level_values


def _values(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """The level; programmes where it is the one with which the person can apply."""
    found, latest = found_by(attempt), latest_level(attempt.person_id)
    return {
        **level_values(attempt.person, actor, found),
        "is_latest": found == latest,
    }


PAGE = ResultPage("citizen/tests/results/level.html", values=_values)
