"""Two transactions that cross on purpose: the first goes on, or commits, when the second waits for it."""

import time
from collections.abc import Callable
from threading import Event

from django.db import connection, transaction
from tests.applications.test_races import together

_PATIENCE_SECONDS = 5
_WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def crossed(
    first: Callable[[], object],
    second: Callable[[], object],
    *,
    then: Callable[[], object] | None = None,
) -> list[object]:
    """What came of both; the first does `then` in the same transaction when the second waits.

    PostgreSQL checks foreign keys at the commit, so that locks are taken there too.
    """
    is_done = Event()

    def lingering() -> object:
        with transaction.atomic():
            try:
                result = first()
            finally:
                is_done.set()
            _wait_for_the_second()
            if then is not None:
                result = then()
        return result

    def following() -> object:
        is_done.wait(_PATIENCE_SECONDS)
        return second()

    return together(lingering, following)


def _wait_for_the_second() -> None:
    """For a while only: a second that needs no lock of the first never waits."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(_WAITING)
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)
