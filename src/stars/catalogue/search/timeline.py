"""What of the catalogue depends on the time. Worked out anew only when a round opens or closes, or a day begins."""

from dataclasses import dataclass

import numpy as np

from stars.catalogue.search.arrays import Floats, Mask
from stars.catalogue.search.rows import Rows


@dataclass(frozen=True, slots=True, eq=False)
class Present:
    """One stretch of time in which nothing changes.

    Rows on which an application may be sent, and rows that start today or later; of all rows of a programme the
    nearest deadline of those open, and the next start (infinite where there is none).
    """

    key: tuple[int, int]
    open_rows: Mask
    open_programmes: Mask
    rows_ahead: Mask
    deadlines: Floats
    next_starts: Floats


class Timeline:
    """The moments at which something opens or closes. Remembers the present; safe for threads."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._boundaries = np.unique(np.concatenate((rows.opens_at.of_row, rows.closes_at.of_row)))
        self._latest: Present | None = None

    def at(self, now: float, today: int) -> Present:
        """What holds at a moment of a day (its ordinal number)."""
        key = (int(np.searchsorted(self._boundaries, now, side="right")), today)
        latest = self._latest
        if latest is None or latest.key != key:
            latest = self._latest = self._present(key, now)
        return latest

    def _present(self, key: tuple[int, int], now: float) -> Present:
        rows = self._rows
        open_rows = (rows.opens_at.of_row <= now) & (now < rows.closes_at.of_row)
        ahead = rows.starts_on.of_row >= key[1]
        return Present(
            key=key,
            open_rows=open_rows,
            open_programmes=rows.programmes_having(open_rows),
            rows_ahead=ahead,
            deadlines=rows.lowest(rows.closes_at, open_rows),
            next_starts=rows.lowest(rows.starts_on, ahead),
        )
