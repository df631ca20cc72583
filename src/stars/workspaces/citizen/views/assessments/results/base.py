"""What each test says about how its results are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stars.actors.actor import Actor
from stars.assessments.models import Attempt


def nothing(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """No further values."""
    return {}


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The template of the page, which extends `citizen/tests/result.html`; that of the document, which extends
    `citizen/tests/document.html`, or "" when there is none; the values that both show;
    and whether attempts can be compared by their areas."""

    template: str
    document: str = ""
    values: Callable[[Attempt, Actor], dict[str, Any]] = nothing
    is_comparable: bool = False
