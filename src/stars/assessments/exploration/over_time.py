"""A person's results of self-exploration over time: the one that is looked at, and those before it."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from stars.actors.actor import Actor
from stars.assessments import queries
from stars.assessments.enums import Instrument
from stars.assessments.exploration.reading import growth_picture, portrait
from stars.assessments.exploration.types import GrowthPicture, Portrait
from stars.assessments.models import Attempt
from stars.assessments.scoring import Score, read_scores
from stars.ui.charts import MOST_SERIES
from stars.ui.templatetags.ui import day, moment

Read = TypeVar("Read")


def portraits(attempt: Attempt, actor: Actor) -> list[tuple[str, Portrait]]:
    """The portrait of a finished attempt and of those before it, newest first, each with its day in words."""
    return _read(attempt, actor, portrait)


def growth_pictures(attempt: Attempt, actor: Actor) -> list[tuple[str, GrowthPicture]]:
    """The strengths for learning of a finished attempt and of those before it, newest first, each with its day."""
    return _read(attempt, actor, growth_picture)


def _read(
    attempt: Attempt, actor: Actor, read: Callable[[Mapping[str, Score]], Read]
) -> list[tuple[str, Read]]:
    finished = queries.finished_attempts(actor, Instrument(attempt.bank.instrument))
    until = list(finished.filter(finished_at__lte=attempt.finished_at)[:MOST_SERIES])
    days = [day(each.finished_at) for each in until]
    return [
        (
            moment(each.finished_at) if days.count(written) > 1 else written,
            read(read_scores(each.result.scores["dimensions"])),
        )
        for each, written in zip(until, days, strict=True)
    ]
