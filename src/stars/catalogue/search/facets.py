"""Which programmes meet the chosen conditions, and exact counts of programmes for every value of every facet.

OR inside a facet, AND across. The counts of a facet leave out its own choice and respect all others: they say
what one would get by choosing that value. Every count is of different programmes, never of groups.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import repeat
from typing import Final

import numpy as np

from stars.catalogue.search.arrays import Mask, Places, ranges
from stars.catalogue.search.rows import ROW_FACETS, Column, Columns, Rows
from stars.catalogue.search.timeline import Present
from stars.catalogue.search.types import Facet, FacetValue

# A text that allows more than this part of all programmes spares no work by what it leaves out.
_MANY: Final = 1 / 4


class Selection:
    """The conditions of one query, laid over the columns. `found` are the places of the programmes that meet all.

    `row_mask` says which rows meet the conditions on rows, None if there are none; it is sure only of the programmes
    that the text allows: of the others nothing is looked at, and a search means few.
    """

    def __init__(
        self,
        columns: Columns,
        rows: Rows,
        *,
        among: Mask | None,
        chosen: Mapping[Facet, Sequence[str]],
        present: Present,
        open_only: bool,
    ) -> None:
        """`among`: programmes that the text allows, None for all; `open_only`: rows must be open at present."""
        self._columns = columns
        self._chosen = {facet: tuple(values) for facet, values in chosen.items() if values}
        self._looked_at = _LookedAt(rows, among)
        self._open_programmes = self._looked_at.programmes_in(present.open_programmes)
        self._open_rows = self._looked_at.rows_in(present.open_rows)
        self._open_only = open_only
        self._masks = {facet: self._mask(facet, values) for facet, values in self._chosen.items()}
        self._row_mask = self._rows_without(None)
        self._having_row = None if self._row_mask is None else self._looked_at.having(self._row_mask)
        self._found = self._programmes_without(None)
        self.found = self._looked_at.places(self._found)
        self.row_mask = None if self._row_mask is None else self._looked_at.mask_of_all_rows(self._row_mask)

    def counts(self) -> dict[Facet, tuple[FacetValue, ...]]:
        """Each facet's values that would find something, or are chosen, in the order of their codes."""
        of_programmes = self._counted_by_programme(self._columns.of_programmes, self._found)
        of_rows = self._counted_by_row(self._columns.of_rows, None)
        counts = {
            facet: (of_rows if facet in ROW_FACETS else of_programmes)[part]
            for facet, part in self._columns.parts.items()
        }
        for facet in self._chosen:
            column = self._columns.by_facet[facet]
            counts[facet] = (
                self._counted_by_row(column, facet)
                if facet in ROW_FACETS
                else self._counted_by_programme(column, self._programmes_without(facet))
            )
        return {facet: self._values_of(facet, counts[facet]) for facet in self._columns.by_facet}

    def count_open(self) -> int:
        """How many of the programmes would be left if their rows had to be open."""
        having_open = (
            self._open_programmes
            if self._row_mask is None
            else self._looked_at.having(self._row_mask & self._open_rows)
        )
        return int(np.count_nonzero(having_open & self._found))

    def _values_of(self, facet: Facet, counts: Places) -> tuple[FacetValue, ...]:
        column = self._columns.by_facet[facet]
        chosen = self._chosen.get(facet, ())
        having = np.flatnonzero(counts).tolist()
        names = [column.names[value] for value in having]
        selected = [name in chosen for name in names] if chosen else repeat(False)
        found = list(map(FacetValue, names, counts[having].tolist(), selected))
        if chosen:
            there = {value.value for value in found}
            found += [FacetValue(name, 0, True) for name in dict.fromkeys(chosen) if name not in there]
            found.sort()
        return tuple(found)

    def _counted_by_programme(self, column: Column, meeting: Mask) -> Places:
        if self._looked_at.is_all:
            return column.counts_in(meeting)
        return column.counts(self._looked_at.places(meeting))

    def _counted_by_row(self, column: Column, left_out: Facet | None) -> Places:
        """Pairs, not rows, are counted: two groups of one programme in one town are one programme."""
        mask = self._rows_without(left_out)
        own = self._own_conditions(None)
        if mask is None and self._looked_at.is_all:
            return column.counts_in(own)
        return column.counts(self._looked_at.rows_of(own, mask))

    def _mask(self, facet: Facet, values: Sequence[str]) -> Mask:
        """What is looked at and has any of the values of a facet."""
        having = self._columns.by_facet[facet].having(values)
        return (
            self._looked_at.rows_in(having) if facet in ROW_FACETS else self._looked_at.programmes_in(having)
        )

    def _rows_without(self, left_out: Facet | None) -> Mask | None:
        """The rows that meet every condition on rows but one facet's.

        None when there is no such condition.
        """
        masks = [mask for facet, mask in self._masks.items() if facet in ROW_FACETS and facet is not left_out]
        if self._open_only:
            masks.append(self._open_rows)
        return reduce(np.logical_and, masks) if masks else None

    def _own_conditions(self, left_out: Facet | None) -> Mask:
        """The programmes that meet every condition on programmes but one facet's."""
        masks = [
            mask for facet, mask in self._masks.items() if facet not in ROW_FACETS and facet is not left_out
        ]
        return reduce(np.logical_and, masks, self._looked_at.allowed)

    def _programmes_without(self, left_out: Facet | None) -> Mask:
        own = self._own_conditions(left_out)
        return own if self._having_row is None else own & self._having_row


