"""When a survey opens, until when it is asked, when it is called to mind; and periods of the report."""

from datetime import date

import pytest
from django.utils import translation
from tests.surveys.made import table

from stars.surveys.dates import due_on, is_to_open, is_to_remind, opens_on
from stars.surveys.periods import Period, period_of, periods_between
from stars.surveys.reading import read_table

EXIT = read_table("exit", table())
HALF_A_YEAR = read_table("later", table(months_after=6))


@pytest.mark.parametrize(
    ("ended", "opens", "due"),
    [
        pytest.param("2026-01-15", "2026-07-15", "2026-08-12", id="middle"),
        pytest.param("2026-08-31", "2027-02-28", "2027-03-28", id="no-such-day"),
        pytest.param("2023-08-31", "2024-02-29", "2024-03-28", id="leap-year"),
        pytest.param("2026-12-31", "2027-06-30", "2027-07-28", id="over-new-year"),
    ],
)
def test_half_a_year_is_counted_in_calendar_months(ended: str, opens: str, due: str) -> None:
    assert opens_on(HALF_A_YEAR, date.fromisoformat(ended)).isoformat() == opens
    assert due_on(HALF_A_YEAR, date.fromisoformat(ended)).isoformat() == due


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 11, 1), True, id="the-same-day"),
        pytest.param(date(2026, 11, 29), True, id="last-day-of-the-term"),
        pytest.param(date(2026, 11, 30), False, id="term-over"),
        pytest.param(date(2026, 10, 31), False, id="not-ended-yet"),
    ],
)
def test_the_exit_survey_is_asked_within_four_weeks(today: date, expected: bool) -> None:
    assert is_to_open(EXIT, date(2026, 11, 1), today) is expected


def test_the_later_survey_is_not_asked_a_day_early() -> None:
    ended = date(2026, 5, 28)
    assert is_to_open(HALF_A_YEAR, ended, date(2026, 11, 27)) is False
    assert is_to_open(HALF_A_YEAR, ended, date(2026, 11, 28)) is True


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 11, 12), False, id="eight-days-before"),
        pytest.param(date(2026, 11, 13), True, id="a-week-before"),
        pytest.param(date(2026, 11, 20), True, id="on-the-day"),
        pytest.param(date(2026, 11, 21), False, id="after"),
    ],
)
def test_a_reminder_comes_in_the_last_week(today: date, expected: bool) -> None:
    assert is_to_remind(date(2026, 11, 20), today) is expected


def test_periods_are_whole_years_and_quarters_the_latest_first() -> None:
    found = periods_between(date(2025, 8, 1), date(2026, 2, 1))
    assert [each.code for each in found] == ["2026", "2026-1", "2025", "2025-4", "2025-3"]


@pytest.mark.parametrize(
    ("code", "first", "after"),
    [
        pytest.param("2026", "2026-01-01T00:00:00+02:00", "2027-01-01T00:00:00+02:00", id="year"),
        pytest.param("2026-2", "2026-04-01T00:00:00+03:00", "2026-07-01T00:00:00+03:00", id="quarter"),
        pytest.param("2026-4", "2026-10-01T00:00:00+03:00", "2027-01-01T00:00:00+02:00", id="last-quarter"),
    ],
)
def test_a_period_begins_and_ends_at_midnight_in_riga(code: str, first: str, after: str) -> None:
    period = period_of(code)
    assert period is not None
    assert [moment.isoformat() for moment in period.span] == [first, after]


@pytest.mark.parametrize("code", ["", "2026-5", "3026", "abc", "2026-1-1"])
def test_nonsense_is_no_period(code: str) -> None:
    assert period_of(code) is None


def test_a_quarter_in_words() -> None:
    with translation.override("en"):
        assert Period(2026, 3).label == "Quarter 3, 2026"
