"""From the weakest competences to programmes of their area and of the next level (facts 5.2 and 5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from stars.assessments.enums import Band
from stars.assessments.scoring import Score, weakest
from stars.catalogue import live
from stars.catalogue.cards import Card, card_of_hit
from stars.catalogue.names import names_of
from stars.catalogue.search.types import CatalogueQuery, Facet
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind

# Levels of DigComp that come next for somebody in a band.
NEXT_LEVELS: Final[Mapping[Band, tuple[int, int]]] = {
    Band.LOW: (1, 2),
    Band.FOUNDATION: (3, 4),
    Band.INTERMEDIATE: (5, 6),
    Band.ADVANCED: (7, 8),
}
_LOOKED_AT: Final = 100
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """A weak competence, the levels to learn next, and programmes; `query` finds all of them in the catalogue."""

    competence: str
    area: str
    percent: int
    band: Band
    levels: tuple[int, int]
    programmes: tuple[Card, ...]
    total: int
    query: str


def next_steps(competences: Mapping[str, Score], *, now: float) -> list[NextStep]:
    """The three weakest competences, weakest first; programmes that name the competence come before others."""
    return [step for code in weakest(competences) if (step := _step(code, competences[code], now))]


def _step(code: str, score: Score, now: float) -> NextStep | None:
    competence = classifiers.by_code(code)
    if competence is None or competence.parent_id is None or score.percent is None or score.band is None:
        return None
    levels = NEXT_LEVELS[score.band]
    area = competence.parent_id.removeprefix(Kind.DIGCOMP_AREA.prefix)
    chosen = {Facet.DIGCOMP_AREA: (area,), Facet.DIGCOMP_LEVEL: tuple(map(str, levels))}
    snapshot = live.snapshot()
    found = snapshot.index.search(CatalogueQuery(now=now, chosen=chosen, page_size=_LOOKED_AT))
    own = code.removeprefix(Kind.DIGCOMP_COMPETENCE.prefix)
    hits = sorted(found.hits, key=lambda hit: own not in hit.programme.digcomp_competences)
    names = names_of(snapshot)
    return NextStep(
        competence=competence.name,
        area=", ".join(classifiers.names([competence.parent_id])),
        percent=score.percent,
        band=score.band,
        levels=levels,
        programmes=tuple(card_of_hit(hit, names=names, now=now) for hit in hits[:_SHOWN]),
        total=found.total,
        query=urlencode([(facet.value, value) for facet, values in chosen.items() for value in values]),
    )
