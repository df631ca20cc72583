"""Synonyms from a CSV or XLSX file: the heading `terms`, below it one group in each row, parted by "|"."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from stars.catalogue.imports.tables import Fault, Formula, Row, Unreadable, read_table

SYNONYMS = Path(__file__).parents[1] / "data" / "synonyms.csv"
COLUMN = "terms"
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class SynonymFile:
    """The groups that can be taken, and what is wrong with the other rows."""

    groups: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...]


def read_synonyms(path: Path) -> SynonymFile:
    """Read the file; raises `Unreadable` when it is no table with the one heading."""
    table = read_table(path)
    if set(table.headings) != {COLUMN}:
        raise Unreadable(_("The file must have one column, “%(column)s”.") % {"column": COLUMN})
    groups: list[tuple[str, ...]] = []
    faults: list[Fault] = []
    for row in table.rows:
        terms = tuple(_terms(row))
        complaint = _complaint(row, terms)
        if complaint:
            faults.append(Fault(row.number, COLUMN, complaint))
        else:
            groups.append(terms)
    return SynonymFile(tuple(groups), tuple(faults))


def _terms(row: Row) -> Iterator[str]:
    cell = row.cells.get(COLUMN, "")
    terms = [] if isinstance(cell, Formula) else [" ".join(term.split()) for term in str(cell).split("|")]
    seen: set[str] = set()
    for term in terms:
        if term and term.casefold() not in seen:
            seen.add(term.casefold())
            yield term


def _complaint(row: Row, terms: tuple[str, ...]) -> str:
    if isinstance(row.cells.get(COLUMN), Formula):
        return _("The cell holds a formula; write the value instead.")
    if row.has_surplus:
        return _("The row has more cells than the heading.")
    if len(terms) < 2:
        return _("Give at least two different terms, parted by “|”.")
    if any(len(term) > _LONGEST for term in terms):
        return _("A term is longer than %(count)s characters.") % {"count": _LONGEST}
    return ""
