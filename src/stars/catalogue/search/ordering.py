"""The order of results.

Every order ends with the title in Latvian alphabetical order, so none depends on chance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from stars.catalogue.search.arrays import Floats, Mask, Places
from stars.catalogue.search.rows import Rows
from stars.catalogue.search.timeline import Present
from stars.catalogue.search.types import ProgrammeDocument, Sort
from stars.common.folding import latvian_sort_key

_LATER_THAN_ANY_DAY: Final = float(date.max.toordinal() + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """What of the programmes an order may need; `title_rank` 0 is the first of the alphabet."""

    title_rank: Places
    published_at: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What the order of one query depends on: `row_mask` are the rows that meet it, None for all."""

    rows: Rows
    row_mask: Mask | None
    scores: Floats | None
    present: Present

    def deadlines(self) -> Floats:
        """For each programme when the open round that closes first closes; infinite where none is open."""
        if self.row_mask is None:
            return self.present.deadlines
        return self.rows.lowest(self.rows.closes_at, self.present.open_rows & self.row_mask)

    def next_starts(self) -> Floats:
        """For each programme the day of the next start, today included; infinite where none is known."""
        if self.row_mask is None:
            return self.present.next_starts
        return self.rows.lowest(self.rows.starts_on, self.present.rows_ahead & self.row_mask)


def ordered(programmes: Sequence[ProgrammeDocument]) -> Ordered:
    """The lasting part of every order; equal titles are told apart by the programme's id."""
    by_title = sorted(
        range(len(programmes)),
        key=lambda place: (latvian_sort_key(programmes[place].title), programmes[place].id),
    )
    title_rank = np.empty(len(programmes), np.intp)
    title_rank[np.array(by_title, np.int64)] = np.arange(len(programmes))
    return Ordered(title_rank, np.array([each.published_at for each in programmes], np.float64))


def first_places(places: Places, sort: Sort, lasting: Ordered, moment: Moment, first: int) -> Places:
    """The places of the first so many of the programmes found, in the order asked for."""
    key = _KEYS[sort](lasting, moment)[places]
    if 0 < first < len(places):
        near = key <= np.partition(key, first - 1)[first - 1]
        places, key = places[near], key[near]
    return places[np.lexsort((lasting.title_rank[places], key))][:first]


def _by_relevance(_lasting: Ordered, moment: Moment) -> Floats:
    """What meets the text best; without a text what is open now, and of that what starts soonest."""
    if moment.scores is not None:
        return -moment.scores
    closed = np.isinf(moment.deadlines())
    return np.minimum(moment.next_starts(), _LATER_THAN_ANY_DAY) + closed * (2 * _LATER_THAN_ANY_DAY)


def _by_start(_lasting: Ordered, moment: Moment) -> Floats:
    return moment.next_starts()


def _by_price(_lasting: Ordered, moment: Moment) -> Floats:
    return moment.rows.lowest(moment.rows.price, moment.row_mask)


def _by_deadline(_lasting: Ordered, moment: Moment) -> Floats:
    return moment.deadlines()


def _by_newness(lasting: Ordered, _moment: Moment) -> Floats:
    return -lasting.published_at


def _by_title(lasting: Ordered, _moment: Moment) -> Floats:
    return lasting.title_rank.astype(np.float64)


_KEYS: Final[dict[Sort, Callable[[Ordered, Moment], Floats]]] = {
    Sort.RELEVANCE: _by_relevance,
    Sort.TITLE: _by_title,
    Sort.START: _by_start,
    Sort.PRICE: _by_price,
    Sort.DEADLINE: _by_deadline,
    Sort.NEWEST: _by_newness,
}
