"""The order of results.

Every order ends with the title in Latvian alphabetical order, so none depends on chance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stars.catalogue.search.arrays import Floats, Mask, Places
from stars.catalogue.search.rows import Rows
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
    now: float
    today: int


def ordered(programmes: Sequence[ProgrammeDocument]) -> Ordered:
    """The lasting part of every order; equal titles are told apart by the programme's id."""
    by_title = sorted(
        range(len(programmes)),
        key=lambda place: (latvian_sort_key(programmes[place].title), programmes[place].id),
    )
    title_rank = np.empty(len(programmes), np.intp)
    title_rank[np.array(by_title, np.int64)] = np.arange(len(programmes))
    return Ordered(title_rank, np.array([each.published_at for each in programmes], np.float64))


def first_places(found: Mask, sort: Sort, lasting: Ordered, moment: Moment, first: int) -> NDArray[np.int64]:
    """The places of the first so many of the programmes found, in the order asked for."""
    places = np.flatnonzero(found)
    key = _KEYS[sort](lasting, moment)[places]
    if 0 < first < len(places):
        near = key <= np.partition(key, first - 1)[first - 1]
        places, key = places[near], key[near]
    return places[np.lexsort((lasting.title_rank[places], key))][:first]


def deadlines(rows: Rows, row_mask: Mask | None, now: float) -> Floats:
    """For each programme when the open round that closes first closes; `NEVER` where none is open."""
    is_open = rows.is_open(now)
    return rows.lowest(rows.closes_at, is_open if row_mask is None else is_open & row_mask)


def next_starts(rows: Rows, row_mask: Mask | None, today: int) -> Floats:
    """For each programme the day of the next start, today included; `NEVER` where none is known."""
    ahead = rows.starts_on.of_row >= today
    return rows.lowest(rows.starts_on, ahead if row_mask is None else ahead & row_mask)


def _by_relevance(lasting: Ordered, moment: Moment) -> Floats:
    """What meets the text best; without a text what is open now, and of that what starts soonest."""
    if moment.scores is not None:
        return -moment.scores
    closed = np.isinf(deadlines(moment.rows, moment.row_mask, moment.now))
    starts = np.minimum(_by_start(lasting, moment), _LATER_THAN_ANY_DAY)
    return starts + closed * (2 * _LATER_THAN_ANY_DAY)


def _by_start(_lasting: Ordered, moment: Moment) -> Floats:
    return next_starts(moment.rows, moment.row_mask, moment.today)


def _by_price(_lasting: Ordered, moment: Moment) -> Floats:
    return moment.rows.lowest(moment.rows.price, moment.row_mask)


def _by_deadline(_lasting: Ordered, moment: Moment) -> Floats:
    return deadlines(moment.rows, moment.row_mask, moment.now)


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
