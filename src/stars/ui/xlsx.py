"""Tables for spreadsheet programs. What people wrote stays text: nothing that they wrote is ever computed."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from stars.ui.csv_tables import BEGINS_FORMULA

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (10, 45)


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A file with one sheet; texts are written as texts, numbers and dates as what they are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for number, heading in enumerate(headings, start=1):
        width = min(max(len(heading) + 2, _WIDTHS[0]), _WIDTHS[1])
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """A text that begins as formulas do is marked as text and quoted, so that no program takes it for one."""
    if not isinstance(value, str):
        return value
    text = "".join(sign for sign in value if sign >= " " or sign in "\n\t")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text.startswith(BEGINS_FORMULA):
        cell.quotePrefix = True
    cell.number_format = "@"
    return cell
