"""What people type, as it comes from addresses and forms: it may be anything, and none of it is an error here."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.datastructures import MultiValueDict

# So many digits always fit into the database's largest column of numbers.
_MOST_DIGITS: Final = 18


def whole_number(text: str, *, digits: int = _MOST_DIGITS) -> int | None:
    """The number that is written with 1 to `digits` of the digits 0 to 9 and nothing else; None for any other text."""
    is_number = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among the texts, each once and in their order."""
    numbers = dict.fromkeys(map(whole_number, texts))
    return [number for number in numbers if number is not None]


def without_null(text: str) -> str:
    """The text without the null character, which no column of text can hold."""
    return text.replace("\x00", "")


def words(text: str, *, longest: int) -> str:
    """The text as it may be kept or searched for: without what cannot be kept, without space around it, cut."""
    return without_null(text).strip()[:longest]


def texts_of(data: MultiValueDict[str, str], names: Iterable[str]) -> dict[str, list[str]]:
    """All texts that were sent under these names, as they may be kept; a name that was not sent is left out."""
    return {name: [without_null(text) for text in data.getlist(name)] for name in names if name in data}


def length_of(texts: Mapping[str, list[str]]) -> int:
    """How many characters they have together."""
    return sum(len(text) for several in texts.values() for text in several)
