"""Forms that differ from a typed one by a few typing errors, found among many without comparing with most."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST_MISSPELT: Final = 4
_LETTERS_TOLD_APART: Final = 64
# Of so few letters one that begins otherwise is another word: "loga" is no misspelt "joga", "Word" is a misspelt "vord".
_SHORT: Final = 4
_SOUND_ALIKE: Final = frozenset({frozenset("vw"), frozenset("kc"), frozenset("kq")})


class NearForms:
    """Forms by length, each with the set of its letters as bits.

    One error changes at most two bits (a letter goes, another comes), so forms that differ in more need not
    be compared. The comparison is rapidfuzz's optimal string alignment: wrong, missing, superfluous, swapped
    letter.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        """Only forms of letters take part: a number is not a misspelt other number."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for form in forms:
            if form.isalpha():
                by_length[len(form)].append(form)
        self._by_length = {length: (same, _letters(same)) for length, same in by_length.items()}

    def within(self, distance: int, typed: str) -> list[str]:
        """Other forms than the typed one, with the fewest errors and at most so many, in alphabetical order.

        None for fewer than four letters, and for anything that is not letters. Of four letters the first is right, or
        was swapped with the second, or sounds alike.
        """
        if len(typed) < SHORTEST_MISSPELT or not typed.isalpha():
            return []
        near: dict[int, list[str]] = defaultdict(list)
        letters = _letters([typed])[0]
        for length in range(len(typed) - distance, len(typed) + distance + 1):
            forms, sets = self._by_length.get(length, ([], np.empty(0, np.uint64)))
            for place in np.flatnonzero(np.bitwise_count(sets ^ letters) <= 2 * distance).tolist():
                errors = OSA.distance(typed, forms[place], score_cutoff=distance)
                if errors <= distance and (len(typed) > _SHORT or _begins_alike(typed, forms[place])):
                    near[errors].append(forms[place])
        fewest = min((errors for errors in near if errors), default=0)
        return sorted(near[fewest]) if fewest else []


def _begins_alike(typed: str, form: str) -> bool:
    first, other = typed[0], form[0]
    return first == other or typed[:2] == form[1::-1] or frozenset(first + other) in _SOUND_ALIKE


def _letters(forms: list[str]) -> NDArray[np.uint64]:
    """For forms of one length the set of letters of each, as bits."""
    codes = np.frombuffer("".join(forms).encode("utf-32-le"), np.uint32).reshape(len(forms), -1)
    bits = np.left_shift(np.uint64(1), (codes % _LETTERS_TOLD_APART).astype(np.uint64))
    letters: NDArray[np.uint64] = np.bitwise_or.reduce(bits, axis=1)
    return letters
