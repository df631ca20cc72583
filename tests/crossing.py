"""Two transactions that cross on purpose: the first goes on, or commits, when the second waits for it."""

import time
from collections.abc import Callable
from threading import Event

from django.db import connection, transaction
from tests.applications.test_races import together

# Nobody waits so long on a machine that works; it is only there so that a test ends.
_PATIENCE_SECONDS = 60
_WAITING = """
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND wait_event_type = 'Lock'
    )
"""


def crossed(
    first: Callable[[], object],
    second: Callable[[], object],
    *,
    then: Callable[[], object] | None = None,
) -> list[object]:
    """What came of both; the first does `then` in the same transaction when the second waits, or is over.

    PostgreSQL checks foreign keys at the commit, so that locks are taken there too.
    """
    is_done, is_over = Event(), Event()

    def lingering() -> object:
        with transaction.atomic():
            try:
                result = first()
            finally:
                is_done.set()
            until_somebody_waits(unless=is_over.is_set)
            if then is not None:
                result = then()
        return result

    def following() -> object:
        try:
            assert is_done.wait(_PATIENCE_SECONDS)
            return second()
        finally:
            is_over.set()

    return together(lingering, following)


def until_somebody_waits(*, unless: Callable[[], bool] = lambda: False) -> None:
    """Return when a connection to the test's database waits for a lock. Raises TimeoutError when nobody ever does."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not (somebody_waits() or unless()):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)


def somebody_waits() -> bool:
    """Whether a connection to the test's database waits for a lock of another."""
    with connection.cursor() as cursor:
        # Within a transaction the engine's statistics stand still unless they are dropped.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(_WAITING)
        return bool(cursor.fetchone()[0])
