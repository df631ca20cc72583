"""What people type is read alike everywhere, and nothing of it is an error."""

import pytest
from django.http import QueryDict

from stars.common.typed import length_of, texts_of, whole_number, whole_numbers, words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("42", 42),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5_000, None),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1.0", None),
        (" 1", None),
        ("1_000", None),
        ("²", None),
        ("٣", None),
        ("1\x00", None),
    ],
)
def test_a_number_is_written_in_digits_and_nothing_else(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_a_number_of_few_digits() -> None:
    assert [whole_number(text, digits=2) for text in ("9", "99", "999")] == [9, 99, None]


def test_numbers_among_other_things_come_once_and_in_order() -> None:
    assert whole_numbers(["7", "x", "3", "7", "", "²"]) == [7, 3]


def test_words_are_what_can_be_kept() -> None:
    assert words("  metin\x00ātājs \t", longest=20) == "metinātājs"
    assert words("  metinātājs", longest=5) == "metin"
    assert words(" \x00 ", longest=5) == ""


def test_texts_of_a_form_are_those_that_were_asked_for() -> None:
    sent = QueryDict("a=1&a=2%00&b=&other=x")
    assert texts_of(sent, ["a", "b", "missing"]) == {"a": ["1", "2"], "b": [""]}
    assert length_of({"a": ["1", "22"], "b": [""]}) == 3
