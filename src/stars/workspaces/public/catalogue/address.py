"""The whole state of the catalogue page as its address says it; what makes no sense there is passed over.

The links of the page are made from what was understood, so that nonsense does not travel on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from stars.catalogue.names import Names
from stars.catalogue.search.types import CatalogueQuery, Facet, Sort
from stars.common.typed import whole_number, whole_numbers

SEARCH, OPEN_ONLY, SORT, PAGE, COMPARED = "q", "atvertas", "kartot", "lapa", "p"
LONGEST_SEARCH: Final = 200
MOST_COMPARED: Final = 4
PAGE_SIZE: Final = 20
_MOST_VALUES: Final = 100
# An enumeration is slow to walk through and to look into.
_FACETS: Final = tuple(Facet)
_SORTS: Final[Mapping[str, Sort]] = {sort.value: sort for sort in Sort}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Address:
    """What the reader asks for. `compared` are the programmes ticked for comparison."""

    q: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    open_only: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    compared: tuple[int, ...] = ()

    def query(self, now: float, *, page_size: int = PAGE_SIZE) -> CatalogueQuery:
        """The question to the search engine."""
        return CatalogueQuery(
            now=now,
            q=self.q,
            chosen=self.chosen,
            open_only=self.open_only,
            sort=self.sort,
            page=self.page,
            page_size=page_size,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The address's parameters without the page, in one order, nothing superfluous."""
        pairs = [(SEARCH, self.q)] if self.q else []
        pairs += [(facet.value, value) for facet in _FACETS for value in self.chosen.get(facet, ())]
        if self.open_only:
            pairs.append((OPEN_ONLY, "1"))
        if self.sort is not Sort.RELEVANCE:
            pairs.append((SORT, self.sort.value))
        return pairs + [(COMPARED, str(number)) for number in self.compared]

    @property
    def encoded(self) -> str:
        """The parameters as they stand in an address."""
        return "&".join([_parameter(name, value) for name, value in self.pairs()])

    @property
    def url(self) -> str:
        """The address of the first page."""
        encoded = self.encoded
        return f"{_path()}?{encoded}" if encoded else _path()

    def without(self, facet: Facet | None, value: str) -> "Address":
        """The same without one condition; facet None stands for "only open now"."""
        if facet is None:
            return replace(self, open_only=False, page=1)
        rest = tuple(kept for kept in self.chosen.get(facet, ()) if kept != value)
        return replace(self, chosen={**self.chosen, facet: rest}, page=1)

    def reset(self) -> "Address":
        """No filters; what is searched for, the order and what is compared stay."""
        return Address(q=self.q, sort=self.sort, compared=self.compared)


def parse(parameters: QueryDict, names: Names) -> Address:
    """The address read. Total: unknown values, orders and pages are as if they were not there."""
    return Address(
        q=text(parameters.get(SEARCH, "")),
        chosen={
            facet: values
            for facet in _FACETS
            if facet in parameters and (values := _known(parameters.getlist(facet), facet, names))
        },
        open_only=parameters.get(OPEN_ONLY) == "1",
        sort=_sort(parameters.get(SORT, "")),
        page=_page(parameters.get(PAGE, "")),
        compared=compared(parameters.getlist(COMPARED)),
    )


def text(typed: str) -> str:
    """What somebody typed, on one line, without signs that cannot be seen, at most 200 characters."""
    return " ".join(_UNPRINTABLE.sub(" ", typed[: 5 * LONGEST_SEARCH]).split())[:LONGEST_SEARCH]


def compared(values: list[str]) -> tuple[int, ...]:
    """Numbers of programmes, each once, at most four."""
    return tuple(whole_numbers(values[:_MOST_VALUES]))[:MOST_COMPARED]


def _known(values: list[str], facet: Facet, names: Names) -> tuple[str, ...]:
    asked = dict.fromkeys(values[:_MOST_VALUES])
    return tuple(value for value in asked if names.of(facet, value) is not None)


def _sort(value: str) -> Sort:
    return _SORTS.get(value, Sort.RELEVANCE)


@cache
def _path() -> str:
    return reverse("public:catalogue")


@lru_cache(maxsize=1_024)
def _parameter(name: str, value: str) -> str:
    """One parameter as it stands in an address; a page has a dozen addresses, most of the same parameters."""
    return urlencode({name: value})


def _page(value: str) -> int:
    return whole_number(value) or 1
