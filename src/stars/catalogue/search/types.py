"""What goes into the search engine and what comes out: frozen values, no behaviour beyond looking at
themselves.

All codes are the ones that stand in the address of the catalogue page: the institution's slug, "pilnveide"
(never "kind-pilnveide"), "0001000" or "region-riga" for a place. Moments are seconds since the epoch, money
is cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

REMOTE = "attalinati"


class Facet(StrEnum):
    """The filters of the catalogue; the value is the parameter of the address."""

    INSTITUTION = "iestade"
    KIND = "veids"
    SCHEME = "finansejums"
    PLACE = "vieta"
    FIELD = "nozare"
    QUALIFICATION = "kvalifikacija"
    DIGCOMP_AREA = "joma"
    DIGCOMP_LEVEL = "limenis"
    START_MONTH = "periods"


class Sort(StrEnum):
    """The orders a reader may choose; the value is the parameter of the address."""

    RELEVANCE = "relevance"
    TITLE = "title"
    START = "start"
    PRICE = "price"
    DEADLINE = "deadline"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class OfferDocument:
    """One funding source that pays for a group, in one round of applications."""

    scheme: str
    opens_at: float
    closes_at: float
    price_cents: int
    copayment_cents: int

    def is_open(self, now: float) -> bool:
        """Whether an application may be sent at that moment: from the opening, until before the closing."""
        return self.opens_at <= now < self.closes_at


@dataclass(frozen=True, slots=True)
class GroupDocument:
    """One group of a programme: where and when it learns, and who may pay for it.

    `places` are the codes of the municipality and of its region, or `REMOTE` alone (several may be given);
    `place_name` is what a reader searches by ("Cēsu novads").
    """

    id: int
    places: tuple[str, ...]
    starts_on: date | None = None
    ends_on: date | None = None
    seats_free: int = 0
    schedule: str = ""
    offers: tuple[OfferDocument, ...] = ()
    place_name: str = ""
    name: str = ""

    @property
    def start_month(self) -> str | None:
        """The month of the start as in the address, "2026-11"; None while the start is not known."""
        return None if self.starts_on is None else self.starts_on.isoformat()[:7]


@dataclass(frozen=True, slots=True)
class ProgrammeDocument:
    """One published programme with everything that is searched, filtered, or shown on a result card."""

    id: int
    title: str
    institution: str
    institution_name: str
    kind: str
    field: str
    kind_name: str = ""
    field_name: str = ""
    code: str = ""
    qualifications: tuple[str, ...] = ()
    qualification_names: tuple[str, ...] = ()
    study_form: str = "onsite"
    hours: int = 0
    language: str = "lv"
    digcomp_areas: tuple[str, ...] = ()
    digcomp_competences: tuple[str, ...] = ()
    digcomp_level: int | None = None
    varam_level: int | None = None
    summary: str = ""
    contents: str = ""
    outcomes: str = ""
    keywords: tuple[str, ...] = ()
    document_name: str = ""
    published_at: float = 0.0
    groups: tuple[GroupDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueQuery:
    """What a reader asks for. `chosen` holds the values of each facet: OR inside a facet, AND across facets.

    `now` decides what is open; the same query with the same moment always gives the same answer.
    """

    now: float
    q: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    open_only: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 20


class Segment(NamedTuple):
    """A piece of original text, and whether it is what the reader searched for."""

    text: str
    is_match: bool


class FacetValue(NamedTuple):
    """One value of a facet: how many programmes would be left, and whether it is chosen."""

    value: str
    count: int  # type: ignore[assignment]  # the field hides the tuple's own method, and should
    selected: bool


class Chip(NamedTuple):
    """One active condition, to be shown with a way to remove it; facet None stands for "only open now"."""

    facet: Facet | None
    value: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One programme of the page, with those of its groups that meet the conditions.

    `title` is whole, `excerpt` is cut around what was searched for, and empty where the text has none of it.
    `score` is the text's relevance, 0 without a query.
    """

    programme: ProgrammeDocument
    title: tuple[Segment, ...]
    excerpt: tuple[Segment, ...]
    groups: tuple[GroupDocument, ...]
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of the answer.

    `relaxed` says that no programme has all words, so those with some are shown. `suggestion` is a whole
    query in the catalogue's own spelling, for "Vai domājāt…?". `open_total` counts what is left with "only
    open now".
    """

    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, tuple[FacetValue, ...]]
    chips: tuple[Chip, ...]
    open_total: int
    suggestion: str | None = None
    relaxed: bool = False


class Completion(NamedTuple):
    """A proposal while typing: a title (with its programme) or a word (programme_id None)."""

    text: str
    programme_id: int | None
