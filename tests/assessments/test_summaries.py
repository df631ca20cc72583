"""Figures of many results: they add up, and none that is small can be told."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stars.assessments.summaries import AgeGroup, Breakdown, Counted, Summary, Tally, summary
from stars.common.suppression import LEAST

MARKS = ("low", "foundation", "")
PLACES = ("muni-a", "muni-b", "muni-c")


def counted(*people: tuple[str, str, int, str, int | None]) -> Counted:
    """People by place, age, month, mark and per cent."""
    found: dict[tuple[Breakdown, str, str], Tally] = {}
    for place, age, month, mark, percent in people:
        one = Tally(1, percent is not None, percent or 0)
        for key in (
            (Breakdown.PLACE, place, mark),
            (Breakdown.AGE, age, mark),
            (Breakdown.MONTH, str(month), mark),
        ):
            found[key] = found.get(key, Tally()) + one
    return Counted(found)


def shown(found: Counted, breakdown: Breakdown) -> Summary:
    return summary(found, breakdown, places=PLACES, marks=MARKS)


def lines(found: Summary) -> Mapping[str, list[str]]:
    return {
        row.group: [str(row.people), str(row.mean), *map(str, row.marks)]
        for row in [*found.rows, found.total]
    }


def group(
    count: int, place: str = "muni-a", age: str = "30-54", month: int = 2
) -> list[tuple[str, str, int, str, int]]:
    return [(place, age, month, "foundation", 40)] * count


def test_large_groups_are_shown() -> None:
    people = [*group(10, "muni-a"), *group(20, "muni-b"), *group(30, "muni-c"), *group(10, "")]
    assert [str(row.people) for row in shown(counted(*people), Breakdown.PLACE).rows] == [
        "10",
        "20",
        "30",
        "10",
    ]
    assert str(shown(counted(*people), Breakdown.PLACE).total.people) == "70"


def test_a_small_group_takes_another_along() -> None:
    """Or it would be the total less the others."""
    people = [*group(3, "muni-a"), *group(20, "muni-b"), *group(30, "muni-c"), *group(9, "")]
    assert [str(row.people) for row in shown(counted(*people), Breakdown.PLACE).rows] == [
        "<5",
        "20",
        "30",
        "…",
    ]


def test_the_mean_goes_with_the_number() -> None:
    found = shown(counted(*group(3, "muni-a"), *group(20, "muni-b"), *group(9, "muni-c")), Breakdown.PLACE)
    assert [row.mean for row in found.rows] == [None, 40, None, None]
    assert found.total.mean == 40


def test_a_mean_of_few_percentages_is_not_shown() -> None:
    people = [*group(4), *[("muni-a", "30-54", 2, "", None)] * 20]
    assert shown(counted(*people), Breakdown.AGE).total.mean is None


def test_means_are_rounded_half_up() -> None:
    assert [Tally(8, 8, percents).mean for percents in (0, 3, 4, 800)] == [0, 0, 1, 100]


def test_quarters_are_their_months() -> None:
    people = [*group(10, month=1), *group(10, month=3), *group(25, month=4), *group(25, month=12)]
    found = shown(counted(*people), Breakdown.QUARTER)
    assert [row.group for row in found.rows] == ["1", "2", "3", "4"]
    assert [row.people.value for row in found.rows][:2] == [20, 25]


def test_a_month_that_would_tell_of_its_quarter_is_hidden_too() -> None:
    """January alone is its quarter, which is hidden because of the third."""
    people = [
        (place, "30-54", month, mark, 40)
        for month, count in ((1, 7), (4, 20), (7, 2), (10, 20))
        for place in PLACES
        for mark in MARKS
        for _ in range(count if month != 7 or mark == "low" else 0)
    ]
    found = counted(*people)
    assert [row.people.value for row in shown(found, Breakdown.QUARTER).rows] == [63, 180, None, 180]
    quarters = shown(found, Breakdown.QUARTER).rows
    months = shown(found, Breakdown.MONTH).rows
    for number, quarter in enumerate(quarters):
        for mark, figure in enumerate(quarter.marks):
            parts = [months[3 * number + each].marks[mark] for each in range(3)]
            assert figure.value is not None or any(part.value is None for part in parts)


def test_dimensions_have_means_where_there_are_enough() -> None:
    found = Counted(
        {(Breakdown.AGE, "30-54", ""): Tally(20), (Breakdown.AGE, "55", ""): Tally(2)},
        {
            (Breakdown.AGE, "30-54", "openness"): Tally(20, 20, 1_000),
            (Breakdown.AGE, "30-54", "stability"): Tally(3, 3, 90),
            (Breakdown.AGE, "55", "openness"): Tally(2, 2, 10),
        },
    )
    made = summary(found, Breakdown.AGE, places=PLACES, marks=[""], dimensions=["openness", "stability"])
    assert {row.group: list(row.means) for row in made.rows} == {
        "0-17": [None, None],
        "18-29": [None, None],
        "30-54": [50, None],
        "55": [None, None],
        "": [None, None],
    }
    assert list(made.total.means) == [46, None]


people_of_a_year = st.lists(
    st.tuples(
        st.sampled_from([*PLACES, ""]),
        st.sampled_from([age.value for age in AgeGroup]),
        st.integers(1, 12),
        st.sampled_from(MARKS),
        st.integers(0, 100),
    ),
    max_size=80,
)


@settings(max_examples=20, deadline=None)
@given(people_of_a_year)
def test_nothing_small_is_ever_shown(people: list[tuple[str, str, int, str, int | None]]) -> None:
    found = counted(*people)
    for breakdown in Breakdown:
        made = shown(found, breakdown)
        for row in [*made.rows, made.total]:
            for figure in [row.people, *row.marks]:
                assert figure.value is None or figure.value >= LEAST
            assert row.mean is None or row.people.value is not None


@pytest.mark.parametrize("breakdown", Breakdown)
def test_all_breakdowns_have_one_total(breakdown: Breakdown) -> None:
    people = [*group(40, "muni-a", "55", 1), *group(3, "muni-b", "0-17", 12), *group(9, "", "", 6)]
    totals = {
        tuple(lines(shown(counted(*people), each))[""]) for each in (Breakdown.QUARTER, Breakdown.MONTH)
    }
    made = shown(counted(*people), breakdown)
    assert totals == {(str(made.total.people), str(made.total.mean), *map(str, made.total.marks))}
