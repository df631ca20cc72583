"""The programmes of a level that can be applied for now, the nearest first (manual 3.4.3).

Pure: plain values in, plain values out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stars.catalogue.search.types import REMOTE, GroupDocument, ProgrammeDocument
from stars.common.folding import latvian_sort_key
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Gate

# The sources behind the level test, as the catalogue writes them.
SOURCES: Final = frozenset(code.lower() for code in SchemeCode if SCHEMES[code].gate is Gate.LEVEL_TEST)
_OWN, _REGION, _REMOTE, _REST = range(4)
_NEVER: Final = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives, in the codes of the catalogue; "" where that is not known."""

    municipality: str = ""
    region: str = ""


def of_level(
    programmes: Iterable[ProgrammeDocument], level: int, *, home: Home, now: float, first: int | None = None
) -> list[ProgrammeDocument]:
    """The programmes of the level that a source behind the test takes applications for now.

    The programme `first` leads when it is one of them; then those in the own municipality, in the own region, taught
    remotely, and the rest; each by the next start, then by title.
    """
    found = [
        (_rank(programme, groups, home), programme)
        for programme in programmes
        if programme.varam_level == level and (groups := open_groups(programme, now=now))
    ]
    found.sort(key=lambda pair: (pair[1].id != first, pair[0]))
    return [programme for _, programme in found]


def open_groups(programme: ProgrammeDocument, *, now: float) -> list[GroupDocument]:
    """The groups for which a source behind the test takes applications at the moment."""
    return [
        group
        for group in programme.groups
        if any(offer.scheme in SOURCES and offer.is_open(now) for offer in group.offers)
    ]


def _rank(
    programme: ProgrammeDocument, groups: list[GroupDocument], home: Home
) -> tuple[int, str, tuple[str, str, str], int]:
    nearness = min(_nearness(group, home) for group in groups)
    starts = [group.starts_on.isoformat() for group in groups if group.starts_on]
    return nearness, min(starts, default=_NEVER), latvian_sort_key(programme.title), programme.id


def _nearness(group: GroupDocument, home: Home) -> int:
    if home.municipality and home.municipality in group.places:
        return _OWN
    if home.region and home.region in group.places:
        return _REGION
    return _REMOTE if REMOTE in group.places else _REST
