"""Years and quarters by which a report can be narrowed. Shorter spans would let few people be told apart."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

_CODE = re.compile(r"([12][0-9]{3})(?:-([1-4]))?")
_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, or one of its quarters."""

    year: int
    quarter: int | None = None

    @property
    def code(self) -> str:
        """ "2026" or "2026-3"."""
        return str(self.year) if self.quarter is None else f"{self.year}-{self.quarter}"

    @property
    def label(self) -> str:
        """In words."""
        if self.quarter is None:
            return str(self.year)
        return _("Quarter %(number)s, %(year)s") % {"number": self.quarter, "year": self.year}

    @property
    def span(self) -> tuple[datetime, datetime]:
        """First moment in Riga, and the first one after it."""
        if self.quarter is None:
            return _first_moment(self.year, 1), _first_moment(self.year + 1, 1)
        month = (self.quarter - 1) * _MONTHS + 1
        return _first_moment(self.year, month), _first_moment(self.year, month + _MONTHS)


def period_of(code: str) -> Period | None:
    """The period of the code; None for what is none."""
    found = _CODE.fullmatch(code)
    return Period(int(found[1]), int(found[2]) if found[2] else None) if found else None


def periods_between(first: date, last: date) -> list[Period]:
    """Each year with its quarters, the latest first."""
    found = []
    for year in range(last.year, first.year - 1, -1):
        found.append(Period(year))
        quarters = [Period(year, number) for number in (4, 3, 2, 1)]
        begin, end = _quarter(first), _quarter(last)
        found += [each for each in quarters if begin <= (each.year, each.quarter or 0) <= end]
    return found


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // _MONTHS + 1


def _first_moment(year: int, month: int) -> datetime:
    year, month = (year + 1, 1) if month > 12 else (year, month)
    return timezone.make_aware(datetime.combine(date(year, month, 1), time.min))
