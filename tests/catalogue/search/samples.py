"""Small catalogues for the tests of the search engine."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from stars.catalogue.search.engine import CatalogueIndex
from stars.catalogue.search.types import (
    CatalogueQuery,
    GroupDocument,
    OfferDocument,
    ProgrammeDocument,
    SearchResult,
    Segment,
)

NOW = 1_795_000_000.0  # 18.11.2026 in Riga
TODAY = date(2026, 11, 18)
DAY = 86_400


def offer(
    scheme: str = "mn", *, opens: float = -1, closes: float = 10, price: int = 50_000, copayment: int = 2_500
):
    """An offer whose round opens and closes so many days from now."""
    return OfferDocument(scheme, NOW + opens * DAY, NOW + closes * DAY, price, copayment)


def group(
    number: int,
    *places: str,
    starts_on: date | None = None,
    offers: Iterable[OfferDocument] = (),
    **rest: Any,
):
    """A group at the places."""
    return GroupDocument(number, places, starts_on=starts_on, offers=tuple(offers), **rest)


def programme(number: int, title: str = "Programma", **rest: Any) -> ProgrammeDocument:
    """A programme of one school, unless said otherwise."""
    known = {
        "institution": "skola",
        "institution_name": "Piemēra tehnikums",
        "kind": "modulis",
        "field": "cits",
    }
    return ProgrammeDocument(number, title, **(known | rest))


def titled(*titles: str, synonyms: Iterable[tuple[str, ...]] = ()) -> CatalogueIndex:
    """An index of programmes that have only titles; ids from 1."""
    return CatalogueIndex.build(
        [programme(number, title) for number, title in enumerate(titles, 1)], synonyms
    )


def ask(index: CatalogueIndex, q: str = "", **conditions: Any) -> SearchResult:
    """The answer to a query of now."""
    return index.search(CatalogueQuery(now=NOW, q=q, **conditions))


def found(index: CatalogueIndex, q: str = "", **conditions: Any) -> list[int]:
    """The ids of the first page, in order."""
    return [hit.programme.id for hit in ask(index, q, **conditions).hits]


def shown(segments: Iterable[Segment]) -> str:
    """Segments as one text, matches in brackets."""
    return "".join(f"[{text}]" if is_match else text for text, is_match in segments)
