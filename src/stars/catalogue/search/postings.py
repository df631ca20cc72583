"""Which programmes a word stands in, and how much that says: BM25F on numpy arrays.

BM25F (Robertson, Zaragoza, Taylor 2004) weighs the *count* of a word by where it stands before it saturates,
so one mention in a title outweighs several in the contents. The forms of a word (inflected, misspelt, begun)
are pooled before that, with one document frequency for the pool: a rare ending must not look like a rare
word.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stars.catalogue.search.arrays import Floats, Mask, Places, ranges, starts_of
from stars.catalogue.search.lexicon import BREAK, ReadProgramme, Zone

_WEIGHT: Final = {Zone.TITLE: 12.0, Zone.TAGS: 6.0, Zone.INSTITUTION: 3.0, Zone.CONTEXT: 2.0, Zone.BODY: 1.0}
_LENGTH_MATTERS: Final = {
    Zone.TITLE: 0.4,
    Zone.TAGS: 0.2,
    Zone.INSTITUTION: 0.0,
    Zone.CONTEXT: 0.0,
    Zone.BODY: 0.5,
}
_SATURATION: Final = 6.0
# Weights and qualities are whole numbers of small steps, so that their products are summed without rounding: the sum
# does not depend on the order of the words, which is that of their numbers and so of the catalogue's history.
_WEIGHT_STEPS: Final = 2**12
_QUALITY_STEPS: Final = 2**10


class Postings:
    """The programmes in a fixed order, and for each word the ones it stands in."""

    def __init__(self, programmes: Sequence[ReadProgramme], vocabulary_size: int) -> None:
        """Programmes keep the order given; `vocabulary_size` is that of the lexicon they were read with."""
        self.size = len(programmes)
        self._vocabulary_size = vocabulary_size
        self._stream = np.concatenate([np.empty(0, np.int32), *(each.stream for each in programmes)])
        self._stream_starts = starts_of([len(each.stream) for each in programmes])
        zone_sizes = np.array([each.zone_sizes for each in programmes], np.intp).reshape(-1, len(Zone))
        places = _places(self._stream, zone_sizes, vocabulary_size)
        words, slots = np.divmod(places.keys, self.size * len(Zone))
        self._programme = (slots // len(Zone)).astype(np.int32)
        worth = _worth(places.lengths).ravel()[slots] * places.times
        self._weight = _stepped(worth, _WEIGHT_STEPS).astype(np.float32)
        self._starts = starts_of(np.bincount(words, minlength=vocabulary_size))

    def entries(self) -> Places:
        """For each word, in how many places (programme and zone) it stands; 0 for a word no longer used."""
        return np.diff(self._starts)

    def weights(self, qualities: Mapping[int, float]) -> Floats:
        """For each programme, how much the words (with the quality of each) say of it.

        0 where none stands.
        """
        numbers = np.fromiter(qualities.keys(), np.int64, len(qualities))
        quality = _stepped(np.fromiter(qualities.values(), np.float64, len(qualities)), _QUALITY_STEPS)
        starts, lengths = self._starts[numbers], self._starts[numbers + 1] - self._starts[numbers]
        places = ranges(starts, lengths)
        weights = self._weight[places] * np.repeat(quality, lengths)
        summed = np.bincount(self._programme[places], weights=weights, minlength=self.size)
        return summed.astype(np.float64, copy=False)

    def scores(self, weights: Floats) -> Floats:
        """BM25F of a pool of words: saturated, and worth more the fewer programmes have any of them."""
        having = int(np.count_nonzero(weights))
        rarity = np.log1p((self.size - having + 0.5) / (having + 0.5))
        scores: Floats = weights * rarity / (weights + _SATURATION)
        return scores

    def having_in_order(self, word_sets: Sequence[Sequence[int]], among: Places) -> Mask:
        """The programmes of `among` in which a word of each set stands right after one of the set before."""
        starts = self._stream_starts[among]
        lengths = self._stream_starts[among + 1] - starts
        stream = self._stream[ranges(starts, lengths)]
        last = len(stream) - len(word_sets) + 1
        found = np.ones(max(last, 0), np.bool_)
        for offset, word_set in enumerate(word_sets):
            wanted = np.zeros(self._vocabulary_size + 1, np.bool_)  # the last one is for BREAK, -1
            wanted[np.asarray(word_set, np.int64)] = True
            found &= wanted[stream[offset : offset + len(found)]]
        having = np.zeros(self.size, np.bool_)
        having[np.repeat(among, lengths)[: len(found)][found]] = True
        return having

    def programmes_with(self, number: int) -> NDArray[np.int32]:
        """The places of the programmes that a word stands in, ascending, possibly repeated."""
        return self._programme[self._starts[number] : self._starts[number + 1]]


class _Places(NamedTuple):
    """Where words stand: `keys` (word, programme, zone) ascending, how many `times`.

    `lengths` of each zone.
    """

    keys: Places
    times: Places
    lengths: Places


def _places(stream: NDArray[np.int32], zone_sizes: Places, vocabulary_size: int) -> _Places:
    slots = np.repeat(np.arange(zone_sizes.size), zone_sizes.ravel())
    is_word = stream != BREAK
    lengths = np.bincount(slots[is_word], minlength=zone_sizes.size).reshape(zone_sizes.shape)
    if vocabulary_size * zone_sizes.size >= np.iinfo(np.int64).max:
        raise ValueError("the catalogue is too large for keys of 64 bits")
    keys = stream[is_word].astype(np.int64) * zone_sizes.size + slots[is_word]
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return _Places(keys[first], np.diff(first, append=len(keys)), lengths)


def _stepped(numbers: Floats, steps: int) -> Floats:
    stepped: Floats = np.rint(numbers * steps) / steps
    return stepped


def _worth(lengths: Places) -> Floats:
    """What one mention is worth in each zone of each programme: less in a zone longer than usual."""
    average = np.maximum(lengths.mean(axis=0) if len(lengths) else np.ones(len(Zone)), 1.0)
    share = np.array([_LENGTH_MATTERS[zone] for zone in Zone])
    worth: Floats = np.array([_WEIGHT[zone] for zone in Zone]) / (1.0 - share + share * lengths / average)
    return worth
