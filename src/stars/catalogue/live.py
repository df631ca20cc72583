"""The catalogue that a web process holds in memory, and how it follows the database.

The log of changes is read as `models/changes.py` describes: the reader keeps the oldest transaction that was still
running at its last look and asks for everything written by that one or later. What is seen twice is known by its
number. With `CATALOGUE_REFRESH_SECONDS` 0 every call looks (tests); otherwise a thread does, so that no page waits.
"""

import atexit
import contextlib
import gc
import logging
import os
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from django.conf import settings
from django.db import Error, connection

from stars.catalogue import documents
from stars.catalogue.documents import Entry
from stars.catalogue.search.engine import CatalogueIndex
from stars.classifiers import queries as classifiers
from stars.common import clock

_log = logging.getLogger(__name__)

# More programmes than this are not worth picking out: reading all is one pass over each table.
MOST_PICKED: Final = 500

# The first look has nothing to read from: it only learns which rows are in what it then reads.
_LOOK = """
    SELECT now.oldest, change.id, change.programme_id
    FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest) AS now
    LEFT JOIN catalogue_cataloguechange AS change ON change.transaction >= COALESCE(%s, now.oldest)
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue at one moment. Never changed: a newer one takes its place.

    `entries` is what the index does not need and pages do; `institutions` are names by slug.
    """

    index: CatalogueIndex
    entries: Mapping[int, Entry]
    institutions: Mapping[str, str]
    day: date
    version: str = field(default_factory=lambda: secrets.token_hex(8))


class _Look(NamedTuple):
    """What one look at the log gave: from where to read next, the rows seen, the programmes they name."""

    oldest_running: int | None
    rows: frozenset[int]
    programmes: frozenset[int | None]


class LiveCatalogue:
    """One process's catalogue. Safe for threads; a process that was forked makes its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._last = _Look(None, frozenset(), frozenset())
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.pid = os.getpid()

    def snapshot(self) -> Snapshot:
        """The newest catalogue. The first call reads it all; raises what the database raises then."""
        interval = settings.CATALOGUE_REFRESH_SECONDS
        found = self._snapshot
        if found is None or not interval:
            with self._lock:
                found = self.look()
                if interval and self._thread is None:
                    # The catalogue lives as long as the process; the collector need not walk through it again.
                    gc.freeze()
                    self._thread = threading.Thread(
                        target=self._follow, args=(interval,), name="catalogue", daemon=True
                    )
                    self._thread.start()
        return found

    def look(self) -> Snapshot:
        """Read what changed since the last look, and give the catalogue of now."""
        known, today = self._snapshot, clock.today()
        look = _look(self._last)
        if (
            known is None
            or known.day != today
            or None in look.programmes
            or len(look.programmes) > MOST_PICKED
        ):
            found = _all(today)
        elif look.programmes:
            found = _changed(known, {number for number in look.programmes if number is not None})
        else:
            found = known
        self._snapshot, self._last = found, look
        return found

    def stop(self) -> None:
        """End the thread, if there is one, and wait for it."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=5)

    def _follow(self, interval: float) -> None:
        """Look again and again until told to stop; an outage of the database leaves the catalogue as it is.

        No fault may end the thread: the process would show an old catalogue for ever.
        """
        is_lost = False
        while not self._stop.wait(interval):
            try:
                self.look()
            except Exception:
                if not is_lost:
                    _log.warning("the catalogue cannot be refreshed; pages show it as it was", exc_info=True)
                is_lost = True
                with contextlib.suppress(Error):
                    connection.close()
            else:
                is_lost = False
        connection.close()


_process = LiveCatalogue()
_making = threading.Lock()


def snapshot() -> Snapshot:
    """The newest catalogue that this process knows, with names and version."""
    global _process  # noqa: PLW0603  one catalogue for each process; a forked one has no thread and starts anew
    if _process.pid != os.getpid():
        with _making:
            if _process.pid != os.getpid():
                _process = LiveCatalogue()
    return _process.snapshot()


def current() -> CatalogueIndex:
    """The newest index that this process knows."""
    return snapshot().index


def version() -> str:
    """Changes whenever the catalogue does; part of the key of whatever is kept of its pages."""
    return snapshot().version


def reset() -> None:
    """Forget everything: between tests, whose rows vanish without a trace in the log."""
    global _process  # noqa: PLW0603  see `snapshot`
    _process.stop()
    _process = LiveCatalogue()


def _stop_at_exit() -> None:
    if _process.pid == os.getpid():
        _process.stop()


atexit.register(_stop_at_exit)


def _look(last: _Look) -> _Look:
    """One statement, so one view of the database: rows that commit later are written by a later transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [last.oldest_running])
        rows = cursor.fetchall()
    fresh = [
        (number, programme) for _, number, programme in rows if number is not None and number not in last.rows
    ]
    return _Look(
        oldest_running=rows[0][0],
        rows=frozenset(number for _, number, _ in rows if number is not None),
        programmes=frozenset(programme for _, programme in fresh),
    )


def _all(today: date) -> Snapshot:
    # It may be a name that changed, and pages take names from what is kept of the classifiers.
    classifiers.forget()
    entries = list(documents.entries(today=today))
    index = CatalogueIndex.build((entry.document for entry in entries), documents.synonyms())
    return Snapshot(index, {entry.document.id: entry for entry in entries}, _institutions(entries), today)


def _changed(known: Snapshot, programmes: set[int]) -> Snapshot:
    entries = list(documents.entries(today=known.day, only=programmes))
    gone = programmes - {entry.document.id for entry in entries}
    kept = {number: entry for number, entry in known.entries.items() if number not in gone}
    return Snapshot(
        index=known.index.with_changed((entry.document for entry in entries), gone),
        entries=kept | {entry.document.id: entry for entry in entries},
        institutions={**known.institutions, **_institutions(entries)},
        day=known.day,
    )


def _institutions(entries: Iterable[Entry]) -> dict[str, str]:
    return {entry.document.institution: entry.document.institution_name for entry in entries}
