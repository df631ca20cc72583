"""From scores to words: pure, without tables, clock or language.

The lines between low, middle and high are ours: under 40 per cent of the points and over 60.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from stars.assessments.enums import Growth, Trait, WorkValue
from stars.assessments.exploration.growth_words import ADVICE, STRAINS, SUPPORTS
from stars.assessments.exploration.portrait_words import OF_TRAITS, OF_VALUES
from stars.assessments.exploration.rules import RULES
from stars.assessments.exploration.types import (
    Accord,
    GrowthPicture,
    GrowthReading,
    Portrait,
    Reading,
    Standing,
    Words,
)
from stars.assessments.scoring import Score

_LOW_UNDER: Final = 40
_HIGH_OVER: Final = 60
# Two values are named as foremost; a third that is equal to the second is named too. More than that is no order.
_FOREMOST: Final = 2
_MOST_FOREMOST: Final = 3
_NOTHING: Final = Score(0, 0, 0)


def standing_of(percent: int) -> Standing:
    """Whether a percentage is low, in the middle or high. Raises ValueError for what is no percentage."""
    if not 0 <= percent <= 100:
        raise ValueError(f"no percentage: {percent}")
    if percent < _LOW_UNDER:
        return Standing.LOW
    return Standing.HIGH if percent > _HIGH_OVER else Standing.MIDDLE


def portrait(scores: Mapping[str, Score]) -> Portrait:
    """Personality and work values, read from the scores of the dimensions; one that is missing was never asked."""
    traits = tuple(_trait(trait, scores.get(trait, _NOTHING)) for trait in Trait)
    values = tuple(_value(value, scores.get(value, _NOTHING)) for value in WorkValue)
    foremost = _foremost(values)
    return Portrait(traits, values, foremost, tuple(_accords(traits, foremost)))


def growth_picture(scores: Mapping[str, Score]) -> GrowthPicture:
    """The strengths for learning, read from the scores of the dimensions."""
    strengths = tuple(_strength(strength, scores.get(strength, _NOTHING)) for strength in Growth)
    first = min(
        (strength for strength in strengths if strength.percent is not None),
        key=lambda strength: strength.score.share or 0,
        default=None,
    )
    return GrowthPicture(strengths, first)


def _percent(score: Score) -> int | None:
    """The percentage, unless fewer than half of the statements were clear."""
    return score.percent if score.answered * 2 >= score.asked else None


def _trait(trait: Trait, score: Score) -> Reading:
    percent = _percent(score)
    if percent is None:
        return Reading(trait, score, None, None, None)
    standing = standing_of(percent)
    return Reading(trait, score, percent, standing, OF_TRAITS[trait, standing])


def _value(value: WorkValue, score: Score) -> Reading:
    percent = _percent(score)
    standing = None if percent is None else standing_of(percent)
    return Reading(value, score, percent, standing, OF_VALUES[value])


def _strength(strength: Growth, score: Score) -> GrowthReading:
    percent = _percent(score)
    if percent is None:
        return GrowthReading(strength, score, None, None, None, None)
    standing = standing_of(percent)
    advice = ADVICE[strength, standing]
    words = Words(advice.means, SUPPORTS[strength], STRAINS[strength])
    return GrowthReading(strength, score, percent, standing, words, advice)


def _foremost(values: Iterable[Reading]) -> tuple[Reading, ...]:
    read = [value for value in values if value.percent is not None]
    ordered = sorted(read, key=lambda value: value.score.share or 0, reverse=True)
    if len(ordered) <= _FOREMOST:
        return ()
    line = ordered[_FOREMOST - 1].score.share
    named = tuple(value for value in ordered if (value.score.share or 0) >= (line or 0))
    return named if len(named) <= _MOST_FOREMOST else ()


def _accords(traits: Iterable[Reading], foremost: Iterable[Reading]) -> Iterable[Accord]:
    for value in foremost:
        for trait in traits:
            if trait.standing is None:
                continue
            rule = RULES.get((Trait(trait.dimension), trait.standing, WorkValue(value.dimension)))
            if rule is not None:
                yield Accord(Trait(trait.dimension), WorkValue(value.dimension), rule)
