"""What is hidden stays hidden: from a look, and from a subtraction."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stars.common.suppression import LEAST, Figure, Line, bounds, suppressed

small = st.integers(0, 12)


def suppressed_row(counts: list[int]) -> tuple[list[Figure], Figure]:
    """Counts of answers that exclude each other, and their total."""
    figures = suppressed(dict(enumerate([*counts, sum(counts)])), [Line(len(counts), range(len(counts)))])
    *parts, total = figures.values()
    return parts, total


def lines_of(height: int, width: int) -> list[Line[tuple[int, int]]]:
    """The additions in a table whose last row and column are totals."""
    across = [Line((y, width), [(y, x) for x in range(width)]) for y in range(height + 1)]
    return across + [Line((height, x), [(y, x) for y in range(height)]) for x in range(width + 1)]


def suppressed_table(counts: list[list[int]]) -> dict[tuple[int, int], Figure]:
    """Counts in rows of one length, with the totals of rows and columns and of all."""
    rows = [[*row, sum(row)] for row in counts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    cells = {(y, x): count for y, row in enumerate(rows) for x, count in enumerate(row)}
    return suppressed(cells, lines_of(len(counts), len(counts[0])))


def shown(counts: list[int]) -> str:
    parts, total = suppressed_row(counts)
    return f"{' '.join(map(str, parts))} = {total}"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param([10, 20, 30], "10 20 30 = 60", id="nothing-small"),
        pytest.param([5, 5], "5 5 = 10", id="five-is-enough"),
        pytest.param([3, 20, 30], "<5 … 30 = 53", id="one-small-takes-the-next-along"),
        pytest.param([3, 4, 30], "<5 <5 30 = 37", id="two-small-hide-each-other"),
        pytest.param([4, 4, 30], "<5 <5 … = 38", id="two-at-the-brink-do-not"),
        pytest.param([0, 0, 30], "<5 <5 … = 30", id="all-of-one-mind"),
        pytest.param([1, 2, 1], "<5 <5 <5 = <5", id="the-whole-is-small"),
        pytest.param([3], "<5 = <5", id="one-alone"),
        pytest.param([4, 1], "<5 <5 = 5", id="two-at-the-least-total"),
        pytest.param([4, 4], "<5 <5 = …", id="nothing-left-but-the-total"),
        pytest.param([], " = <5", id="empty"),
    ],
)
def test_a_row_as_it_may_be_shown(counts: list[int], expected: str) -> None:
    assert shown(counts) == expected


def solutions(parts: list[Figure], total: Figure) -> list[tuple[int, ...]]:
    """Every row of counts that would look like this; a hidden large one is tried up to 30."""

    def possible(figure: Figure) -> range:
        if figure.value is not None:
            return range(figure.value, figure.value + 1)
        return range(LEAST) if figure.is_small else range(LEAST, 30)

    return [
        row for row in product(*map(possible, parts)) if sum(row) in possible(total) or _large(row, total)
    ]


def _large(row: tuple[int, ...], total: Figure) -> bool:
    return total.value is None and not total.is_small and sum(row) >= LEAST


@settings(max_examples=150, deadline=None)
@given(st.lists(small, min_size=1, max_size=4))
def test_trying_every_number_does_not_find_a_hidden_one(counts: list[int]) -> None:
    parts, total = suppressed_row(counts)
    found = solutions(parts, total)
    assert tuple(counts) in found
    told = [figure.value is None and len({row[at] for row in found}) == 1 for at, figure in enumerate(parts)]
    assert told == [False] * len(counts)


@given(st.lists(st.lists(small, min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_hidden_cell_of_a_table_follows_from_its_totals(counts: list[list[int]]) -> None:
    figures = suppressed_table(counts)
    known = bounds(figures, lines_of(len(counts), 3))
    hidden = [key for key, figure in figures.items() if figure.value is None]
    assert [key for key in hidden if known[key][0] == known[key][1]] == []


@given(st.lists(small, min_size=1, max_size=6))
def test_nothing_below_five_is_shown_and_what_is_shown_is_true(counts: list[int]) -> None:
    parts, total = suppressed_row(counts)
    pairs = [*zip(parts, counts, strict=True), (total, sum(counts))]
    assert [figure for figure, count in pairs if figure.value is not None and figure.value != count] == []
    assert [figure.is_small for figure, _ in pairs] == [count < LEAST for _, count in pairs]
    assert [figure for figure, _ in pairs if figure.is_small and figure.value is not None] == []


@given(st.lists(st.integers(LEAST, 1000), min_size=1, max_size=6))
def test_nothing_is_hidden_where_nothing_is_small(counts: list[int]) -> None:
    parts, total = suppressed_row(counts)
    assert [figure.value for figure in parts] == counts
    assert total.value == sum(counts)


def test_few_who_did_not_choose_are_hidden_like_few_who_did() -> None:
    counts = {"all": 20, "yes": 18, "no": 2}
    figures = suppressed(counts, [Line("all", ["yes", "no"])])
    assert {key: str(figure) for key, figure in figures.items()} == {"all": "20", "yes": "…", "no": "<5"}


def test_a_table_of_one_small_cell_hides_a_rectangle() -> None:
    figures = suppressed_table([[2, 50, 60], [70, 80, 90], [30, 40, 20]])
    assert [[str(figures[y, x]) for x in range(4)] for y in range(4)] == [
        ["<5", "…", "60", "112"],
        ["70", "80", "90", "240"],
        ["…", "…", "20", "90"],
        ["102", "170", "170", "442"],
    ]


def test_what_does_not_add_up_is_refused_and_not_looked_for_without_end() -> None:
    with pytest.raises(ValueError, match="the parts of all do not add up"):
        suppressed({"one": 20, "other": 2, "all": 20}, [Line("all", ["one", "other"])])
