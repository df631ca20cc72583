"""Reading a JSON bank so that what is wrong with an item can be told with the line on which the item begins."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_DECODER: Final = json.JSONDecoder()
_SPACE: Final = re.compile(r"[ \t\n\r]*")


def read_json(content: bytes) -> Any:
    """The file's value; where it is an object, each object among its `items` says its `line`.

    Raises `json.JSONDecodeError`, other ValueErrors for what is no text or holds an endless number, and RecursionError.
    """
    text = content.decode(json.detect_encoding(content))
    table = json.loads(text)
    if isinstance(table, dict) and isinstance(table.get("items"), list):
        for item, line in zip(table["items"], _lines(text), strict=True):
            if isinstance(item, dict):
                item["line"] = line
    return table


def _lines(text: str) -> Iterator[int]:
    """The line of each item of an object that is known to be good JSON; of several `items` the last counts."""
    places: list[int] = []
    place = _after(text, _after(text, 0) + 1)
    while text[place] != "}":
        key, place = _DECODER.raw_decode(text, place)
        place = _after(text, _after(text, place) + 1)
        if key == "items" and text[place] == "[":
            places, place = _items(text, place)
        else:
            _, place = _DECODER.raw_decode(text, place)
        place = _past_comma(text, place)
    line, counted = 1, 0
    for each in places:
        line += text.count("\n", counted, each)
        counted = each
        yield line


def _items(text: str, place: int) -> tuple[list[int], int]:
    """Where each value of the list begins, and where the list ends."""
    places = []
    place = _after(text, place + 1)
    while text[place] != "]":
        places.append(place)
        _, place = _DECODER.raw_decode(text, place)
        place = _past_comma(text, place)
    return places, place + 1


def _past_comma(text: str, place: int) -> int:
    place = _after(text, place)
    return _after(text, place + 1) if text[place] == "," else place


def _after(text: str, place: int) -> int:
    """The first place from here that is no white space."""
    found = _SPACE.match(text, place)
    return found.end() if found else place
