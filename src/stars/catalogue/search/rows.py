"""The catalogue as columns: what is true of a programme, and of each of its rows.

A row is one group with one source that pays for it; a group that nobody pays for is a row too. What belongs
to a group (place, start, source, open now) must hold on the same row, so it is asked of rows, never of
programmes.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from stars.catalogue.search.arrays import Floats, Mask, Places, ranges, starts_of
from stars.catalogue.search.types import Facet, GroupDocument, OfferDocument, ProgrammeDocument

NEVER: Final = np.inf

_OF_PROGRAMME: Final[dict[Facet, Callable[[ProgrammeDocument], Sequence[str]]]] = {
    Facet.INSTITUTION: lambda programme: (programme.institution,),
    Facet.KIND: lambda programme: (programme.kind,),
    Facet.FIELD: lambda programme: (programme.field,),
    Facet.QUALIFICATION: lambda programme: programme.qualifications,
    Facet.DIGCOMP_AREA: lambda programme: programme.digcomp_areas,
    Facet.DIGCOMP_LEVEL: lambda programme: (
        () if programme.digcomp_level is None else (str(programme.digcomp_level),)
    ),
}
_OF_GROUP: Final[dict[Facet, Callable[[GroupDocument], Sequence[str]]]] = {
    Facet.PLACE: lambda group: group.places,
    Facet.START_MONTH: lambda group: () if group.start_month is None else (group.start_month,),
}
ROW_FACETS: Final = frozenset({Facet.SCHEME, *_OF_GROUP})


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One facet. A *pair* is a programme with one of its values, each once; an owner (programme or row) has
    pairs.

    `names` says what each value is, `programmes` and `values` what each pair is. Owner `i` has
    `pairs[first[i] : first[i + 1]]`; value `v` is had by `owners[first_owner[v] : first_owner[v + 1]]`.
    """

    names: tuple[str, ...]
    programmes: Places
    values: Places
    pairs: Places
    first: Places
    owners: Places
    first_owner: Places

    def owned_by(self, owners: Places) -> Places:
        """The pairs of several owners, possibly repeated."""
        return self.pairs[ranges(self.first[owners], self.first[owners + 1] - self.first[owners])]

    def counts(self, owners: Places) -> Places:
        """For each value, how many different programmes have it by the owners given."""
        hit = np.zeros(len(self.programmes), np.bool_)
        hit[self.owned_by(owners)] = True
        return self._counted(hit)

    def counts_in(self, programmes: Mask) -> Places:
        """For each value, how many of the programmes have it by any owner; the faster way for many programmes."""
        return self._counted(programmes[self.programmes])

    def _counted(self, pairs: Mask) -> Places:
        return np.bincount(self.values[np.flatnonzero(pairs)], minlength=len(self.names))

    def having(self, values: Sequence[str]) -> Mask:
        """Which owners have any of the values; unknown values are had by none."""
        mask = np.zeros(len(self.first) - 1, np.bool_)
        for value in values:
            place = bisect_left(self.names, value)
            if self.names[place : place + 1] == (value,):
                mask[self.owners[self.first_owner[place] : self.first_owner[place + 1]]] = True
        return mask


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Every facet's column, and all facets of programmes and all of rows laid together as one.

    To count in one column with many values takes a fraction of the time of counting in many columns. `parts` says
    where the values of each facet lie in the joined ones.
    """

    by_facet: Mapping[Facet, Column]
    of_programmes: Column
    of_rows: Column
    parts: Mapping[Facet, slice]


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """A number of each row, and the rows from the highest to the lowest."""

    of_row: Floats
    highest_first: Places

    @classmethod
    def of(cls, numbers: Iterable[float]) -> "Values":
        """The values in the order of the rows."""
        of_row = np.fromiter(numbers, np.float64)
        return cls(of_row, np.argsort(-of_row, kind="stable"))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Programme, dates and money of each row, in the order of the programmes.

    `NEVER` for what is not known.
    """

    programme: Places
    first_rows: Places
    opens_at: Values
    closes_at: Values
    starts_on: Values
    price: Values

    def programmes_having(self, mask: Mask) -> Mask:
        """Which programmes have any of the rows in the mask."""
        having = np.zeros(len(self.first_rows) - 1, np.bool_)
        having[self.programme[np.flatnonzero(mask)]] = True
        return having

    def of(self, programme: int) -> slice:
        """The rows of one programme, in the order of its groups and their offers."""
        return slice(int(self.first_rows[programme]), int(self.first_rows[programme + 1]))

    def lowest(self, values: Values, among: Mask | None) -> Floats:
        """For each programme the lowest value of its rows (of those in `among`).

        `NEVER` where it has none.
        """
        lowest = np.full(len(self.first_rows) - 1, NEVER)
        rows = values.highest_first if among is None else values.highest_first[among[values.highest_first]]
        lowest[self.programme[rows]] = values.of_row[
            rows
        ]  # of several, the last one written stays: the lowest
        return lowest


