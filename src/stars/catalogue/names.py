"""What the codes of the search engine are called, and in which order people read them."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stars.catalogue.live import Snapshot
from stars.catalogue.search.types import REMOTE, Facet
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common.folding import latvian_sort_key
from stars.schemes.declarations import SCHEMES

_KINDS: Final = {
    Facet.KIND: Kind.PROGRAMME_KIND,
    Facet.FIELD: Kind.FIELD,
    Facet.QUALIFICATION: Kind.QUALIFICATION,
    Facet.DIGCOMP_AREA: Kind.DIGCOMP_AREA,
    Facet.DIGCOMP_LEVEL: Kind.DIGCOMP_LEVEL,
}
_MOST_KEPT: Final = 4
_MOST_MADE: Final = 4_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The values of every facet by code, in their order, in one language.

    `kept` remembers what was made of one catalogue in one language, and goes with them.
    """

    by_facet: Mapping[Facet, Mapping[str, str]]
    _made: dict[Hashable, Any] = field(default_factory=dict)

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for the key; the key says everything that it depends on besides the names."""
        found: T | None = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            found = self._made[key] = make()
        return found

    def of(self, facet: Facet, value: str) -> str | None:
        """The name of a value, None when there is no such value."""
        return month_name(value) if facet is Facet.START_MONTH else self.by_facet[facet].get(value)

    def place(self, code: str) -> str:
        """A municipality, a region or "Attālināti"; the code itself when it is not known."""
        return self.by_facet[Facet.PLACE].get(code, code)


_kept: dict[tuple[str, str], Names] = {}


def names_of(snapshot: Snapshot) -> Names:
    """The names in the page's language; made once for each catalogue and language."""
    key = (snapshot.version, get_language() or "lv")
    found = _kept.get(key)
    if found is None:
        found = Names(
            {facet: dict(_values(facet, snapshot)) for facet in Facet if facet is not Facet.START_MONTH}
        )
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found


def month_name(value: str) -> str | None:
    """ "2027-01" as "Janvāris 2027"; None for what is no month."""
    year, _dash, month = value.partition("-")
    if len(year) != 4 or len(month) != 2 or not (year + month).isascii() or not (year + month).isdigit():
        return None
    if not 1 <= int(month) <= 12 or not date.min.year <= int(year):
        return None
    return f"{capfirst(str(MONTHS[int(month)]))} {int(year)}"


def _values(facet: Facet, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    if facet is Facet.INSTITUTION:
        yield from sorted(snapshot.institutions.items(), key=lambda pair: latvian_sort_key(pair[1]))
    elif facet is Facet.SCHEME:
        yield from ((code.value.lower(), f"{code} – {scheme.title}") for code, scheme in SCHEMES.items())
    elif facet is Facet.PLACE:
        yield REMOTE, _("Remotely")
        yield from ((value.code, value.name) for value in classifiers.values_of(Kind.REGION))
        yield from ((value.slug, value.name) for value in classifiers.values_of(Kind.MUNICIPALITY))
    else:
        yield from ((value.slug, value.name) for value in classifiers.values_of(_KINDS[facet]))
