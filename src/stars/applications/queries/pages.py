"""Long lists of applications by the moment of submission, in pages that cost the same everywhere.

A page is found by where the one before it ended, and counts stop at a thousand, so that two hundred thousand
applications answer in the time of two thousand, and every one of them can be reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Q, QuerySet

from stars.applications.models import Application
from stars.common.typed import whole_number

PAGE_SIZE = 30
COUNTED_UP_TO = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Position:
    """Where an application stands in the list."""

    at: datetime
    pk: int

    @classmethod
    def of(cls, application: Application) -> Self:
        """The position of something that was submitted."""
        return cls(application.submitted_at or _EPOCH, application.pk)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """From an address; None when it is none."""
        first, _, second = text.partition("-")
        moment, pk = whole_number(first, digits=17), whole_number(second)
        return None if moment is None or pk is None else cls(_EPOCH + moment * _MICROSECOND, pk)

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.pk}"


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some applications in order, and where the pages beside begin; "" where there is none."""

    rows: list[Application]
    previous: str
    following: str


def beyond(rows: QuerySet[Application], position: Position, sign: str) -> QuerySet[Application]:
    """The rows on one side of a position, "lt" or "gt", in words that the index understands."""
    return rows.filter(
        Q(**{f"submitted_at__{sign}": position.at}) | Q(**{f"pk__{sign}": position.pk}),
        **{f"submitted_at__{sign}e": position.at},
    )


def turned(
    found: Sequence[Application], *, size: int, after: Position | None, before: Position | None
) -> ListPage:
    """The page of what was found from a position on: one more than the page holds, backwards when `before` one."""
    more, rows = len(found) > size, list(found[:size])
    if before is not None:
        rows.reverse()
        has_previous, has_following = more, True
    else:
        has_previous, has_following = after is not None, more
    return ListPage(
        rows=rows,
        previous=str(Position.of(rows[0])) if rows and has_previous else "",
        following=str(Position.of(rows[-1])) if rows and has_following else "",
    )
