"""Programmes with groups and offers out of a table: one row for each group, checked cell by cell.

Rows with the same institution and code are one programme. What the first of them says of the programme counts; the
others leave those cells empty or repeat them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from stars.catalogue.imports.cells import BadCell
from stars.catalogue.imports.columns import REMOTE, Column, Columns
from stars.catalogue.imports.tables import Fault, Row, Table, Unreadable, heading_key
from stars.catalogue.types import GroupDraft, OfferDraft, ProgrammeDraft


@dataclass(frozen=True, slots=True)
class Entry:
    """One programme of the file: where it begins, what it says, and what is wrong with its rows.

    Without a draft, or with faults, nothing of it may be written.
    """

    row: int
    label: str
    draft: ProgrammeDraft | None
    publish: bool
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Gathered:
    """Rows of one programme while they are read."""

    first: Row
    values: dict[str, Any]
    groups: list[GroupDraft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_programmes(table: Table, columns: Columns) -> list[Entry]:
    """The programmes of the table in its order. Raises `Unreadable` for missing or unknown headings."""
    _must_have_headings(table, columns)
    gathered: dict[tuple[str, str], _Gathered] = {}
    entries: list[_Gathered] = []
    for row in table.rows:
        key = _key(row, columns)
        known = gathered.get(key) if all(key) else None
        if known is None:
            known = _first_row(row, columns)
            entries.append(known)
            if all(key):
                gathered[key] = known
        else:
            known.faults += _differences(row, known, columns)
        _add_group(row, known, columns)
    return [_entry(known) for known in entries]


def _must_have_headings(table: Table, columns: Columns) -> None:
    known = {heading_key(column.heading) for column in columns.all}
    unknown = [written for key, written in table.headings.items() if key not in known]
    if unknown:
        raise Unreadable(_("Unknown columns: %(columns)s.") % {"columns": ", ".join(unknown)})
    needed = (column.heading for column in columns.programme if column.is_required)
    missing = [heading for heading in needed if heading_key(heading) not in table.headings]
    if missing:
        raise Unreadable(_("Columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})


def _key(row: Row, columns: Columns) -> tuple[str, str]:
    """What tells which programme the row belongs to, as it is written; empty where that cannot be read."""
    values, _faults = _read(row, columns.programme[:2])
    return str(values.get("institution_id", "")), str(values.get("code", "")).casefold()


def _first_row(row: Row, columns: Columns) -> _Gathered:
    values, faults = _read(row, columns.programme, check_required=True)
    known = _Gathered(row, values, faults=faults)
    if row.has_surplus:
        known.faults.append(_surplus(row))
    return known


def _differences(row: Row, known: _Gathered, columns: Columns) -> Iterator[Fault]:
    """Cells about the programme that say something else than its first row."""
    values, faults = _read(row, columns.programme)
    yield from faults
    if row.has_surplus:
        yield _surplus(row)
    headings = {column.name: column.heading for column in columns.programme}
    for name, value in values.items():
        if name != "code" and name in known.values and known.values[name] != value:
            message = _("This is not what row %(row)s says of the same programme.") % {
                "row": known.first.number
            }
            yield Fault(row.number, headings[name], message)


def _add_group(row: Row, known: _Gathered, columns: Columns) -> None:
    """The row's group, if it has one; its faults otherwise."""
    offer_columns = [column for own in columns.offers.values() for column in own]
    if not any(heading_key(column.heading) in row.cells for column in (*columns.group, *offer_columns)):
        return
    values, faults = _read(row, columns.group, check_required=True)
    offers = [_offer(row, own, faults) for own in columns.offers.values()]
    faults += _group_faults(row, values, known)
    known.faults += faults
    if not faults:
        place = values.pop("place")
        known.groups.append(
            GroupDraft(
                municipality=None if place == REMOTE else place,
                offers=tuple(offer for offer in offers if offer),
                **values,
            )
        )


def _group_faults(row: Row, values: dict[str, Any], known: _Gathered) -> Iterator[Fault]:
    """What cells say that does not go together."""
    starts_on, ends_on = values.get("starts_on", date.min), values.get("ends_on", date.max)
    if ends_on < starts_on:
        yield Fault(row.number, "Beigas", _("The end is before the beginning."))
    if values.get("seats_min", 0) > values.get("seats_max", float("inf")):
        yield Fault(
            row.number,
            "Mazākais vietu skaits",
            _("The smallest number of seats is above the number of seats."),
        )
    if any(group.name == values.get("name") for group in known.groups):
        yield Fault(row.number, "Grupa", _("The programme has this group in an earlier row."))


def _offer(row: Row, columns: tuple[Column, ...], faults: list[Fault]) -> OfferDraft | None:
    """The source's offer, or None when its cells are empty or faulty; adds to the faults."""
    if not any(heading_key(column.heading) in row.cells for column in columns):
        return None
    values, own_faults = _read(row, columns, check_required=True)
    headings = {column.name: column.heading for column in columns}
    price, copayment = values.get("price_cents"), values.get("copayment_cents", 0)
    if price is not None and copayment > price:
        message = _("The co-payment is above the price.")
        own_faults.append(Fault(row.number, headings["copayment_cents"], message))
    if values.get("low_income_copayment_cents", 0) > copayment:
        message = _("The co-payment of low-income learners is above the usual one.")
        own_faults.append(Fault(row.number, headings["low_income_copayment_cents"], message))
    faults += own_faults
    return None if own_faults else OfferDraft(**values)


def _entry(known: _Gathered) -> Entry:
    values = dict(known.values)
    publish = values.pop("publish", "no") == "yes"
    label = f"{values.get('code', '')} {values.get('title', '')}".strip()
    draft = None if known.faults else ProgrammeDraft(groups=tuple(known.groups), **values)
    return Entry(known.first.number, label, draft, publish, tuple(known.faults))


def _read(
    row: Row, columns: Iterable[Column], *, check_required: bool = False
) -> tuple[dict[str, Any], list[Fault]]:
    """Values by name of the cells that are not empty, and what is wrong with the others."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in columns:
        cell = row.cells.get(heading_key(column.heading))
        if cell is None:
            if check_required and column.is_required:
                faults.append(Fault(row.number, column.heading, _("The cell is empty.")))
            continue
        try:
            values[column.name] = column.read(cell)
        except BadCell as error:
            faults.append(Fault(row.number, column.heading, str(error)))
    return values, faults


def _surplus(row: Row) -> Fault:
    return Fault(row.number, "", _("The row has more cells than the heading."))
