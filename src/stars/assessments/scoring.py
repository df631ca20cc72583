"""From answers to percentages and bands. Pure: no tables, no clock, no language.

An answer is 0, 1, 2 or 3; none means "not clear to me" and counts neither for nor against. A percentage is the sum of
the answers over three times their number; a competence, an area and a scale are scored alike, each from its own items.
Bands as published with DigCompSAT (JRC123226, annex 8): 0-29 low, 30-47 foundation, 48-80 intermediate, 81-100
advanced, read from the percentage rounded half up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from stars.assessments.enums import Band, Scale

HIGHEST = 3
# The version of this arithmetic; kept with every result.
VERSION = 1
_FROM = ((81, Band.ADVANCED), (48, Band.INTERMEDIATE), (30, Band.FOUNDATION), (0, Band.LOW))
# So many equal answers in a whole test, and no other, look as if nobody had read the questions.
_STRAIGHT_FROM = 12


@dataclass(frozen=True, slots=True)
class Marked:
    """One item and what was answered to it; `reverse` when agreeing speaks against the competence."""

    competence: str
    area: str
    scale: Scale
    value: int | None
    reverse: bool = False

    def __post_init__(self) -> None:
        if self.value is not None and not 0 <= self.value <= HIGHEST:
            raise ValueError(f"an answer lies between 0 and {HIGHEST}, not at {self.value}")

    @property
    def points(self) -> int | None:
        """The answer as it counts."""
        if self.value is None:
            return None
        return HIGHEST - self.value if self.reverse else self.value


@dataclass(frozen=True, slots=True)
class Score:
    """What several items come to. Without a single clear answer there is neither percentage nor band."""

    points: int
    answered: int
    asked: int

    @property
    def share(self) -> Fraction | None:
        """The exact share of the points that could be had."""
        return Fraction(self.points, HIGHEST * self.answered) if self.answered else None

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
    """A whole test: overall, by area, by competence, by scale; `straight` when all answers were the same."""

    overall: Score
    areas: Mapping[str, Score]
    competences: Mapping[str, Score]
    scales: Mapping[str, Score]
    straight: bool


def band_of(percent: int) -> Band:
    """The band of a whole percentage."""
    if not 0 <= percent <= 100:
        raise ValueError(f"no percentage: {percent}")
    return next(band for lowest, band in _FROM if percent >= lowest)


def score(marks: Iterable[Marked]) -> Scored:
    """Score a test; the marks may come in any order."""
    marks = list(marks)
    areas, competences, scales = defaultdict(list), defaultdict(list), defaultdict(list)
    for mark in marks:
        areas[mark.area].append(mark)
        competences[mark.competence].append(mark)
        scales[mark.scale.value].append(mark)
    return Scored(
        overall=_sum(marks),
        areas=_sums(areas),
        competences=_sums(competences),
        scales=_sums(scales),
        straight=_is_straight(marks),
    )


def weakest(scored: Scored, number: int = 3) -> list[str]:
    """The competences with the lowest shares, lowest first; equal ones by code, unscored ones not at all."""
    shares = [(share, code) for code, each in scored.competences.items() if (share := each.share) is not None]
    return [code for _, code in sorted(shares)[:number]]


def _sum(marks: list[Marked]) -> Score:
    points = [mark.points for mark in marks if mark.points is not None]
    return Score(sum(points), len(points), len(marks))


def _sums(groups: Mapping[str, list[Marked]]) -> dict[str, Score]:
    return {code: _sum(marks) for code, marks in sorted(groups.items())}


def _is_straight(marks: list[Marked]) -> bool:
    values = [mark.value for mark in marks if mark.value is not None]
    return len(values) >= _STRAIGHT_FROM and len(set(values)) == 1
