"""Figures of many results: they add up, and none that is small can be told."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stars.assessments.summaries import AGES, Breakdown, Counted, Summary, Tally, summary
from stars.common.suppression import LEAST

MARKS = ("low", "foundation", "")
Person = tuple[str, str, int, str, int | None]
PLACES = ("muni-a", "muni-b", "muni-c")


def counted(*people: Person) -> Counted:
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


# One person for every place, age, month and mark: 180 in each place, 144 of each age, 60 in each month.
EVERYBODY: list[Person] = [
    (place, age, month, mark, 40 if mark else None)
    for place, age, month, mark in product([*PLACES, ""], AGES, range(1, 13), MARKS)
]


def test_large_groups_are_shown() -> None:
    found = shown(counted(*EVERYBODY), Breakdown.PLACE)
    assert lines(found) == {
        "muni-a": ["180", "40", "60", "60", "60"],
        "muni-b": ["180", "40", "60", "60", "60"],
        "muni-c": ["180", "40", "60", "60", "60"],
        "": ["720", "40", "240", "240", "240"],
    }
    assert [str(row.people) for row in found.rows] == ["180"] * 4


def test_a_small_group_takes_another_along() -> None:
    """Or it would be the total less the others."""
    few = [one for one in EVERYBODY if one[0] == "muni-a"][:3]
    half = [one for one in EVERYBODY if one[0] == ""][::2]
    people = [*few, *half, *(one for one in EVERYBODY if one[0] in PLACES[1:])]
    found = shown(counted(*people), Breakdown.PLACE)
    assert [str(row.people) for row in found.rows] == ["<5", "180", "180", "…"]
    assert [row.mean for row in found.rows] == [None, 40, 40, None]
    assert found.total.mean == 40


def test_a_mean_of_few_percentages_is_not_shown() -> None:
    few = [one for one in EVERYBODY if one[3]][:4]
    people = [*few, *(one for one in EVERYBODY if not one[3])]
    found = shown(counted(*people), Breakdown.AGE)
    assert (found.total.people.value, found.total.mean) == (244, None)


def test_means_are_rounded_half_up() -> None:
    assert [Tally(8, 8, percents).mean for percents in (0, 3, 4, 800)] == [0, 0, 1, 100]


def test_quarters_are_their_months() -> None:
    found = counted(*EVERYBODY)
    quarters, months = (shown(found, each).rows for each in (Breakdown.QUARTER, Breakdown.MONTH))
    assert [(row.group, row.people.value) for row in quarters] == [(str(each), 180) for each in range(1, 5)]
    assert [(row.group, row.people.value) for row in months] == [(str(each), 60) for each in range(1, 13)]


def test_months_do_not_tell_of_a_quarter_that_is_hidden() -> None:
    """The third has three people; another goes with it, and then not all of that one's months may stay."""
    few = [one for one in EVERYBODY if one[2] == 7][:3]
    people = [*few, *(one for one in EVERYBODY if not 7 <= one[2] <= 9)]
    found = counted(*people)
    quarters, months = (shown(found, each).rows for each in (Breakdown.QUARTER, Breakdown.MONTH))
    hidden = [row.group for row in quarters if row.people.value is None]
    assert (len(hidden), "3" in hidden) == (2, True)
    for group in hidden:
        parts = months[3 * int(group) - 3 : 3 * int(group)]
        assert None in [part.people.value for part in parts]


def test_months_to_come_are_left_out() -> None:
    people = [one for one in EVERYBODY if one[2] <= 5]
    made = {
        each: summary(counted(*people), each, places=PLACES, marks=MARKS, months=5)
        for each in (Breakdown.QUARTER, Breakdown.MONTH)
    }
    assert [row.people.value for row in made[Breakdown.QUARTER].rows] == [180, 120]
    assert [row.people.value for row in made[Breakdown.MONTH].rows] == [60] * 5


def test_dimensions_have_means_where_there_are_enough() -> None:
    people = {
        (kind, group, ""): Tally(count)
        for kind, groups in {
            Breakdown.AGE: {"30-54": 20, "55+": 2},
            Breakdown.PLACE: {"muni-a": 22},
            Breakdown.MONTH: {"1": 22},
        }.items()
        for group, count in groups.items()
    }
    found = Counted(
        people,
        {
            (Breakdown.AGE, "30-54", "openness"): Tally(20, 20, 1_000),
            (Breakdown.AGE, "30-54", "stability"): Tally(3, 3, 90),
            (Breakdown.AGE, "55+", "openness"): Tally(2, 2, 10),
        },
    )
    made = summary(found, Breakdown.AGE, places=PLACES, marks=[""], dimensions=["openness", "stability"])
    assert {row.group: list(row.means) for row in made.rows} == {
        "0-17": [None, None],
        "18-29": [None, None],
        "30-54": [50, None],
        "55+": [None, None],
        "": [None, None],
    }
    assert list(made.total.means) == [46, None]


people_of_a_year = st.lists(
    st.tuples(
        st.sampled_from([*PLACES, ""]),
        st.sampled_from(AGES),
        st.integers(1, 12),
        st.sampled_from(MARKS),
        st.integers(0, 100),
    ),
    max_size=80,
)


@settings(max_examples=20, deadline=None)
@given(people_of_a_year)
def test_nothing_small_is_ever_shown(people: list[Person]) -> None:
    found = counted(*people)
    for breakdown in Breakdown:
        made = shown(found, breakdown)
        for row in [*made.rows, made.total]:
            for figure in [row.people, *row.marks]:
                assert figure.value is None or figure.value >= LEAST
            assert row.mean is None or row.people.value is not None


@pytest.mark.parametrize("breakdown", Breakdown)
def test_all_breakdowns_have_one_total(breakdown: Breakdown) -> None:
    people = EVERYBODY[::7]
    totals = [lines(shown(counted(*people), each))[""] for each in (breakdown, Breakdown.MONTH)]
    assert totals[0] == totals[1]
    assert totals[0][0] == str(len(people))
