"""Files to keep. Only here does an answer say of itself that it is a file, and what the file is called."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from stars.ui import csv_tables, xlsx
from stars.ui.csv_tables import Cell

# The kinds of file that one table may be had as.
TABLES: Final = ("csv", "xlsx")
_TYPES: Final = {
    "csv": csv_tables.CONTENT_TYPE,
    "xlsx": xlsx.CONTENT_TYPE,
    "pdf": "application/pdf",
}


def download(content: bytes, name: str) -> HttpResponse:
    """The content as a file of that name, in which any letter may stand (RFC 6266); its ending says what the file is.

    `KeyError` for an ending that is none of csv, xlsx and pdf. That no browser guesses another type, and that nobody
    finds it in the cache after the person has left, is said by the middleware, as of every answer.
    """
    return HttpResponse(
        content,
        content_type=_TYPES[PurePath(name).suffix.removeprefix(".")],
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def table(kind: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as a file of the kind, one of `TABLES`; a workbook's sheet carries the title."""
    return csv_tables.csv_table(headings, rows) if kind == "csv" else xlsx.workbook(title, headings, rows)
