"""Orders of results, and pages of them."""

from datetime import date
from itertools import chain

import pytest
from tests.catalogue.search.samples import ask, found, group, offer, programme, titled

from stars.catalogue.search.engine import CatalogueIndex
from stars.catalogue.search.types import Facet, Sort


def test_titles_stand_in_latvian_alphabetical_order() -> None:
    titles = [
        "Zvejniecība",
        "Šūšana",
        "Čuguna liešana",
        "Āda un audums",
        "Cukurs",
        "Sēņošana",
        "Abonēšana",
        "Ēdināšana",
    ]
    index = titled(*titles)
    hits = ask(index, sort=Sort.TITLE).hits
    assert [hit.programme.title for hit in hits] == [
        "Abonēšana",
        "Āda un audums",
        "Cukurs",
        "Čuguna liešana",
        "Ēdināšana",
        "Sēņošana",
        "Šūšana",
        "Zvejniecība",
    ]


def test_equal_titles_stand_by_number() -> None:
    assert found(CatalogueIndex.build([programme(number) for number in (5, 3, 9)]), sort=Sort.TITLE) == [
        3,
        5,
        9,
    ]


@pytest.fixture
def index() -> CatalogueIndex:
    """Five programmes that differ in all that one can sort by."""
    return CatalogueIndex.build(
        [
            programme(
                1,
                "E",
                published_at=5,
                groups=(group(1, starts_on=date(2027, 1, 1), offers=[offer(price=300)]),),
            ),
            programme(
                2,
                "D",
                published_at=9,
                groups=(
                    group(2, starts_on=date(2026, 11, 1), offers=[offer(price=100, closes=2)]),
                    group(
                        3,
                        "0001000",
                        starts_on=date(2026, 12, 1),
                        offers=[offer("imk", price=900, closes=-0.5)],
                    ),
                ),
            ),
            programme(3, "C", published_at=7),
            programme(4, "B", published_at=1, groups=(group(4, starts_on=date(2026, 11, 18)),)),
            programme(5, "A", published_at=8, groups=(group(5, offers=[offer(price=0, opens=5, closes=6)]),)),
        ]
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.TITLE, [5, 4, 3, 2, 1]),
        (Sort.NEWEST, [2, 5, 3, 1, 4]),
        (Sort.START, [4, 2, 1, 5, 3]),  # one start of 2 is past; then those without a date, by title
        (Sort.PRICE, [5, 2, 1, 4, 3]),
        (Sort.DEADLINE, [2, 1, 5, 4, 3]),  # 5 is not open yet
        (Sort.RELEVANCE, [2, 1, 4, 5, 3]),  # what is open, by start; then the rest
    ],
)
def test_orders(index: CatalogueIndex, sort: Sort, expected: list[int]) -> None:
    assert found(index, sort=sort) == expected


def test_a_result_has_the_groups_that_meet_the_conditions(index: CatalogueIndex) -> None:
    conditions = {"chosen": {Facet.SCHEME: ("imk", "mn"), Facet.PLACE: ("0001000",)}}
    (hit,) = ask(index, sort=Sort.PRICE, **conditions).hits
    assert (hit.programme.id, [each.id for each in hit.groups]) == (2, [3])


def test_equally_good_matches_stand_by_title() -> None:
    assert found(titled("Koks B", "Koks C", "Koks A"), "koks") == [3, 1, 2]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("q", ["", "koka"])
def test_pages_add_up_to_the_whole(sort: Sort, q: str) -> None:
    index = CatalogueIndex.build(
        [
            programme(
                number,
                f"Koka darbs {number % 4}",
                published_at=number % 3,
                groups=(
                    group(number, starts_on=date(2026, 12, 1 + number % 5), offers=[offer(price=number % 6)]),
                ),
            )
            for number in range(1, 24)
        ]
    )
    whole = found(index, q, sort=sort, page_size=100)
    pages = [found(index, q, sort=sort, page=page, page_size=5) for page in range(1, 6)]
    assert list(chain.from_iterable(pages)) == whole
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


def test_a_page_beyond_the_last_is_the_last() -> None:
    index = titled("A", "B", "C")
    beyond = ask(index, page=99, page_size=2, sort=Sort.TITLE)
    assert (beyond.page, beyond.pages, [hit.programme.id for hit in beyond.hits]) == (2, 2, [3])
    before = ask(index, page=-1, page_size=2)
    assert (before.page, len(before.hits)) == (1, 2)
    nothing = ask(index, "qqqq", page=3)
    assert (nothing.page, nothing.pages, nothing.hits) == (1, 1, ())
