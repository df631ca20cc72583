"""From what stands in a cell to a value: each reader takes one cell and raises `BadCell` with words for its owner."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from stars.catalogue.imports.tables import Formula, heading_key

LONG_TEXT = 10_000
_HIGHEST_PRICE_EUR = 100_000
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2100
_DATE = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\.?")
_BULLET = re.compile(r"^\s*(?:[-–•*·]|\d{1,2}[.)])\s+")


class BadCell(ValueError):
    """The cell does not hold what its column asks for; the message says what it should hold."""


def text(longest: int) -> Callable[[object], str]:
    """One line of text."""

    def read(cell: object) -> str:
        return _within(" ".join(_plain(cell).split()), longest)

    return read


def lines(cell: object) -> str:
    """Text with line breaks."""
    rows = (" ".join(row.split()) for row in _plain(cell).splitlines())
    return _within("\n".join(rows).strip(), LONG_TEXT)


def points(cell: object) -> str:
    """A list: one point in each line, whatever mark stands before it."""
    rows = (_BULLET.sub("", row).strip() for row in lines(cell).splitlines())
    return "\n".join(f"- {row}" for row in rows if row)


def words(cell: object) -> tuple[str, ...]:
    """Words or phrases parted by ";" or ","."""
    found = (" ".join(part.split()) for part in re.split("[;,\n]", _plain(cell)))
    return tuple(dict.fromkeys(_within(part, 80) for part in found if part))


def digits(length: int) -> Callable[[object], str]:
    """A number that is a name, with exactly so many digits."""

    def read(cell: object) -> str:
        found = re.sub(r"\s", "", _plain(cell))
        if not re.fullmatch(rf"[0-9]{{{length}}}", found):
            raise BadCell(_("There must be %(count)s digits.") % {"count": length})
        return found

    return read


def whole(lowest: int, highest: int) -> Callable[[object], int]:
    """A whole number between the two."""

    def read(cell: object) -> int:
        number = _number(cell)
        if number != int(number) or not lowest <= number <= highest:
            message = _("There must be a whole number from %(lowest)s to %(highest)s.")
            raise BadCell(message % {"lowest": lowest, "highest": highest})
        return int(number)

    return read


def cents(cell: object) -> int:
    """A sum in euros, "1 250,00 €", as cents."""
    number = _number(cell)
    if number * 100 != int(number * 100) or not 0 <= number <= _HIGHEST_PRICE_EUR:
        raise BadCell(_("There must be a sum in euros, for example 1250,00."))
    return int(number * 100)


def day(cell: object) -> date:
    """A date: the spreadsheet's own, "21.11.2026." or "2026-11-21"."""
    found = _day(cell)
    if not _EARLIEST_YEAR <= found.year <= _LATEST_YEAR:
        raise BadCell(
            _("The year must be between %(first)s and %(last)s.")
            % {"first": _EARLIEST_YEAR, "last": _LATEST_YEAR}
        )
    return found


def one_of(choices: Mapping[str, str]) -> Callable[[object], str]:
    """One of the values, written by its name; the names are keys made by `heading_key`."""

    def read(cell: object) -> str:
        written = text(LONG_TEXT)(cell)
        value = choices.get(heading_key(written))
        if value is None:
            raise BadCell(_("“%(value)s” is not among the values of this column.") % {"value": written[:80]})
        return value

    return read


def some_of(choices: Mapping[str, str]) -> Callable[[object], tuple[str, ...]]:
    """Several of the values, parted by ";" or ","."""
    read_one = one_of(choices)

    def read(cell: object) -> tuple[str, ...]:
        whole_cell = heading_key(_plain(cell))
        if whole_cell in choices:
            return (choices[whole_cell],)
        return tuple(dict.fromkeys(read_one(word) for word in words(cell)))

    return read


def email(cell: object) -> str:
    """An e-mail address."""
    address = text(254)(cell)
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadCell(_("This is no e-mail address.")) from error
    return address


def _plain(cell: object) -> str:
    """The cell as text in one normal form. Numbers that are whole lose the ".0" that spreadsheets add."""
    if isinstance(cell, Formula):
        raise BadCell(_("The cell holds a formula; write the value instead."))
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise BadCell(_("There must be text; set the cell's format to “Text”."))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    found = unicodedata.normalize("NFC", str(cell)).replace("\u00a0", " ").strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t" for letter in found):
        raise BadCell(_("The cell holds characters that cannot be shown."))
    return found


def _within(found: str, longest: int) -> str:
    if len(found) > longest:
        raise BadCell(
            _("The text is too long: %(length)s characters, at most %(longest)s.")
            % {"length": len(found), "longest": longest}
        )
    return found


def _number(cell: object) -> Decimal:
    written = re.sub(r"[\s€]|EUR$", "", _plain(cell)).replace(",", ".")
    try:
        number = Decimal(written)
    except InvalidOperation as error:
        raise BadCell(_("There must be a number.")) from error
    if not number.is_finite() or abs(number) > 10**9:
        raise BadCell(_("There must be a number."))
    return number


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    wanted = _("There must be a date, for example 21.11.2026.")
    if not isinstance(cell, str):
        raise BadCell(wanted)
    written = _plain(cell)
    match = _DATE.fullmatch(written)
    try:
        if match:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        return date.fromisoformat(written)
    except ValueError as error:
        raise BadCell(wanted) from error
