"""From answers to percentages and bands. Pure: no tables, no clock, no language.

Every item weighs the same. What an answer on a scale is worth is its place between the lowest and the highest; none
means "not clear to me" and counts neither for nor against. A choice is worth all or nothing, and not knowing counts as
nothing. A percentage is the mean of the items; a competence, an area, a dimension and a scale are scored alike, each
from its own items. Bands as published with DigCompSAT (JRC123226, annex 8): 0-29 low, 30-47 foundation, 48-80
intermediate, 81-100 advanced, read from the percentage rounded half up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from stars.assessments.enums import Band, Scale

# The highest answer on each scale; that of a choice is its last option.
HIGHEST: Final[Mapping[Scale, int]] = {
    Scale.KNOWLEDGE: 3,
    Scale.SKILL: 3,
    Scale.ATTITUDE: 3,
    Scale.AGREEMENT: 4,
    Scale.IMPORTANCE: 4,
}
# Points are whole numbers: twelve for an item, which thirds and quarters divide.
WHOLE: Final = 12
# The version of this arithmetic; kept with every result.
VERSION: Final = 2
_FROM: Final = ((81, Band.ADVANCED), (48, Band.INTERMEDIATE), (30, Band.FOUNDATION), (0, Band.LOW))
# So many equal answers in a whole test, and no other, look as if nobody had read the questions.
_STRAIGHT_FROM: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One item and what was answered to it: a competence with its area, or another dimension.

    `reverse` when agreeing speaks against what is measured; `right` is the right option of a choice.
    """

    scale: Scale
    value: int | None
    competence: str = ""
    area: str = ""
    dimension: str = ""
    reverse: bool = False
    right: int | None = None

    def __post_init__(self) -> None:
        highest = HIGHEST.get(self.scale)
        if (self.right is None) == (self.scale is Scale.CHOICE):
            raise ValueError("a choice, and nothing else, has a right option")
        if self.value is not None and (self.value < 0 or (highest is not None and self.value > highest)):
            raise ValueError(f"an answer lies between 0 and {highest}, not at {self.value}")

    @property
    def points(self) -> int | None:
        """The answer as it counts, of `WHOLE`; none when it does not."""
        if self.scale is Scale.CHOICE:
            return WHOLE if self.value == self.right else 0
        if self.value is None:
            return None
        highest = HIGHEST[self.scale]
        return (highest - self.value if self.reverse else self.value) * WHOLE // highest


@dataclass(frozen=True, slots=True)
class Score:
    """What several items come to. Without a single clear answer there is neither percentage nor band."""

    points: int
    answered: int
    asked: int

    @property
    def share(self) -> Fraction | None:
        """The exact share of the points that could be had."""
        return Fraction(self.points, WHOLE * self.answered) if self.answered else None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, rounded half up."""
        share = self.share
        return None if share is None else int(share * 100 + Fraction(1, 2))

    @property
    def band(self) -> Band | None:
        """Where the percentage lies."""
        return None if self.percent is None else band_of(self.percent)


@dataclass(frozen=True, slots=True)
class Scored:
    """A whole test: overall and by everything that it measures; `straight` when all answers were the same."""

    overall: Score
    areas: Mapping[str, Score]
    competences: Mapping[str, Score]
    dimensions: Mapping[str, Score]
    scales: Mapping[str, Score]
    straight: bool


def band_of(percent: int) -> Band:
    """The band of a whole percentage."""
    if not 0 <= percent <= 100:
        raise ValueError(f"no percentage: {percent}")
    return next(band for lowest, band in _FROM if percent >= lowest)


def level_of(percent: int, *, level_2_from: int, level_3_from: int) -> int:
    """The level of learning, 1 to 3, that a percentage in the level test leads to (facts 1.4)."""
    return 1 + (percent >= level_2_from) + (percent >= level_3_from)


def score(marks: Iterable[Marked]) -> Scored:
    """Score a test; the marks may come in any order."""
    marks = list(marks)
    return Scored(
        overall=_sum(marks),
        areas=_by((mark.area, mark) for mark in marks),
        competences=_by((mark.competence, mark) for mark in marks),
        dimensions=_by((mark.dimension, mark) for mark in marks),
        scales=_by((mark.scale.value, mark) for mark in marks),
        straight=_is_straight(marks),
    )


def read_scores(stored: Mapping[str, Sequence[int]]) -> dict[str, Score]:
    """Scores as a result keeps them: points, answered, asked."""
    return {code: Score(*numbers) for code, numbers in stored.items()}


def weakest(scores: Mapping[str, Score], number: int = 3) -> list[str]:
    """Those with the lowest shares, lowest first; equal ones by code, unscored ones not at all."""
    shares = [(share, code) for code, each in scores.items() if (share := each.share) is not None]
    return [code for _, code in sorted(shares)[:number]]


def _sum(marks: list[Marked]) -> Score:
    points = [mark.points for mark in marks if mark.points is not None]
    return Score(sum(points), len(points), len(marks))


def _by(marks: Iterable[tuple[str, Marked]]) -> dict[str, Score]:
    groups = defaultdict(list)
    for code, mark in marks:
        if code:
            groups[code].append(mark)
    return {code: _sum(group) for code, group in sorted(groups.items())}


def _is_straight(marks: list[Marked]) -> bool:
    values = [mark.value for mark in marks if mark.scale is not Scale.CHOICE and mark.value is not None]
    return len(values) >= _STRAIGHT_FROM and len(set(values)) == 1
