"""Workdays in Latvia: what a deadline of some workdays means."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

_WEEKEND = 5
_LAST_MOMENT = time(23, 59)


def is_workday(day: date) -> bool:
    """Monday to Friday, public holidays left out (with those moved from a weekend)."""
    return day.weekday() < _WEEKEND and day not in _holidays(day.year)


def add_workdays(day: date, count: int) -> date:
    """The day that comes `count` workdays after `day`; the day itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def deadline(moment: datetime, workdays: int) -> datetime:
    """The last minute, in Riga, of the day that comes so many workdays after the moment."""
    day = add_workdays(timezone.localtime(moment).date(), workdays)
    return timezone.make_aware(datetime.combine(day, _LAST_MOMENT))


def workdays_between(start: date, end: date) -> int:
    """How many workdays come after `start`, up to and with `end`; 0 when `end` is not later."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_workday(day) for day in days)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("LV", years=year))