class _LookedAt:
    """The programmes that a text allows, with their rows; masks are of these, in the order of the catalogue.

    If the text allows many, all programmes are looked at, and `allowed` says which count.
    """

    def __init__(self, rows: Rows, among: Mask | None) -> None:
        size = len(rows.first_rows) - 1
        self._all_rows = len(rows.programme)
        # Slices take all and copy nothing.
        self._programmes: Places | slice = slice(None)
        self._rows: Places | slice = slice(None)
        self._owner = rows.programme
        self.allowed = np.ones(size, np.bool_) if among is None else among
        self.is_all = np.count_nonzero(self.allowed) > size * _MANY
        if not self.is_all:
            places = np.flatnonzero(self.allowed)
            lengths = rows.first_rows[places + 1] - rows.first_rows[places]
            self._programmes, self._rows = places, ranges(rows.first_rows[places], lengths)
            self._owner = np.repeat(np.arange(len(places)), lengths)
            self.allowed = np.ones(len(places), np.bool_)

    def programmes_in(self, mask: Mask) -> Mask:
        """What a mask of all programmes says of these."""
        return mask[self._programmes]

    def rows_in(self, mask: Mask) -> Mask:
        """What a mask of all rows says of these."""
        return mask[self._rows]

    def having(self, rows: Mask) -> Mask:
        """The programmes that have any of the rows."""
        having = np.zeros(len(self.allowed), np.bool_)
        having[self._owner[np.flatnonzero(rows)]] = True
        return having

    def places(self, programmes: Mask) -> Places:
        """Where the programmes stand in the catalogue."""
        places = np.flatnonzero(programmes)
        return places if isinstance(self._programmes, slice) else self._programmes[places]

    def rows_of(self, programmes: Mask, rows: Mask | None) -> Places:
        """The places of the rows of these programmes, of all their rows for None."""
        left = np.flatnonzero(programmes[self._owner]) if rows is None else np.flatnonzero(rows)
        if rows is not None:
            left = left[programmes[self._owner[left]]]
        return left if isinstance(self._rows, slice) else self._rows[left]

    def mask_of_all_rows(self, rows: Mask) -> Mask:
        """A mask of these rows as one of all."""
        if isinstance(self._rows, slice):
            return rows
        mask = np.zeros(self._all_rows, np.bool_)
        mask[self._rows[rows]] = True
        return mask
