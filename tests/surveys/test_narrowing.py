"""Which filters may narrow a report, worked out by hand."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from stars.surveys.periods import period_of
from stars.surveys.queries.narrowing import gives_away
from stars.surveys.types import ReportFilter

RIGA = ZoneInfo("Europe/Riga")
SPRING, SUMMER = datetime(2026, 4, 1, tzinfo=RIGA), datetime(2026, 7, 1, tzinfo=RIGA)
NEXT_YEAR = datetime(2027, 1, 1, tzinfo=RIGA)


def span(code: str) -> tuple[datetime, datetime]:
    period = period_of(code)
    assert period is not None
    return period.span


@pytest.mark.parametrize(
    ("others", "expected"),
    [([], False), ([1], True), ([4], True), ([5], False), ([2, 2], True), ([3, 6], False), ([3, 3], False)],
    ids=str,
)
def test_a_place_is_shown_when_nobody_or_enough_people_are_left_out(
    others: list[int], expected: bool
) -> None:
    groups = {("riga", "30-54", "MN", SPRING): 9}
    groups |= {(f"muni-{place}", "30-54", "MN", SPRING): number for place, number in enumerate(others)}
    assert gives_away(groups, ReportFilter(municipality="riga")) is expected


def test_the_smallest_is_hidden_with_who_would_be_alone() -> None:
    groups = {(place, "", "MN", SPRING): number for place, number in (("riga", 9), ("ogre", 6), ("cesis", 3))}
    hidden = {
        place: gives_away(groups, ReportFilter(municipality=place)) for place in ("riga", "ogre", "cesis")
    }
    assert hidden == {"riga": False, "ogre": True, "cesis": True}


def test_what_is_held_back_is_not_had_by_one_filter_more() -> None:
    groups = {("riga", "55+", "MN", SPRING): 11, ("ogre", "30-54", "IMK", SUMMER): 1}
    assert gives_away(groups, ReportFilter(municipality="riga", age_group="55+"))
    assert gives_away(groups, ReportFilter(scheme="MN", period=span("2026-2")))
    assert not gives_away(groups, ReportFilter())


def test_quarters_are_hidden_in_their_year_and_years_in_the_whole() -> None:
    few = {("", "", "MN", SPRING): 8, ("", "", "MN", SUMMER): 3, ("", "", "MN", NEXT_YEAR): 9}
    assert gives_away(few, ReportFilter(period=span("2026-2")))
    assert not gives_away(few, ReportFilter(period=span("2026")))
    assert not gives_away(few, ReportFilter(period=span("2027-1")))
    alone = {("", "", "MN", SPRING): 8, ("", "", "MN", NEXT_YEAR): 2}
    assert gives_away(alone, ReportFilter(period=span("2026")))
    assert gives_away(alone, ReportFilter(period=span("2026-2")))
