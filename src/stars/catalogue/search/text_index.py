"""Which programmes a typed query means, and how well each meets it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stars.catalogue.search.arrays import Floats, Mask
from stars.catalogue.search.lexicon import Lexicon, ReadProgramme, Zone
from stars.catalogue.search.parsing import Clause, parse
from stars.catalogue.search.postings import Postings
from stars.catalogue.search.synonyms import MEANS_THE_SAME, Phrase, Synonyms
from stars.catalogue.search.vocabulary import Qualities, Vocabulary

_IN_ORDER: Final = 1.3
_TOGETHER: Final = 1.2
_LOOKED_AT_CLOSELY: Final = 60
_MOST_LOOKED_AT_CLOSELY: Final = 300
_WRITTEN_AS_ONE: Final = 0.9
_RARE: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class TextMatch:
    """The programmes that a query means: `scores` above 0.

    `words` says of each word by number whether to mark it.
    """

    scores: Floats
    words: Mask
    relaxed: bool = False

    @property
    def found(self) -> Mask:
        """Which programmes match."""
        return self.scores > 0


class Marks(NamedTuple):
    """Words to mark in the title and in the running text of one programme, in lower case."""

    title: frozenset[str]
    body: frozenset[str]


NO_MARKS: Final = Marks(frozenset(), frozenset())


@dataclass(frozen=True, slots=True, eq=False)
class _Slot:
    """One thing asked for, and what of the catalogue answers it."""

    scores: Floats
    numbers: frozenset[int]
    required: bool
    in_order: bool


class TextIndex:
    """The words of all programmes, searchable. Immutable."""

    def __init__(self, programmes: Sequence[ReadProgramme], lexicon: Lexicon, synonyms: Synonyms) -> None:
        """The place of a programme in `programmes` is its place in every answer."""
        self.postings = Postings(programmes, len(lexicon))
        self.vocabulary = Vocabulary(lexicon, self.postings.entries())
        self._spelling = lexicon.words
        self.programmes = programmes
        self._synonyms = synonyms

    def marks(self, match: TextMatch, place: int) -> Marks:
        """The words of one programme that the query means."""
        programme = self.programmes[place]
        title = programme.stream[: programme.zone_sizes[Zone.TITLE]]
        body = programme.stream[
            -programme.zone_sizes[Zone.BODY] :
        ]  # never empty: each text ends with a BREAK
        return Marks(self._texts(title[match.words[title]]), self._texts(body[match.words[body]]))

    def _texts(self, numbers: NDArray[np.int32]) -> frozenset[str]:
        return frozenset([self._spelling.texts[number] for number in numbers.tolist()])

    def search(self, query: str) -> TextMatch | None:
        """The answer; None when the query has no word in it and so asks for nothing."""
        clauses = parse(query)
        if not clauses:
            return None
        slots = self._slots(clauses, misspelt_too=False)
        match = self._all_of(slots)
        if not match.found.any():
            slots = self._slots(clauses, misspelt_too=True)
            match = self._all_of(slots)
        return match if match.found.any() or len(slots) == 1 else self._any_of(slots)

    def _slots(self, clauses: Sequence[Clause], *, misspelt_too: bool) -> list[_Slot]:
        """Clauses made into slots: neighbouring words that have a synonym, or are one word, share a slot."""
        slots: list[_Slot] = []
        position = 0
        while position < len(clauses):
            span, others = self._longest_with_others(clauses, position)
            together = [
                self._slot(clause, misspelt_too=misspelt_too)
                for clause in clauses[position : position + span]
            ]
            slots.append(self._with_others(together, others) if others else together[0])
            position += span
        return slots

    def _longest_with_others(
        self, clauses: Sequence[Clause], start: int
    ) -> tuple[int, list[tuple[Phrase, float]]]:
        run = [clause for clause in clauses[start:] if not clause.in_order]
        if clauses[start].in_order:
            return 1, []
        for span in range(min(self._synonyms.longest, len(run)), 0, -1):
            phrase = tuple(clause.words[0] for clause in run[:span])
            if others := self._synonyms.of(phrase):
                return span, [(other, MEANS_THE_SAME) for other in others]
        for first, second in pairwise(clause.words[0] for clause in run[:2]):
            if self.vocabulary.same_word(first + second):
                return 2, [((first + second,), _WRITTEN_AS_ONE)]
        return 1, []

    def _slot(self, clause: Clause, *, misspelt_too: bool) -> _Slot:
        if clause.in_order:
            return self._phrase(clause.words, required=clause.required)
        qualities = self._meanings(clause, misspelt_too=misspelt_too)
        return _Slot(self._pooled(qualities), frozenset(qualities), clause.required, in_order=False)

    def _meanings(self, clause: Clause, *, misspelt_too: bool) -> Qualities:
        word = clause.words[0]
        same = self.vocabulary.same_word(word)
        begun = self.vocabulary.beginning_with(word) if clause.is_last else {}
        known = self.vocabulary.derived(word) | begun | same
        rare = misspelt_too and len(known) <= _RARE
        return self.vocabulary.misspelt(word) | known if rare or not known else known

    def _pooled(self, qualities: Qualities) -> Floats:
        return self.postings.scores(self.postings.weights(qualities))

    def _phrase(self, phrase: Phrase, *, required: bool = True) -> _Slot:
        """Words right after one another, each in any case ending."""
        forms = [self.vocabulary.same_word(word) for word in phrase]
        scores = [self._pooled(each) for each in forms]
        among: Mask = reduce(np.logical_and, (each > 0 for each in scores))
        having = among  # one word is always in order, and may stand in nearly every programme
        if len(phrase) > 1:
            having = self.postings.having_in_order([list(each) for each in forms], np.flatnonzero(among))
        total = np.where(having, sum(scores, np.zeros(self.postings.size)) * _IN_ORDER, 0.0)
        return _Slot(total, frozenset(number for each in forms for number in each), required, in_order=True)

    def _with_others(self, together: Sequence[_Slot], others: Iterable[tuple[Phrase, float]]) -> _Slot:
        scores = _sum_where_all(together)
        numbers = frozenset[int]().union(*(slot.numbers for slot in together))
        for phrase, quality in others:
            other = self._phrase(phrase)
            scores = np.maximum(scores, other.scores * quality * (len(together) / len(phrase)))
            numbers |= other.numbers
        return _Slot(scores, numbers, any(slot.required for slot in together), in_order=False)

    def _all_of(self, slots: Sequence[_Slot]) -> TextMatch:
        required = [slot for slot in slots if slot.required]
        found = reduce(np.logical_and, (slot.scores > 0 for slot in required))
        total = sum((slot.scores for slot in slots), np.zeros(self.postings.size))
        return TextMatch(self._nearer_first(np.where(found, total, 0.0), slots), self._words_of(slots))

    def _nearer_first(self, scores: Floats, slots: Sequence[_Slot]) -> Floats:
        """More for the best programmes in which two words stand together as typed ("darba aizsardzība")."""
        if len(slots) < 2:
            return scores
        places = np.flatnonzero(scores > 0)
        if not len(places):
            return scores
        best = min(_LOOKED_AT_CLOSELY, len(places))
        least = np.partition(scores[places], -best)[-best]
        places = places[scores[places] >= least][:_MOST_LOOKED_AT_CLOSELY]
        for first, second in pairwise(slots):
            together = self.postings.having_in_order([list(first.numbers), list(second.numbers)], places)
            scores = np.where(together, scores * _TOGETHER, scores)
        return scores

    def _any_of(self, slots: Sequence[_Slot]) -> TextMatch:
        """Programmes with some of the words, the more the better; phrases in quotes are never let go."""
        phrases = [slot.scores > 0 for slot in slots if slot.in_order]
        total = sum((slot.scores for slot in slots), np.zeros(self.postings.size))
        met = sum(((slot.scores > 0) * 1.0 for slot in slots if slot.required), np.zeros(self.postings.size))
        found = reduce(np.logical_and, phrases, met > 0)
        return TextMatch(np.where(found, total * met, 0.0), self._words_of(slots), relaxed=True)

    def _words_of(self, slots: Iterable[_Slot]) -> Mask:
        words = np.zeros(len(self._spelling) + 1, np.bool_)  # the last one is for BREAK, -1
        words[[number for slot in slots for number in slot.numbers]] = True
        return words


def _sum_where_all(slots: Sequence[_Slot]) -> Floats:
    found = reduce(np.logical_and, (slot.scores > 0 for slot in slots))
    total: Floats = np.where(found, sum((slot.scores for slot in slots), np.zeros_like(slots[0].scores)), 0.0)
    return total
