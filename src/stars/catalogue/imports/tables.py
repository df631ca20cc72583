"""Reading a table that somebody made in a spreadsheet program: XLSX, or CSV in any of the usual dialects.

The file may be broken or hostile: its size, its unpacked size and its number of rows have limits, formulas are
never computed, and no cell is trusted to be what its column says.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from stars.common.folding import fold

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ROWS = 20_000
_MAX_COLUMNS = 200
# A formatted but empty sheet has a million rows.
_MAX_EMPTY_ROWS = 2_000
_CSV_ENCODINGS = ("utf-8-sig", "cp1257")
_DELIMITERS = ";,\t"
# What the readers of ZIP, XML and workbooks raise for a file that is broken, locked by a password or made to harm.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class Unreadable(ValueError):
    """The file as a whole cannot be used; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands in a cell instead of a value: a formula, or what a failed one left."""

    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: the row as the spreadsheet program counts it, and the column's heading."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty; cells by the folded heading, empty ones left out."""

    number: int
    cells: dict[str, object]
    has_surplus: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Headings by their folded form as they are written in the file, and the rows below them."""

    headings: dict[str, str]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """The table in the file, by its ending .csv or .xlsx. Raises `Unreadable`."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024 // 1024})
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(_("The file cannot be opened.")) from error
    return read_content(content, path.name, most_rows=MAX_ROWS, most_unpacked=MAX_UNPACKED_BYTES)


def read_content(content: bytes, name: str, *, most_rows: int, most_unpacked: int) -> Table:
    """The table in a file of this name that is in memory already. Raises `Unreadable`."""
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        return _table(_csv_lines(content), most_rows)
    if ending == ".xlsx":
        return _table(_xlsx_lines(content, most_unpacked), most_rows)
    raise Unreadable(_("The file must be .xlsx or .csv."))


def heading_key(text: str) -> str:
    """A heading without case, diacritics and superfluous blanks, so that typing it by hand works."""
    return " ".join(fold(text).split())


def _table(lines: Iterable[list[object]], most_rows: int) -> Table:
    numbered = enumerate(lines, start=1)
    headings = next(
        (_headings(line) for _number, line in numbered if any(not _is_empty(cell) for cell in line)), []
    )
    keys = [heading_key(text) for text in headings]
    if not any(keys):
        raise Unreadable(_("The file is empty."))
    twice = sorted({text for text, key in zip(headings, keys, strict=True) if key and keys.count(key) > 1})
    if twice:
        raise Unreadable(_("A column is given twice: %(columns)s.") % {"columns": ", ".join(twice)})
    rows = tuple(_rows(keys, numbered, most_rows))
    return Table({key: text for key, text in zip(keys, headings, strict=True) if key}, rows)


def _headings(line: list[object]) -> list[str]:
    texts = ["" if _is_empty(cell) else str(cell).strip() for cell in line]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _rows(keys: list[str], numbered: Iterator[tuple[int, list[object]]], most: int) -> Iterator[Row]:
    count = empty = 0
    for number, line in numbered:
        cells = {key: cell for key, cell in zip(keys, line, strict=False) if key and not _is_empty(cell)}
        has_surplus = any(not _is_empty(cell) for cell in line[len(keys) :])
        if not cells and not has_surplus:
            empty += 1
            if empty > _MAX_EMPTY_ROWS:
                return
            continue
        empty, count = 0, count + 1
        if count > most:
            raise Unreadable(_("The file has more than %(count)s rows.") % {"count": most})
        yield Row(number, cells, has_surplus)


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _csv_lines(content: bytes) -> Iterator[list[object]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip(_DELIMITERS + ' "')), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            line = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                _(
                    "The CSV file is broken near line %(line)s: a quotation mark is not closed, or a cell is too long."
                )
                % {"line": reader.line_num}
            ) from error
        yield [Formula(cell) if cell.lstrip().startswith("=") else cell for cell in line]


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1257 as older Latvian programs write it."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _CSV_ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("The encoding of the file is not known. Save it as “CSV UTF-8”."))


def _xlsx_lines(content: bytes, most_unpacked: int) -> Iterator[list[object]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > most_unpacked:
                raise Unreadable(_("The file is too large when unpacked."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            yield from ([_cell(cell) for cell in line] for line in sheet.iter_rows(max_col=_MAX_COLUMNS))
        finally:
            book.close()
    except _BROKEN as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("This is no XLSX file, or it is broken.")) from error


def _cell(cell: object) -> object:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if kind in ("f", "e") or (isinstance(value, str) and value.lstrip().startswith("=")):
        return Formula(str(value))
    return value
