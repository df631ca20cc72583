"""The words that stand in the catalogue now, and which of them a typed word may mean."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import Final

import numpy as np

from stars.catalogue.search.analysis import folded, hard_stem, root, stem, unlike_a_dictionary
from stars.catalogue.search.arrays import Places
from stars.catalogue.search.lexicon import Level, Lexicon
from stars.catalogue.search.near_forms import NearForms

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
_MOST_CORRECTIONS: Final = 4

Qualities = dict[int, float]


class _WordsByForm:
    """The words in use by their form on one level."""

    def __init__(self, level: Level, used: Places) -> None:
        """`used`: the numbers of the words in use, ascending."""
        self._forms = level.forms
        of_used = np.array(level.of_word, np.intp)[used]
        order = np.argsort(of_used, kind="stable")
        self._words = used[order]
        self._starts = np.searchsorted(of_used[order], np.arange(len(level.forms) + 1))

    def of(self, form: str | None) -> list[int]:
        """The words of a form; none for a form that no word in use has."""
        number = None if form is None else self._forms.known(form)
        if number is None:
            return []
        words: list[int] = self._words[self._starts[number] : self._starts[number + 1]].tolist()
        return words

    def forms(self) -> list[str]:
        """The forms that some word in use has."""
        return [self._forms.texts[number] for number in np.flatnonzero(np.diff(self._starts)).tolist()]


class Vocabulary:
    """The words in use with how often they are used, looked up by each of their forms."""

    def __init__(self, lexicon: Lexicon, used: Places) -> None:
        """`used`: for each word by number, in how many places it stands.

        Words that stand nowhere are not known.
        """
        self._spelling = lexicon.words
        self._used: list[int] = used.tolist()
        in_use = np.flatnonzero(used)
        self._by_folded = _WordsByForm(lexicon.folded, in_use)
        self._by_stem = _WordsByForm(lexicon.stems, in_use)
        self._by_root = _WordsByForm(lexicon.roots, in_use)
        self._alphabet = sorted(self._by_folded.forms())
        self._folded_near = NearForms(self._alphabet)
        self._stems_near = NearForms(self._by_stem.forms())
        self._hard, self._soft = self._joined_stems(lexicon)

    def _joined_stems(self, lexicon: Lexicon) -> tuple[dict[str, str], dict[str, list[str]]]:
        """Joins "kars" (karšu) to "kart" (karte): where all words of a stem are softened, and the hard one is known.

        Returns the hard stem of each soft one, and the soft ones of each hard one.
        """
        in_use = (number for number in lexicon.hard_stems if self._used[number])
        hard: dict[str, str] = {}
        for soft in {lexicon.stems.forms.texts[lexicon.stems.of_word[number]] for number in in_use}:
            candidates = {lexicon.hard_stems.get(number) for number in self._by_stem.of(soft)}
            if (
                len(candidates) == 1
                and (known := candidates.pop())
                and known != soft
                and self._by_stem.of(known)
            ):
                hard[soft] = known
        softs: dict[str, list[str]] = {}
        for soft, known in hard.items():
            softs.setdefault(known, []).append(soft)
        return hard, softs

    def number(self, word: str) -> int | None:
        """The number of a word exactly as written; None if the catalogue has no such word."""
        number = self._spelling.known(word)
        return number if number is not None and self._used[number] else None

    def same_word(self, word: str) -> Qualities:
        """The forms of the word itself: other endings, other diacritics.

        Empty when the catalogue has none.
        """
        found = dict.fromkeys(self._of_stem(word), SAME_STEM)
        found.update(dict.fromkeys(self._by_folded.of(folded(word)), FOLDED))
        if (number := self.number(word)) is not None:
            found[number] = AS_WRITTEN
        return found

    def _of_stem(self, word: str) -> list[int]:
        stemmed = self._hard.get(stem(word), stem(word))
        found = self._by_stem.of(stemmed) or self._by_stem.of(hard_stem(word))
        return found + [number for soft in self._soft.get(stemmed, ()) for number in self._by_stem.of(soft)]

    def derived(self, word: str) -> Qualities:
        """Words made of the same root: deed, doer and trade."""
        return dict.fromkeys(self._by_root.of(root(word)), SAME_ROOT)

    def beginning_with(self, typed: str) -> Qualities:
        """The words that begin so, the most used 250.

        None for one letter, or for a short word that is complete.
        """
        beginning = folded(typed)
        shortest = _SHORTEST_KNOWN_BEGINNING if self._by_folded.of(beginning) else _SHORTEST_BEGINNING
        if len(beginning) < shortest:
            return {}
        numbers = self._among_most_used(self._beginning(beginning), _MOST_CONTINUATIONS)
        return {number: BEGINNING * _completeness(beginning, self._word(number)) for number in numbers}

    def continuations(self, typed: str, limit: int) -> list[str]:
        """Words in use that begin so, the most used first."""
        return [self._word(number) for number in self._most_used(self._beginning(folded(typed)), limit)]

    def _beginning(self, beginning: str) -> list[int]:
        start = bisect_left(self._alphabet, beginning)
        forms = self._alphabet[start : bisect_left(self._alphabet, beginning + "\U0010ffff", lo=start)]
        return [number for form in forms for number in self._by_folded.of(form)]

    def misspelt(self, word: str) -> Qualities:
        """The words that were meant if one letter is wrong, missing, too many, or two neighbours are swapped."""
        forms = self._folded_near.within(1, folded(word))
        meant = self._most_used(
            (number for form in forms for number in self._by_folded.of(form)), _MOST_CORRECTIONS
        )
        if not meant:
            stems = self._stems_near.within(1, stem(word))
            meant = self._most_used(
                (number for near in stems for number in self._by_stem.of(near)), _MOST_CORRECTIONS
            )
        forms_of_meant = (other for number in meant for other in self._of_stem(self._word(number)))
        return dict.fromkeys(forms_of_meant, MISSPELT * SAME_STEM) | dict.fromkeys(meant, MISSPELT)

    def correction(self, word: str, *, distance: int) -> str | None:
        """The word of the catalogue most like a misspelt one, of equals the most used; None if none is near.

        A word that is there with other diacritics is corrected to one of those spellings.
        """
        numbers = self._by_folded.of(folded(word)) or (self._nearest(word, distance) if distance else [])
        if not numbers:
            return None
        meant = min(numbers, key=self._most_used_first)
        spellings = self._by_folded.of(folded(self._word(meant)))
        return min(map(self._word, sorted(spellings, key=self._most_used_first)), key=unlike_a_dictionary)

    def _nearest(self, word: str, distance: int) -> list[int]:
        """The words with the fewest errors, else those of the stems with the fewest."""
        forms = self._folded_near.within(distance, folded(word))
        stems = () if forms else self._stems_near.within(distance, stem(word))
        by_form = [number for form in forms for number in self._by_folded.of(form)]
        return by_form + [number for near in stems for number in self._by_stem.of(near)]

    def _word(self, number: int) -> str:
        return self._spelling.texts[number]

    def _most_used(self, numbers: Iterable[int], limit: int) -> list[int]:
        return nsmallest(limit, numbers, key=self._most_used_first)

    def _among_most_used(self, numbers: Sequence[int], limit: int) -> Sequence[int]:
        """The same in any order, which spares the comparing where there are few."""
        return numbers if len(numbers) <= limit else self._most_used(numbers, limit)

    def _most_used_first(self, number: int) -> tuple[int, str]:
        return (-self._used[number], self._word(number))


def _completeness(beginning: str, word: str) -> float:
    return 0.5 + 0.5 * len(beginning) / max(len(word), len(beginning))
