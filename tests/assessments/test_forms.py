"""Reading what a page of a test sends."""

import pytest

from stars.assessments.forms import Unreadable, read_answers, written


@pytest.mark.parametrize("value", [None, 0, 3, 12])
def test_what_is_written_is_read_again(value: int | None) -> None:
    assert read_answers({"q7": written(value), "later": "1", "csrfmiddlewaretoken": "x"}) == {7: value}


@pytest.mark.parametrize("name", ["q", "q-1", "q1.5", "q٣", "q" + "9" * 19, "7", "Q7", "x7"])
def test_other_fields_are_passed_over(name: str) -> None:
    assert read_answers({name: "1"}) == {}


@pytest.mark.parametrize("value", ["", "x", "-1", "--", "²", "1.0", "100", "1\x00"])
def test_what_is_no_answer_is_refused(value: str) -> None:
    with pytest.raises(Unreadable):
        read_answers({"q7": value})
