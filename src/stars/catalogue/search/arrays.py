"""Names for the arrays of the search engine, and two operations on them that numpy lacks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def ranges(starts: Places, lengths: Places) -> Places:
    """The numbers start, start + 1, … of each range, one range after another."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.intp) + np.repeat(starts - ends + lengths, lengths)


def starts_of(lengths: Sequence[int] | Places | Mask) -> Places:
    """Where each of several ranges, laid one after another, starts; and after the last one the end."""
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.intp)))
