"""Workdays in Latvia, by the calendar that everybody can look up."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from stars.common.workdays import add_workdays, deadline, is_workday, workdays_between

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 5),  # Easter
        date(2026, 4, 6),  # Easter Monday
        date(2027, 3, 26),  # Easter of another year
        date(2027, 3, 29),
        date(2026, 5, 1),
        date(2026, 6, 22),  # moved, so that it does not stand alone before Līgo
        date(2026, 6, 23),  # Līgo
        date(2026, 6, 24),  # Jāņi
        date(2026, 11, 18),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 31),
        date(2026, 11, 21),  # a Saturday
        date(2026, 11, 22),  # a Sunday
    ],
)
def test_nobody_works(day: date) -> None:
    assert not is_workday(day)


@pytest.mark.parametrize(
    ("holiday", "moved"),
    [
        (date(2024, 5, 4), date(2024, 5, 6)),  # Saturday
        (date(2025, 5, 4), date(2025, 5, 5)),  # Sunday
        (date(2023, 11, 18), date(2023, 11, 20)),  # Saturday
        (date(2029, 11, 18), date(2029, 11, 19)),  # Sunday
    ],
)
def test_a_holiday_on_a_weekend_is_moved_to_monday(holiday: date, moved: date) -> None:
    assert (is_workday(holiday), is_workday(moved)) == (False, False)


@pytest.mark.parametrize("day", [date(2026, 11, 17), date(2026, 11, 19), date(2026, 6, 25), date(2026, 4, 7)])
def test_the_days_around_are_ordinary(day: date) -> None:
    assert is_workday(day)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 4, 2), 2, date(2026, 4, 8)),  # over Easter
        (date(2026, 6, 22), 2, date(2026, 6, 26)),  # over Midsummer
        (date(2026, 11, 17), 2, date(2026, 11, 20)),  # over 18 November
        (date(2025, 5, 2), 2, date(2025, 5, 7)),  # over a holiday that was moved
        (date(2026, 11, 20), 2, date(2026, 11, 24)),  # over a weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_workdays_are_counted_over_holidays(day: date, count: int, expected: date) -> None:
    assert add_workdays(day, count) == expected


def test_a_deadline_is_the_last_minute_of_the_day_in_riga() -> None:
    # 23.30 on the 16th in Rīga is 21.30 in UTC; summer time ends in between in the second case.
    assert timezone.localtime(deadline(datetime(2026, 11, 16, 21, 30, tzinfo=UTC), 2)).isoformat() == (
        "2026-11-19T23:59:00+02:00"
    )
    assert timezone.localtime(deadline(datetime(2026, 10, 22, 22, 30, tzinfo=UTC), 1)).isoformat() == (
        "2026-10-26T23:59:00+02:00"
    )


@settings(max_examples=60)
@given(DAYS, st.integers(min_value=1, max_value=15))
def test_what_is_added_is_counted_back(day: date, count: int) -> None:
    end = add_workdays(day, count)
    assert is_workday(end)
    assert workdays_between(day, end) == count
    assert workdays_between(end, day) == 0
