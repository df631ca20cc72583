"""Which questions are asked, in which pages, and what an answer may be."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.surveys.made import question, table

from stars.surveys.answering import MOST_IN_STEP, fits, missing, steps, visible, visible_steps
from stars.surveys.own_surveys import OWN_FILES
from stars.surveys.reading import read_file, read_table
from stars.surveys.types import Answers, Definition

OWN = [read_file(file.name, file.read_bytes()).definition for file in OWN_FILES]


def defined(*questions: dict[str, object]) -> Definition:
    return read_table("anketa.json", json.loads(json.dumps(table(*questions))))


CHAIN = defined(
    question("a"),
    question("b", condition={"question": "a", "is": ["yes"]}),
    question("c", condition={"question": "b", "is": ["no"]}),
    question("d", "text", required=False),
)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        pytest.param({}, "a d", id="nothing-answered"),
        pytest.param({"a": ["yes"]}, "a b d", id="condition-holds"),
        pytest.param({"a": ["no"]}, "a d", id="condition-does-not"),
        pytest.param({"a": ["yes"], "b": ["no"]}, "a b c d", id="chain"),
        pytest.param({"a": ["no"], "b": ["no"]}, "a d", id="hangs-on-a-hidden-one"),
    ],
)
def test_a_question_is_asked_when_its_condition_holds(answers: Answers, asked: str) -> None:
    assert " ".join(each.code for each in visible(CHAIN, answers)) == asked


def test_one_of_several_answers_is_enough_for_a_condition() -> None:
    definition = defined(
        question("a", "multiple"), question("b", condition={"question": "a", "is": ["red", "blue"]})
    )
    assert [each.code for each in visible(definition, {"a": ["green", "blue"]})] == ["a", "b"]
    assert [each.code for each in visible(definition, {"a": ["green"]})] == ["a"]


def test_only_what_is_asked_and_obligatory_is_missing() -> None:
    assert [each.code for each in missing(CHAIN, {})] == ["a"]
    assert [each.code for each in missing(CHAIN, {"a": ["yes"]})] == ["b"]
    assert missing(CHAIN, {"a": ["no"]}) == []


def test_what_hangs_on_a_question_stands_on_a_later_page() -> None:
    assert [[each.code for each in page] for page in steps(CHAIN)] == [["a"], ["b"], ["c", "d"]]
    assert {n: [each.code for each in page] for n, page in visible_steps(CHAIN, {"a": ["no"]}).items()} == {
        1: ["a"],
        3: ["d"],
    }


def test_a_page_holds_seven_questions() -> None:
    definition = defined(*[question(f"q{number}") for number in range(16)])
    assert [len(page) for page in steps(definition)] == [7, 7, 2]


@pytest.mark.parametrize("definition", OWN, ids=lambda one: one.survey)
def test_pages_of_our_own_surveys_are_short_and_need_no_script(definition: Definition) -> None:
    pages = steps(definition)
    assert [each for page in pages for each in page] == list(definition.questions)
    assert max(len(page) for page in pages) <= MOST_IN_STEP
    hanging = [
        each.code
        for page in pages
        for each in page
        if each.condition and each.condition.question in {other.code for other in page}
    ]
    assert hanging == []


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        pytest.param("single", ["yes"], True, id="one"),
        pytest.param("single", [], True, id="none"),
        pytest.param("single", ["yes", "no"], False, id="two-of-one"),
        pytest.param("single", ["maybe"], False, id="not-offered"),
        pytest.param("multiple", ["red", "blue"], True, id="several"),
        pytest.param("multiple", ["red", "red"], False, id="one-twice"),
        pytest.param("scale", ["3"], True, id="point"),
        pytest.param("scale", ["4"], False, id="off-the-scale"),
        pytest.param("text", ["Labi"], True, id="text"),
        pytest.param("text", ["x" * 2001], False, id="endless"),
        pytest.param("text", ["a\0b"], False, id="null"),
    ],
)
def test_an_answer_fits_its_question(kind: str, values: list[str], expected: bool) -> None:
    (only,) = defined(question("a", kind)).questions
    assert fits(only, values) is expected


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from(["yes", "no"]), max_size=1)))
def test_answers_to_hidden_questions_change_nothing(answers: dict[str, list[str]]) -> None:
    asked = {each.code for each in visible(CHAIN, answers)}
    kept = {code: values for code, values in answers.items() if code in asked}
    assert visible(CHAIN, kept) == visible(CHAIN, answers)
    assert missing(CHAIN, kept) == missing(CHAIN, answers)
