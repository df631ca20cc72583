"""What a result of the digital skills test brings to the recommendations. Pure: no tables, no clock."""

from collections.abc import Mapping

from stars.assessments.next_steps import NEXT_LEVELS
from stars.assessments.scoring import Score, weakest
from stars.catalogue.recommendations import Gap
from stars.classifiers.enums import Kind


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
