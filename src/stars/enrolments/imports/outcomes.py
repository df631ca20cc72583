"""The table of outcomes: which columns it has, how its rows are read, and an empty one to be filled in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from stars.applications.enums import ExpulsionReason
from stars.catalogue.imports import cells
from stars.catalogue.imports.columns import Column
from stars.catalogue.imports.tables import Fault, Row, Unreadable, heading_key, read_content
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.enrolments.types import OutcomeRow
from stars.ui.xlsx import workbook

MAX_BYTES = 2 * 1024 * 1024
# A thousand rows unpack to less than one megabyte; ten times as much keeps the server busy for seconds only.
MAX_UNPACKED_BYTES = 8 * 1024 * 1024
MAX_ROWS = 1_000
_MOST_HOURS = 5_000
_YES, _NO = "yes", "no"
_YES_NO = {"ja": _YES, "yes": _YES, "ne": _NO, "no": _NO}

# Headings and reasons are part of the file format and therefore the same in both languages.
REASONS = {
    "Pēc paša vēlēšanās": ExpulsionReason.OWN_WISH,
    "Neapmeklēšana": ExpulsionReason.ABSENCE,
    "Nesekmība": ExpulsionReason.FAILURE,
    "Līguma pārkāpums": ExpulsionReason.CONTRACT,
    "Veselības stāvoklis": ExpulsionReason.HEALTH,
    "Cits iemesls": ExpulsionReason.OTHER,
}
_REASON_KEYS = {heading_key(words): reason.value for words, reason in REASONS.items()}
_REASON_WORDS = {reason.value: words for words, reason in REASONS.items()}
COLUMNS = (
    Column("application", "Pieteikuma numurs", cells.text(20), is_required=True),
    Column("name", "Vārds, uzvārds", cells.text(250)),
    Column("hours", "Apmeklētās stundas", cells.whole(0, _MOST_HOURS)),
    Column("document_number", "Dokumenta numurs", cells.text(60)),
    Column("document_on", "Dokumenta datums", cells.day),
    Column("grade", "Vērtējums (1–10)", cells.whole(1, 10)),
    Column("passed", "Ieskaitīts (jā/nē)", cells.one_of(_YES_NO)),
    Column("expulsion_reason", "Atskaitīšanas iemesls", cells.one_of(_REASON_KEYS)),
    Column("expelled_on", "Atskaitīšanas datums", cells.day),
)


def read_outcomes(content: bytes, name: str) -> tuple[list[OutcomeRow], list[Fault]]:
    """The rows that can be read, and what is wrong with the others. Raises `tables.Unreadable`."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024 // 1024})
    table = read_content(content, name, most_rows=MAX_ROWS, most_unpacked=MAX_UNPACKED_BYTES)
    known = {heading_key(column.heading) for column in COLUMNS}
    missing = [c.heading for c in COLUMNS if c.is_required and heading_key(c.heading) not in table.headings]
    if missing:
        raise Unreadable(_("A column is missing: %(columns)s.") % {"columns": ", ".join(missing)})
    if surplus := [text for key, text in table.headings.items() if key not in known]:
        raise Unreadable(_("Unknown column: %(columns)s.") % {"columns": ", ".join(surplus)[:200]})
    rows: list[OutcomeRow] = []
    faults: list[Fault] = []
    for row in table.rows:
        values, wrong = _values(row)
        wrong = wrong or _contradictions(row.number, values)
        if wrong:
            faults += wrong
        else:
            passed = {_YES: True, _NO: False}.get(values.pop("passed", ""))
            values.pop("name", None)
            rows.append(OutcomeRow(row=row.number, passed=passed, **values))
    return rows, faults


def table_of(enrolments: Iterable[Enrolment]) -> bytes:
    """The table with everybody in it and what is noted of them already."""
    rows = [
        (
            enrolment.application.number,
            enrolment.person.full_name,
            enrolment.hours_attended,
            enrolment.document_number,
            enrolment.document_on,
            enrolment.grade,
            "jā" if enrolment.passed else "",
            _REASON_WORDS.get(enrolment.expulsion_reason, ""),
            enrolment.ended_on if enrolment.status == EnrolmentStatus.EXPELLED else None,
        )
        for enrolment in enrolments
    ]
    return workbook("Rezultāti", [column.heading for column in COLUMNS], rows)


def _values(row: Row) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for column in COLUMNS:
        cell = row.cells.get(heading_key(column.heading))
        if cell is None:
            if column.is_required:
                faults.append(Fault(row.number, column.heading, _("The value is missing.")))
            continue
        try:
            values[column.name] = column.read(cell)
        except cells.BadCell as bad:
            faults.append(Fault(row.number, column.heading, str(bad)))
    return values, faults


def _contradictions(number: int, values: dict[str, Any]) -> list[Fault]:
    """A document has a day and an outcome; an outcome has a document. Nobody both completes and is expelled."""
    if "expulsion_reason" in values or "expelled_on" in values:
        return _wrong_expulsion(number, values)
    document, on, grade = values.get("document_number"), values.get("document_on"), values.get("grade")
    passed = values.get("passed")
    if document and not isinstance(on, date):
        return [Fault(number, COLUMNS[4].heading, _("The document needs its day."))]
    if document and grade is None and passed != _YES:
        return [Fault(number, COLUMNS[5].heading, _("The document needs a grade, or that it was passed."))]
    if not document and (on or grade is not None or passed == _YES):
        return [Fault(number, COLUMNS[3].heading, _("Without a document nothing is completed."))]
    if not document and "hours" not in values:
        return [Fault(number, COLUMNS[2].heading, _("The row says neither hours nor a document."))]
    return []


def _wrong_expulsion(number: int, values: dict[str, Any]) -> list[Fault]:
    """An expulsion has a reason and a day, and nothing of a completion beside it."""
    completes = {"document_number", "document_on", "grade"} & values.keys() or values.get("passed") == _YES
    if completes:
        return [Fault(number, COLUMNS[7].heading, _("A row either completes or expels, not both."))]
    if "expulsion_reason" not in values:
        return [Fault(number, COLUMNS[7].heading, _("The expulsion needs its reason."))]
    if "expelled_on" not in values:
        return [Fault(number, COLUMNS[8].heading, _("The expulsion needs its day."))]
    return []
