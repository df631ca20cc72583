"""Which programmes a word stands in, and how much that says: BM25F on numpy arrays.

BM25F (Robertson, Zaragoza, Taylor 2004) weighs the *count* of a word by where it stands before it saturates, so one
mention in a title outweighs several in the contents. The forms of a word (inflected, misspelt, begun) are pooled
before that, with one document frequency for the pool: a rare ending must not look like a rare word.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stars.catalogue.search.lexicon import (
    MOST_PROGRAMMES,
    MOST_TIMES,
    PROGRAMME_SHIFT,
    WORD_SHIFT,
    ZONE_SHIFT,
    Ints,
    ReadProgramme,
    ShortInts,
    Zone,
)

Floats = NDArray[np.float64]
ShortFloats = NDArray[np.float32]
Mask = NDArray[np.bool_]

_WEIGHT: Final = {Zone.TITLE: 12.0, Zone.TAGS: 6.0, Zone.INSTITUTION: 3.0, Zone.CONTEXT: 2.0, Zone.BODY: 1.0}
_LENGTH_MATTERS: Final = {Zone.TITLE: 0.4, Zone.TAGS: 0.2, Zone.INSTITUTION: 0.0, Zone.CONTEXT: 0.0, Zone.BODY: 0.5}
_SATURATION: Final = 6.0


class Postings:
    """The programmes in a fixed order, and for each word the ones it stands in."""

    def __init__(self, programmes: Sequence[ReadProgramme], vocabulary_size: int) -> None:
        """Programmes keep the order given; `vocabulary_size` is that of the lexicon they were read with."""
        if len(programmes) >= MOST_PROGRAMMES:
            raise ValueError(f"no more than {MOST_PROGRAMMES - 1} programmes")
        self.size = len(programmes)
        keys = _sorted_keys(programmes)
        self._programme: ShortInts = ((keys >> PROGRAMME_SHIFT) & (MOST_PROGRAMMES - 1)).astype(np.int32)
        self._weight = _weights(keys, self._programme, programmes)
        entries = np.bincount(keys >> WORD_SHIFT, minlength=vocabulary_size)
        self._starts: Ints = np.concatenate(([0], np.cumsum(entries)))
        self._stream: ShortInts = np.concatenate([np.empty(0, np.int32), *(each.stream for each in programmes)])
        lengths = [len(each.stream) for each in programmes]
        self._stream_starts: Ints = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        self._vocabulary_size = vocabulary_size

    def entries(self) -> Ints:
        """For each word, in how many places (programme and zone) it stands; 0 for a word no longer used."""
        return np.diff(self._starts)

    def weights(self, qualities: Mapping[int, float]) -> Floats:
        """For each programme, how much the words (with the quality of each) say of it; 0 where none stands."""
        numbers = np.fromiter(qualities.keys(), np.int64, len(qualities))
        quality = np.fromiter(qualities.values(), np.float64, len(qualities))
        starts, lengths = self._starts[numbers], self._starts[numbers + 1] - self._starts[numbers]
        places = _ranges(starts, lengths)
        weights = self._weight[places] * np.repeat(quality, lengths)
        return np.bincount(self._programme[places], weights=weights, minlength=self.size)

    def scores(self, weights: Floats) -> Floats:
        """BM25F of a pool of words: saturated, and worth more the fewer programmes have any of them."""
        having = int(np.count_nonzero(weights))
        rarity = np.log1p((self.size - having + 0.5) / (having + 0.5))
        scores: Floats = weights * rarity / (weights + _SATURATION)
        return scores

    def having_in_order(self, word_sets: Sequence[Sequence[int]], among: Mask) -> Mask:
        """The programmes of `among` in which a word of each set stands right after one of the set before."""
        candidates = np.flatnonzero(among)
        starts = self._stream_starts[candidates]
        lengths = self._stream_starts[candidates + 1] - starts
        stream = self._stream[_ranges(starts, lengths)]
        last = len(stream) - len(word_sets) + 1
        found = np.ones(max(last, 0), np.bool_)
        for offset, word_set in enumerate(word_sets):
            wanted = np.zeros(self._vocabulary_size + 1, np.bool_)  # the last one is for BREAK, -1
            wanted[np.asarray(word_set, np.int64)] = True
            found &= wanted[stream[offset : offset + len(found)]]
        having = np.zeros(self.size, np.bool_)
        having[np.repeat(candidates, lengths)[: len(found)][found]] = True
        return having

    def programmes_with(self, number: int) -> ShortInts:
        """The places of the programmes that a word stands in, ascending, possibly repeated."""
        return self._programme[self._starts[number] : self._starts[number + 1]]


def _sorted_keys(programmes: Sequence[ReadProgramme]) -> Ints:
    places = np.repeat(np.arange(len(programmes), dtype=np.int64), [len(each.keys) for each in programmes])
    keys: Ints = np.concatenate([np.empty(0, np.int64), *(each.keys for each in programmes)])
    keys |= places << PROGRAMME_SHIFT
    keys.sort()
    return keys


def _weights(keys: Ints, places: ShortInts, programmes: Sequence[ReadProgramme]) -> ShortFloats:
    lengths = np.array([each.lengths for each in programmes], np.float64).reshape(-1, len(Zone))
    average = np.maximum(lengths.mean(axis=0) if len(programmes) else np.ones(len(Zone)), 1.0)
    share = np.array([_LENGTH_MATTERS[zone] for zone in Zone])
    worth = np.array([_WEIGHT[zone] for zone in Zone]) / (1.0 - share + share * lengths / average)
    zones = (keys >> ZONE_SHIFT) & 0xF
    return (worth[places, zones] * (keys & MOST_TIMES)).astype(np.float32)


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers start, start + 1, … of each range, one range after another."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - ends + lengths, lengths)
