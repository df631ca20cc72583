"""Tables for people to take along: CSV and XLSX. What somebody typed is text there, never a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | date | None

# A cell that begins so would be worked out by a spreadsheet (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_ALLOWED = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
_WIDEST = 60


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Semicolons and a mark of UTF-8, as spreadsheets in Latvia expect; dates in ISO form."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_table(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with a fixed first row; dates are dates, texts are texts even when they look like formulas."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    sheet.append(list(header))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = value.translate(_NOT_ALLOWED)
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(_FORMULA)
            elif value is not None:
                cell.value = value
    sheet.freeze_panes = "A2"
    for column, cells in enumerate(sheet.iter_cols(), start=1):
        longest = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 3, _WIDEST)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _guarded(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text
