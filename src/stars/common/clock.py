"""The one place that asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told_moment", default=None)


def now() -> datetime:
    """The present moment, aware."""
    return _told.get() or timezone.now()


def today() -> date:
    """The calendar day in Riga."""
    return timezone.localdate(now())


@contextmanager
def told(moment: datetime) -> Iterator[None]:
    """Within the block it is this moment: the demonstration tells what has happened by the operations themselves."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
