"""Which programmes meet the chosen conditions, and exact counts of programmes for every value of every facet.

OR inside a facet, AND across. The counts of a facet leave out its own choice and respect all others: they say
what one would get by choosing that value. Every count is of different programmes, never of groups.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from stars.catalogue.search.arrays import Mask, Places
from stars.catalogue.search.rows import ROW_FACETS, Column, Rows
from stars.catalogue.search.timeline import Present
from stars.catalogue.search.types import Facet, FacetValue


class Selection:
    """The conditions of one query, laid over the columns: masks of programmes and of rows."""

    def __init__(
        self,
        columns: Mapping[Facet, Column],
        rows: Rows,
        *,
        among: Mask,
        chosen: Mapping[Facet, Sequence[str]],
        present: Present,
        open_only: bool,
    ) -> None:
        """`among`: programmes that the text allows; `open_only`: whether rows must be open at present."""
        self._columns = columns
        self._rows = rows
        self._among = among
        self._chosen = {facet: tuple(values) for facet, values in chosen.items() if values}
        self._present = present
        self._open_only = open_only
        self._masks = {facet: columns[facet].having(values) for facet, values in self._chosen.items()}
        self.row_mask = self._rows_without(None)
        self._having_row = None if self.row_mask is None else rows.programmes_having(self.row_mask)
        self.programme_mask = self._programmes_without(None)

    def counts(self) -> dict[Facet, tuple[FacetValue, ...]]:
        """Each facet's values that would find something, or are chosen, in the order of their codes."""
        return {facet: self._values_of(facet) for facet in self._columns}

    def count_open(self) -> int:
        """How many of the programmes would be left if their rows had to be open."""
        having_open = (
            self._present.open_programmes
            if self.row_mask is None
            else self._rows.programmes_having(self.row_mask & self._present.open_rows)
        )
        return int(np.count_nonzero(having_open & self.programme_mask))

    def _values_of(self, facet: Facet) -> tuple[FacetValue, ...]:
        column = self._columns[facet]
        chosen = self._chosen.get(facet, ())
        counts = self._counts_by_row(facet) if facet in ROW_FACETS else self._counts_by_programme(facet)
        having = np.flatnonzero(counts).tolist()
        names = [column.names[value] for value in having]
        selected = [name in chosen for name in names] if chosen else repeat(False)
        found = list(map(FacetValue, names, counts[having].tolist(), selected))
        if chosen:
            there = {value.value for value in found}
            found += [FacetValue(name, 0, True) for name in dict.fromkeys(chosen) if name not in there]
            found.sort()
        return tuple(found)

    def _counts_by_programme(self, facet: Facet) -> NDArray[np.int64]:
        column = self._columns[facet]
        meeting = self._programmes_without(facet) if facet in self._chosen else self.programme_mask
        return np.bincount(column.values[meeting[column.programmes]], minlength=len(column.names))

    def _counts_by_row(self, facet: Facet) -> NDArray[np.int64]:
        """Pairs, not rows, are counted: two groups of one programme in one town are one programme."""
        column = self._columns[facet]
        if facet not in self._chosen and self.row_mask is None:
            hit = self.programme_mask[column.programmes]
        else:
            rows = self._rows_left(facet) if facet in self._chosen else self._rows_left_by_all
            hit = np.zeros(len(column.programmes), np.bool_)
            hit[column.owned_by(rows)] = True
        return np.bincount(column.values[hit], minlength=len(column.names))

    @cached_property
    def _rows_left_by_all(self) -> Places:
        return self._rows_left(None)

    def _rows_left(self, left_out: Facet | None) -> Places:
        """The rows that meet every condition, on rows and on programmes, but one facet's."""
        left = self._own_conditions(None)[self._rows.programme]
        mask = self._rows_without(left_out)
        return np.flatnonzero(left if mask is None else left & mask)

    def _rows_without(self, left_out: Facet | None) -> Mask | None:
        """The rows that meet every condition on rows but one facet's.

        None when there is no such condition.
        """
        masks = [mask for facet, mask in self._masks.items() if facet in ROW_FACETS and facet is not left_out]
        if self._open_only:
            masks.append(self._present.open_rows)
        return reduce(np.logical_and, masks) if masks else None

    def _own_conditions(self, left_out: Facet | None) -> Mask:
        """The programmes that meet the text and every condition on programmes but one facet's."""
        masks = [
            mask for facet, mask in self._masks.items() if facet not in ROW_FACETS and facet is not left_out
        ]
        return reduce(np.logical_and, masks, self._among)

    def _programmes_without(self, left_out: Facet | None) -> Mask:
        own = self._own_conditions(left_out)
        return own if self._having_row is None else own & self._having_row