def columns_of(programmes: Sequence[ProgrammeDocument]) -> tuple[Columns, Rows]:
    """Every facet as a column, and the rows. Programmes and rows are known by their place."""
    columns = {
        facet: _column([values_of(each) for each in programmes], np.arange(len(programmes)))
        for facet, values_of in _OF_PROGRAMME.items()
    }
    groups = [group for programme in programmes for group in programme.groups]
    offers = [offer for group in groups for offer in (group.offers or (None,))]
    programme_of_group = np.repeat(np.arange(len(programmes)), [len(each.groups) for each in programmes])
    group_of_row = np.repeat(np.arange(len(groups)), [max(1, len(group.offers)) for group in groups])
    programme_of_row = programme_of_group[group_of_row]
    columns[Facet.SCHEME] = _column(
        [() if offer is None else (offer.scheme,) for offer in offers], programme_of_row
    )
    for facet, values_of_group in _OF_GROUP.items():
        of_groups = _column([values_of_group(group) for group in groups], programme_of_group)
        columns[facet] = _spread(of_groups, group_of_row)
    rows = _rows(groups, offers, programme_of_row, group_of_row, len(programmes))
    return _with_joined(columns), rows


def _with_joined(columns: Mapping[Facet, Column]) -> Columns:
    of_programmes = {facet: column for facet, column in columns.items() if facet not in ROW_FACETS}
    of_rows = {facet: column for facet, column in columns.items() if facet in ROW_FACETS}
    parts = _parts(of_programmes) | _parts(of_rows)
    return Columns(columns, _joined(list(of_programmes.values())), _joined(list(of_rows.values())), parts)


def _parts(columns: Mapping[Facet, Column]) -> dict[Facet, slice]:
    ends = starts_of([len(column.names) for column in columns.values()]).tolist()
    return {facet: slice(*ends[place : place + 2]) for place, facet in enumerate(columns)}


def _joined(columns: Sequence[Column]) -> Column:
    """Columns of the same owners as one: values and pairs of the second come after those of the first."""
    values_before = starts_of([len(column.names) for column in columns]).tolist()
    pairs_before = starts_of([len(column.programmes) for column in columns]).tolist()
    owners = np.concatenate(
        [np.repeat(np.arange(len(each.first) - 1), np.diff(each.first)) for each in columns]
    )
    pairs = np.concatenate([each.pairs + before for each, before in zip(columns, pairs_before, strict=False)])
    return _complete(
        names=tuple(name for column in columns for name in column.names),
        programmes=np.concatenate([each.programmes for each in columns]),
        values=np.concatenate(
            [each.values + before for each, before in zip(columns, values_before, strict=False)]
        ),
        pairs=pairs[np.argsort(owners, kind="stable")],
        first=starts_of(np.bincount(owners, minlength=len(columns[0].first) - 1)),
    )


def _column(values_of_owner: Sequence[Sequence[str]], programme_of_owner: Places) -> Column:
    """From the values of each owner; values are numbered in the order of the alphabet."""
    names = sorted({value for values in values_of_owner for value in values})
    number = {name: place for place, name in enumerate(names)}
    values = np.array([number[value] for values in values_of_owner for value in values], np.intp)
    first = starts_of([len(values) for values in values_of_owner])
    owners = np.repeat(np.arange(len(values_of_owner)), np.diff(first))
    pairs, pair_of = np.unique(programme_of_owner[owners] * len(names) + values, return_inverse=True)
    programmes, value_of_pair = np.divmod(pairs, max(1, len(names)))
    return _complete(tuple(names), programmes, value_of_pair, pair_of, first)


def _complete(
    names: tuple[str, ...], programmes: Places, values: Places, pairs: Places, first: Places
) -> Column:
    """A column, its owners sorted out by value."""
    owners = np.repeat(np.arange(len(first) - 1), np.diff(first))
    by_value = np.argsort(values[pairs], kind="stable")
    first_owner = starts_of(np.bincount(values[pairs], minlength=len(names)))
    return Column(names, programmes, values, pairs, first, owners[by_value], first_owner)


def _spread(of_groups: Column, group_of_row: Places) -> Column:
    """A column of groups made one of rows: each row has what its group has."""
    begin, lengths = of_groups.first[group_of_row], np.diff(of_groups.first)[group_of_row]
    pairs = of_groups.pairs[ranges(begin, lengths)]
    return _complete(of_groups.names, of_groups.programmes, of_groups.values, pairs, starts_of(lengths))


def _rows(
    groups: Sequence[GroupDocument],
    offers: Sequence[OfferDocument | None],
    programme_of_row: Places,
    group_of_row: Places,
    programmes: int,
) -> Rows:
    starts = np.array([NEVER if group.starts_on is None else group.starts_on.toordinal() for group in groups])
    return Rows(
        programme=programme_of_row,
        first_rows=np.searchsorted(programme_of_row, np.arange(programmes + 1)),
        opens_at=Values.of(NEVER if offer is None else offer.opens_at for offer in offers),
        closes_at=Values.of(-NEVER if offer is None else offer.closes_at for offer in offers),
        starts_on=Values.of(starts[group_of_row]),
        price=Values.of(NEVER if offer is None else offer.price_cents for offer in offers),
    )
