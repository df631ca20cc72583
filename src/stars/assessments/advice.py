"""What the result of a test says about what to learn next. Pure: no tables, no clock."""

from collections.abc import Mapping, Sequence
from typing import Final

from stars.assessments.enums import Band
from stars.assessments.scoring import WHOLE, Score, weakest
from stars.catalogue.recommendations import Gap
from stars.classifiers.enums import Kind

# The pair of DigComp levels that comes next for a band: who knows little begins at the beginning.
NEXT_LEVELS: Final[Mapping[Band, tuple[int, int]]] = {
    Band.LOW: (1, 2),
    Band.FOUNDATION: (3, 4),
    Band.INTERMEDIATE: (5, 6),
    Band.ADVANCED: (7, 8),
}
# What an item was worth by the version of the arithmetic.
_WHOLES: Final[Mapping[int, int]] = {1: 3, 2: WHOLE}


def kept_scores(kept: Mapping[str, Sequence[int]], *, version: int) -> dict[str, Score]:
    """Scores as a result keeps them, in the points of today; `version` is that of the result's arithmetic."""
    factor = WHOLE // _WHOLES[version]
    return {code: Score(points * factor, answered, asked) for code, (points, answered, asked) in kept.items()}


def gaps(competences: Mapping[str, Score], *, is_straight: bool) -> tuple[Gap, ...]:
    """The three weakest competences, the weakest first, each with the levels that come next.

    None where all answers were the same: they do not tell one competence from another.
    """
    if is_straight:
        return ()
    prefix = Kind.DIGCOMP_COMPETENCE.prefix
    return tuple(
        Gap(code.removeprefix(prefix), NEXT_LEVELS[band])
        for code in weakest(competences)
        if (band := competences[code].band) is not None
    )
