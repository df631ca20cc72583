"""The words that stand in the catalogue now, and which of them a typed word may mean."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from stars.catalogue.search.analysis import folded, hard_stem, root, stem

# How sure one is that a word of the catalogue is meant, by how it is like the typed one.
AS_WRITTEN: Final = 1.0
FOLDED: Final = 0.95
SAME_STEM: Final = 0.8
SAME_ROOT: Final = 0.3
BEGINNING: Final = 0.6
MISSPELT: Final = 0.5

_SHORTEST_BEGINNING: Final = 2
_SHORTEST_KNOWN_BEGINNING: Final = 4
_MOST_CONTINUATIONS: Final = 250
_SHORTEST_MISSPELT: Final = 4
_MOST_CORRECTIONS: Final = 4

Qualities = dict[int, float]


class Vocabulary:
    """The words in use with how often they are used, looked up by each of their forms."""

    def __init__(self, used: Mapping[int, int], spelling: Sequence[str]) -> None:
        """`used`: number of a word → in how many places it stands, only words that do; `spelling` by number."""
        self._used = used
        self._spelling = spelling
        self._numbers = {spelling[number]: number for number in used}
        self._by_folded: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_root: dict[str, list[int]] = defaultdict(list)
        for word in sorted(self._numbers):
            self._learn(word, self._numbers[word])
        self._hardened = self._join_softened_stems()
        self._alphabet = sorted(self._by_folded)
        self._folded_by_length = _by_length(self._alphabet)
        self._stems_by_length = _by_length(sorted(self._by_stem))

    def _learn(self, word: str, number: int) -> None:
        self._by_folded[folded(word)].append(number)
        self._by_stem[stem(word)].append(number)
        if (rooted := root(word)) is not None:
            self._by_root[rooted].append(number)

    def _join_softened_stems(self) -> dict[str, str]:
        """Joins "kars" (karšu) to "kart" (karte): where only softened forms have a stem, and the hard one is known."""
        joined: dict[str, str] = {}
        for soft, numbers in self._by_stem.items():
            hard = {hard_stem(self._spelling[number]) for number in numbers}
            if len(hard) == 1 and (stemmed := hard.pop()) and stemmed != soft and stemmed in self._by_stem:
                joined[soft] = stemmed
        for soft, stemmed in joined.items():
            self._by_stem[stemmed].extend(self._by_stem.pop(soft))
        return joined

    def same_word(self, word: str) -> Qualities:
        """The forms of the word itself: other endings, other diacritics. Empty when the catalogue has none."""
        found = dict.fromkeys(self._of_stem(word), SAME_STEM)
        found.update(dict.fromkeys(self._by_folded.get(folded(word), ()), FOLDED))
        if (number := self._numbers.get(word)) is not None:
            found[number] = AS_WRITTEN
        return found

    def _of_stem(self, word: str) -> Sequence[int]:
        stemmed = stem(word)
        if stemmed in self._hardened:
            return self._by_stem[self._hardened[stemmed]]
        hard = hard_stem(word)
        return self._by_stem.get(stemmed) or (self._by_stem.get(hard, ()) if hard else ())

    def derived(self, word: str) -> Qualities:
        """Words made of the same root: deed, doer and trade."""
        rooted = root(word)
        return dict.fromkeys(self._by_root.get(rooted, ()), SAME_ROOT) if rooted else {}

    def beginning_with(self, typed: str) -> Qualities:
        """The words that begin so, the most used 250; none for one letter, or for a short word that is complete."""
        beginning = folded(typed)
        shortest = _SHORTEST_KNOWN_BEGINNING if beginning in self._by_folded else _SHORTEST_BEGINNING
        if len(beginning) < shortest:
            return {}
        numbers = [number for form in self._forms_from(beginning) for number in self._by_folded[form]]
        if len(numbers) > _MOST_CONTINUATIONS:
            numbers = nsmallest(_MOST_CONTINUATIONS, numbers, key=self._most_used_first)
        return {number: BEGINNING * _completeness(beginning, self._spelling[number]) for number in numbers}

    def _forms_from(self, beginning: str) -> Sequence[str]:
        start = bisect_left(self._alphabet, beginning)
        return self._alphabet[start : bisect_left(self._alphabet, beginning + "\U0010ffff", lo=start)]

    def misspelt(self, word: str) -> Qualities:
        """The words that were meant if one letter is wrong, missing, too many, or two neighbours are swapped."""
        if len(folded(word)) < _SHORTEST_MISSPELT or not word.isalpha():
            return {}
        forms = _near(folded(word), self._folded_by_length, distance=1)
        meant = self._most_used(number for form in forms for number in self._by_folded[form])
        if not meant:
            stems = _near(stem(word), self._stems_by_length, distance=1)
            meant = self._most_used(number for stemmed in stems for number in self._by_stem[stemmed])
        found = {other: MISSPELT * SAME_STEM for number in meant for other in self._of_stem(self._spelling[number])}
        return found | dict.fromkeys(meant, MISSPELT)

    def _most_used(self, numbers: Iterable[int]) -> list[int]:
        return nsmallest(_MOST_CORRECTIONS, numbers, key=self._most_used_first)

    def correction(self, word: str, *, distance: int) -> str | None:
        """The word of the catalogue that is most like a misspelt one; of equals the most used. None if none is near.

        A word that is there with other diacritics is corrected to the most used spelling.
        """
        exact = self._by_folded.get(folded(word))
        if exact:
            return self._spelling[min(exact, key=self._most_used_first)]
        if len(folded(word)) < _SHORTEST_MISSPELT or not word.isalpha():
            return None
        near = _near(folded(word), self._folded_by_length, distance=distance)
        numbers = [number for form in near for number in self._by_folded[form]]
        return self._spelling[min(numbers, key=self._most_used_first)] if numbers else None

    def continuations(self, typed: str, limit: int) -> list[str]:
        """Words in use that begin so, the most used first."""
        numbers = [number for form in self._forms_from(folded(typed)) for number in self._by_folded[form]]
        return [self._spelling[number] for number in nsmallest(limit, numbers, key=self._most_used_first)]

    def number(self, word: str) -> int | None:
        """The number of a word exactly as written; None if the catalogue has no such word."""
        return self._numbers.get(word)

    def in_alphabetical_order(self, qualities: Qualities) -> Qualities:
        """The same, in an order that does not depend on how the words were numbered."""
        return {number: qualities[number] for number in sorted(qualities, key=self._spelling.__getitem__)}

    def spellings(self, numbers: Iterable[int]) -> set[str]:
        """The words as written."""
        return {self._spelling[number] for number in numbers}

    def _most_used_first(self, number: int) -> tuple[int, str]:
        return (-self._used[number], self._spelling[number])


def _completeness(beginning: str, word: str) -> float:
    return 0.5 + 0.5 * len(beginning) / max(len(word), len(beginning))


def _by_length(forms: Iterable[str]) -> dict[int, list[str]]:
    sorted_out: dict[int, list[str]] = defaultdict(list)
    for form in forms:
        if form.isalpha():
            sorted_out[len(form)].append(form)
    return sorted_out


def _near(form: str, by_length: Mapping[int, list[str]], *, distance: int) -> list[str]:
    """Other forms, the nearest, within so many errors (optimal string alignment); two errors only if none has one."""
    if len(form) < _SHORTEST_MISSPELT:
        return []
    near = [
        (errors, found)
        for length in range(len(form) - distance, len(form) + distance + 1)
        for found, errors, _place in extract(
            form, by_length.get(length, ()), scorer=OSA.distance, processor=None, score_cutoff=distance, limit=None
        )
        if errors
    ]
    fewest = min((errors for errors, _found in near), default=0)
    return sorted(found for errors, found in near if errors == fewest)
