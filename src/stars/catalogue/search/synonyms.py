"""Words and phrases that mean the same, as the agency lists them.

{"auto", "automašīna"}, {"MI", "mākslīgais intelekts"}.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from stars.catalogue.search.analysis import stem, words

Phrase = tuple[str, ...]
MEANS_THE_SAME: Final = 0.7


class Synonyms:
    """Looks a phrase up in any of its case endings and gives the others of its groups."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        """Each group lists equivalent words or phrases; a phrase without a word in it is left out."""
        equivalents: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)
        for group in groups:
            phrases = {_stems(phrase): phrase for phrase in map(_words, group) if phrase}
            for stems in phrases:
                equivalents[stems].update((phrase, None) for key, phrase in phrases.items() if key != stems)
        self._equivalents = {stems: tuple(phrases) for stems, phrases in equivalents.items()}
        self.longest: Final = max(map(len, self._equivalents), default=0)

    def of(self, phrase: Sequence[str]) -> tuple[Phrase, ...]:
        """What means the same as the phrase (its words in order), as words; empty when nothing does."""
        return self._equivalents.get(_stems(phrase), ())


def _words(phrase: str) -> Phrase:
    return tuple(words(phrase))


def _stems(phrase: Iterable[str]) -> Phrase:
    return tuple(map(stem, phrase))
