"""Tables as CSV, for people to take along. What somebody typed is text there, never a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

CONTENT_TYPE = "text/csv; charset=utf-8"
Cell = str | int | date | None

# A cell that begins so would be worked out by a spreadsheet (OWASP: CSV injection).
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Semicolons and a mark of UTF-8, as spreadsheets in Latvia expect; dates in ISO form."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(BEGINS_FORMULA) else text
