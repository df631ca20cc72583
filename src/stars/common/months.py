"""Calendar months."""

import calendar
from datetime import date

_MONTHS = 12


def add_months(day: date, count: int) -> date:
    """The same day so many months later; the last day of the month where it has no such day."""
    years, month = divmod(day.month - 1 + count, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
