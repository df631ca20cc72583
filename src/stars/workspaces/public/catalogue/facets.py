"""The engine's counts as the filters that the page draws, in words and in the order of reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.catalogue.names import Names
from stars.catalogue.search.types import Facet, FacetValue, SearchResult, Sort
from stars.ui.templatetags.ui import latvian
from stars.workspaces.public.catalogue.address import Address

# The manual's eight, those first that most people begin with, and the start of learning.
LABELS: Final[Mapping[Facet, Promise]] = {
    Facet.SCHEME: gettext_lazy("Funding source"),
    Facet.PLACE: gettext_lazy("Where it is taught"),
    Facet.FIELD: gettext_lazy("Field of learning"),
    Facet.KIND: gettext_lazy("Kind of programme"),
    Facet.INSTITUTION: gettext_lazy("Education institution"),
    Facet.QUALIFICATION: gettext_lazy("Qualification"),
    Facet.DIGCOMP_AREA: gettext_lazy("DigComp competence area"),
    Facet.DIGCOMP_LEVEL: gettext_lazy("DigComp level"),
    Facet.START_MONTH: gettext_lazy("Start of learning"),
}
_SHORT: Final = 9
_SORTS: Final[Mapping[Sort, Promise]] = {
    Sort.START: gettext_lazy("Starts soonest"),
    Sort.DEADLINE: gettext_lazy("Registration closes soonest"),
    Sort.PRICE: gettext_lazy("Lowest price"),
    Sort.TITLE: gettext_lazy("By title"),
    Sort.NEWEST: gettext_lazy("Newest"),
}


@dataclass(frozen=True, slots=True)
class FacetList:
    """One filter with its values in the order of reading; each count is of the programmes one would get by it."""

    facet: Facet
    label: str | Promise
    values: list[FacetValue]

    @property
    def is_long(self) -> bool:
        """True for a list that deserves a search box."""
        return len(self.values) > _SHORT


@dataclass(frozen=True, slots=True)
class Link:
    """Where a chip leads: to the same page without its condition."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SortOption:
    """One order."""

    value: str
    label: str | Promise
    selected: bool


def facets_of(result: SearchResult, names: Names) -> list[FacetList]:
    """The filters that have anything to choose from."""
    lists = [
        FacetList(facet, label, _in_order(facet, result.facets.get(facet, ()), names))
        for facet, label in LABELS.items()
    ]
    return [facet for facet in lists if facet.values]


def chips_of(result: SearchResult, address: Address, names: Names) -> list[Link]:
    """What is chosen, each with its way out."""
    return [
        Link(_chip_label(chip.facet, chip.value, names), address.without(chip.facet, chip.value).url)
        for chip in result.chips
    ]


def sort_options(address: Address) -> list[SortOption]:
    """The orders; without a search the first is by what can be applied for."""
    first = _("Best match") if address.q else _("Open for applications first")
    options: list[tuple[Sort, str | Promise]] = [(Sort.RELEVANCE, first), *_SORTS.items()]
    return [
        SortOption("" if sort is Sort.RELEVANCE else sort.value, label, sort is address.sort)
        for sort, label in options
    ]


def _in_order(facet: Facet, values: tuple[FacetValue, ...], names: Names) -> list[FacetValue]:
    """In the order of the names; months by the calendar, which is the order they come in."""
    if facet is Facet.START_MONTH:
        return list(values)
    order = names.kept(("order", facet), lambda: {code: at for at, code in enumerate(names.by_facet[facet])})
    return sorted([value for value in values if value.value in order], key=lambda value: order[value.value])


def _chip_label(facet: Facet | None, value: str, names: Names) -> str:
    if facet is None:
        return _("Only open now")
    if facet is Facet.SCHEME:
        return value.upper()
    label = names.of(facet, value) or value
    return latvian(label) if facet is Facet.INSTITUTION else label
