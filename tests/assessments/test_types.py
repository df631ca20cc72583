"""Papers: questions on even pages, and where somebody goes on who left in the middle."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.assessments.types import LEVEL_PAGE_SIZE, PAGE_SIZE, Given, Paper

ANSWERED = Given(1, datetime(2026, 2, 3, tzinfo=UTC))


def paper(questions: int, *answered: int) -> Paper:
    return Paper(tuple(range(questions)), dict.fromkeys(answered, ANSWERED))


@pytest.mark.parametrize(
    ("questions", "pages", "sizes"),
    [
        (1, 1, [1]),
        (7, 1, [7]),
        (8, 2, [4, 4]),
        (20, 3, [7, 7, 6]),
        (22, 4, [6, 6, 6, 4]),
        (84, 12, [7] * 12),
    ],
    ids=["one", "a page", "two even pages", "twenty", "uneven", "digital skills"],
)
def test_pages_are_as_even_as_they_can_be(questions: int, pages: int, sizes: list[int]) -> None:
    made = paper(questions)
    assert made.pages == pages
    assert [len(made.keys(page)) for page in range(1, pages + 1)] == sizes


def test_a_page_of_the_level_test_holds_five() -> None:
    made = Paper(tuple(range(20)), {}, LEVEL_PAGE_SIZE)
    assert [len(made.keys(page)) for page in range(1, made.pages + 1)] == [5, 5, 5, 5]


@given(st.integers(min_value=1, max_value=400))
def test_every_question_stands_on_one_page(questions: int) -> None:
    made = paper(questions)
    pages = [made.keys(page) for page in range(1, made.pages + 1)]
    assert [key for page in pages for key in page] == list(range(questions))
    assert all(1 <= len(page) <= PAGE_SIZE for page in pages)


@given(st.sets(st.integers(min_value=0, max_value=19)))
def test_one_goes_on_at_the_first_question_without_an_answer(answered: set[int]) -> None:
    made = paper(20, *answered)
    left = [key for key in range(20) if key not in answered]
    if left:
        assert left[0] in made.keys(made.page_to_go_on)
    else:
        assert made.page_to_go_on == made.pages
    assert made.answered == len(answered)


@pytest.mark.parametrize("page", [-1, 0, 4, 10**12])
def test_there_are_no_other_pages(page: int) -> None:
    assert paper(20).keys(page) == ()
