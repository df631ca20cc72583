"""Programmes read into numbers: each word once, as an integer; each programme as arrays of them.

This is the expensive part of building an index, so it is kept: a programme that did not change is never read twice.
A `Lexicon` only grows; `copy` before reading more, so that an index in use never sees the change.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stars.catalogue.search.analysis import parts, words
from stars.catalogue.search.types import ProgrammeDocument

Ints = NDArray[np.int64]
ShortInts = NDArray[np.int32]

WORD_SHIFT: Final = 36  # key = word << 36 | programme << 12 | zone << 8 | times in that zone
PROGRAMME_SHIFT: Final = 12
ZONE_SHIFT: Final = 8
MOST_TIMES: Final = 255
MOST_PROGRAMMES: Final = 1 << (WORD_SHIFT - PROGRAMME_SHIFT)
BREAK: Final = -1  # between two texts, so that no phrase runs across


class Zone(IntEnum):
    """Where in a programme a word stands; what a word is worth depends on it."""

    TITLE = 0
    TAGS = 1
    INSTITUTION = 2
    CONTEXT = 3
    BODY = 4


@dataclass(frozen=True, slots=True, eq=False)
class ReadProgramme:
    """A programme in numbers. `keys` lack the programme's own place, which the index gives; `stream` is the text."""

    document: ProgrammeDocument
    keys: Ints
    lengths: tuple[int, ...]
    stream: ShortInts


class Lexicon:
    """Every word ever met, numbered in the order of meeting."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.words: list[str] = list(known)
        self._numbers: dict[str, int] = {word: number for number, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def copy(self) -> "Lexicon":
        """A lexicon of its own that knows the same words by the same numbers."""
        return Lexicon(self.words)

    def number(self, word: str) -> int:
        """The word's number; a new word gets the next one."""
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number

    def read(self, document: ProgrammeDocument) -> ReadProgramme:
        """The programme in numbers; its new words are learnt."""
        keys: list[int] = []
        lengths: list[int] = []
        stream: list[int] = []
        for zone, texts in _texts(document):
            numbers, hidden = self._numbers_of(texts)
            stream.extend(numbers)
            counted = Counter(number for number in numbers + hidden if number != BREAK)
            keys.extend(
                number << WORD_SHIFT | zone << ZONE_SHIFT | min(times, MOST_TIMES)
                for number, times in counted.items()
            )
            lengths.append(sum(counted.values()))
        return ReadProgramme(
            document, np.array(keys, dtype=np.int64), tuple(lengths), np.array(stream, dtype=np.int32)
        )

    def _numbers_of(self, texts: Iterable[str]) -> tuple[list[int], list[int]]:
        """The words in order with breaks, and apart from them the parts of hyphenated words."""
        numbers: list[int] = []
        hidden: list[int] = []
        for text in texts:
            found = words(text)
            numbers.extend(map(self.number, found))
            numbers.append(BREAK)
            if "-" in text or "‑" in text:
                hidden.extend(self.number(part) for word in found for part in parts(word))
        return numbers, hidden


def _texts(document: ProgrammeDocument) -> tuple[tuple[Zone, Iterable[str]], ...]:
    places = {group.place_name: None for group in document.groups}
    return (
        (Zone.TITLE, (document.title,)),
        (Zone.TAGS, (*document.keywords, *document.qualification_names, document.code)),
        (Zone.INSTITUTION, (document.institution_name,)),
        (Zone.CONTEXT, (document.field_name, document.kind_name, *places)),
        (Zone.BODY, (document.summary, document.contents, document.outcomes)),
    )
