"""Programmes read into numbers: each word once, as an integer; each programme as arrays of them.

This is the expensive part of building an index, so it is kept: a programme that did not change is never read
twice. A `Lexicon` only grows; take a copy before reading more, so that an index in use never sees the change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stars.catalogue.search.analysis import HYPHENS, folded, hard_stem, parts, root, stem, words
from stars.catalogue.search.snippets import running_text
from stars.catalogue.search.types import ProgrammeDocument

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
    """A programme in numbers: its words zone after zone, a `BREAK` after each text.

    `zone_sizes` counts both. `body` is the text that excerpts are cut from.
    """

    document: ProgrammeDocument
    stream: NDArray[np.int32]
    zone_sizes: tuple[int, ...]
    body: str


class Interned:
    """Texts by number, in the order of meeting."""

    def __init__(self, other: "Interned | None" = None) -> None:
        """No texts, or those of the other by the same numbers, to grow apart from it."""
        self.texts: list[str] = [] if other is None else other.texts.copy()
        self._numbers: dict[str, int] = {} if other is None else other._numbers.copy()

    def __len__(self) -> int:
        return len(self.texts)

    def known(self, text: str) -> int | None:
        """The number of a text; None for one never met."""
        return self._numbers.get(text)

    def known_of(self, texts: Iterable[str]) -> list[int]:
        """The numbers of several texts, without those never met."""
        return [number for number in map(self._numbers.get, texts) if number is not None]

    def number(self, text: str) -> int:
        """The number of a text; a new one gets the next."""
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number


class Level(NamedTuple):
    """What words are compared by on one level (folded, stem, root), and by which each word is.

    -1 for none.
    """

    forms: Interned
    of_word: list[int]

    def copy(self) -> "Level":
        """The same, to grow apart."""
        return Level(Interned(self.forms), self.of_word.copy())


class Lexicon:
    """Every word ever met, numbered in the order of meeting, with its forms."""

    def __init__(self, other: "Lexicon | None" = None) -> None:
        """An empty lexicon, or one that knows what the other knows by the same numbers, to grow apart from it."""
        self.words: Interned = Interned(None if other is None else other.words)
        self.folded: Level = Level(Interned(), []) if other is None else other.folded.copy()
        self.stems: Level = Level(Interned(), []) if other is None else other.stems.copy()
        self.hard_stems: dict[int, str] = {} if other is None else other.hard_stems.copy()
        self.roots: Level = Level(Interned(), []) if other is None else other.roots.copy()

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str) -> int:
        """The word's number; a new word gets the next one."""
        number = self.words.number(word)
        if number == len(self.folded.of_word):
            self.folded.of_word.append(self.folded.forms.number(folded(word)))
            self.stems.of_word.append(self.stems.forms.number(stem(word)))
            rooted = root(word)
            self.roots.of_word.append(-1 if rooted is None else self.roots.forms.number(rooted))
            if (hard := hard_stem(word)) is not None:
                self.hard_stems[number] = hard
        return number

    def read(self, document: ProgrammeDocument) -> ReadProgramme:
        """The programme in numbers; its new words are learnt."""
        stream: list[int] = []
        zone_sizes: list[int] = []
        for texts in _texts_by_zone(document):
            before = len(stream)
            for text in texts:
                self._append(text, stream)
            zone_sizes.append(len(stream) - before)
        body = running_text(document.summary, document.contents, document.outcomes)
        return ReadProgramme(document, np.array(stream, dtype=np.int32), tuple(zone_sizes), body)

    def _append(self, text: str, stream: list[int]) -> None:
        """The words of a text in order; after them the parts of hyphenated words, each by itself."""
        found = words(text)
        known = self.words.known_of(found)
        stream += known if len(known) == len(found) else map(self.number, found)
        stream.append(BREAK)
        if not HYPHENS.isdisjoint(text):
            for part in (part for word in found for part in parts(word)):
                stream += (self.number(part), BREAK)


def _texts_by_zone(document: ProgrammeDocument) -> tuple[Iterable[str], ...]:
    """The texts of each zone, in the order of `Zone`."""
    places = {group.place_name: None for group in document.groups}
    return (
        (document.title,),
        (*document.keywords, *document.qualification_names, document.code),
        (document.institution_name,),
        (document.field_name, document.kind_name, *places),
        (document.summary, document.contents, document.outcomes),
    )
