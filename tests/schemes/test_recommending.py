"""Which sources a person is told of, from the declarations alone."""

import pytest

from stars.schemes.codes import SchemeCode
from stars.schemes.recommending import why, worth_telling


@pytest.mark.parametrize(
    ("is_employed", "told"),
    [(True, [SchemeCode.MN, SchemeCode.IMK]), (False, [SchemeCode.IMK])],
)
def test_the_employed_are_told_first_of_what_is_for_them(is_employed: bool, told: list[SchemeCode]) -> None:
    assert [scheme.code for scheme in worth_telling(is_employed=is_employed)] == told


@pytest.mark.parametrize(
    ("slug", "says_something"),
    [("mn", True), ("imk", True), ("varam", False), ("", False), ("xyz", False), ("MN", False)],
)
def test_each_says_why_under_its_own_name(slug: str, says_something: bool) -> None:
    assert bool(why(slug)) is says_something
