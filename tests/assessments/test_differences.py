"""What differs between two versions of a bank."""

from dataclasses import replace

import pytest

from stars.assessments.differences import PARTS, Change, Difference, Statement, difference

FIRST = Statement("a", "Es zinu.", "I know.", "1.1", "knowledge")
SECOND = Statement(
    "b", "Kas ir parole?", "", "4.1", "choice", options=(("Vārds", ""), ("Skaitlis", "")), right=0, level=1
)
OTHER = {
    "text_lv": "Es protu.",
    "text_en": "I can.",
    "measures": "2.1",
    "scale": "skill",
    "reverse": True,
    "options": (("Jā", ""), ("Nē", "")),
    "right": 1,
    "level": 3,
}


def test_equal_versions_differ_in_nothing() -> None:
    found = difference([FIRST, SECOND], [SECOND, FIRST])
    assert found == Difference(added=[], removed=[], changed=[], same=2)
    assert found.is_empty


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_compared(part: str) -> None:
    changed = replace(SECOND, **{part: OTHER[part]})
    found = difference([FIRST, SECOND], [FIRST, changed])
    assert found == Difference(added=[], removed=[], changed=[Change(SECOND, changed, (part,))], same=1)
    assert not found.is_empty


def test_what_is_new_and_what_is_gone() -> None:
    found = difference([FIRST], [SECOND])
    assert (found.added, found.removed, found.changed, found.same) == ([SECOND], [FIRST], [], 0)


def test_a_first_version_is_all_new() -> None:
    assert difference([], [FIRST, SECOND]).added == [FIRST, SECOND]
