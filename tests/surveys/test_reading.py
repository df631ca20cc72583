"""A file with a survey is right as a whole, or is refused with its name, the place and every reason."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from tests.surveys.made import option, question, table

from stars.surveys.enums import Ending, QuestionKind
from stars.surveys.models import SurveyVersion
from stars.surveys.own_surveys import OWN_FILES, load_own_surveys
from stars.surveys.reading import LARGEST_BYTES, read_file
from stars.surveys.tables import FaultySurvey


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def faults(content: dict[str, Any] | bytes) -> list[str]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(FaultySurvey) as refused:
        read_file("anketa.json", raw)
    assert str(refused.value).splitlines() == [f"anketa.json: {fault}" for fault in refused.value.faults]
    return refused.value.faults


def without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def when(code: str, *values: str) -> dict[str, Any]:
    return {"condition": {"question": code, "is": list(values)}}


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        pytest.param(
            [without(question("a", "scale"), "scale")],
            ["question 1 (a): “scale” is missing or is no list of 2 to 10"],
            id="scale-missing",
        ),
        pytest.param(
            [question("a", "scale", scale=[{"text_lv": "Viens"}])],
            ["question 1 (a): “scale” is missing or is no list of 2 to 10"],
            id="scale-of-one-point",
        ),
        pytest.param(
            [without(question("a"), "options")],
            ["question 1 (a): “options” is missing or is no list of 2 to 40"],
            id="options-missing",
        ),
        pytest.param(
            [question("a", options=[option("x"), option("x")])],
            ["question 1 (a): the option “x” stands twice"],
            id="option-twice",
        ),
        pytest.param(
            [question("a", "text", options=[option("x"), option("y")])],
            ["question 1 (a): “options” does not belong to the kind text"],
            id="options-of-a-text",
        ),
        pytest.param([question("a"), question("a")], ["the code “a” stands twice"], id="code-twice"),
        pytest.param(
            [question("a", **when("b", "yes")), question("b", **when("a", "yes"))],
            [
                "question 1 (a): the conditions go in a circle: a → b → a",
                "question 2 (b): the conditions go in a circle: b → a → b",
            ],
            id="circle",
        ),
        pytest.param(
            [question("a", **when("a", "yes"))],
            ["question 1 (a): the conditions go in a circle: a → a"],
            id="circle-of-one",
        ),
        pytest.param(
            [question("a", **when("b", "yes")), question("b")],
            ["question 1 (a): the condition names “b”, which is asked later"],
            id="forward",
        ),
        pytest.param(
            [question("a", **when("z", "yes"))],
            ["question 1 (a): the condition names “z”, and there is no such question"],
            id="unknown-question",
        ),
        pytest.param(
            [question("a"), question("b", **when("a", "perhaps"))],
            ["question 2 (b): the condition asks for “perhaps”, which “a” does not offer"],
            id="unknown-answer",
        ),
        pytest.param(
            [question("a", "text"), question("b", **when("a", "yes"))],
            ["question 2 (b): the condition names “a”, which is answered by a text"],
            id="condition-on-a-text",
        ),
        pytest.param(
            [question("a", condition={"question": "b"})],
            ["question 1 (a): “condition” has “question” with a code and “is” with a list of codes"],
            id="condition-without-answers",
        ),
        pytest.param(
            [question("a", kind="single") | {"kind": "matrix"}],
            ["question 1 (a): “kind” is one of these: single, multiple, scale, text"],
            id="unknown-kind",
        ),
        pytest.param([question("a", text_lv=" ")], ["question 1 (a): “text_lv” is missing"], id="no-wording"),
        pytest.param(
            [question("a", text_lv="x" * 601)],
            ["question 1 (a): “text_lv” is longer than 600 characters or holds a null character"],
            id="endless-wording",
        ),
        pytest.param(
            [question("a", required="yes")],
            ["question 1 (a): “required” is true or false"],
            id="required-word",
        ),
        pytest.param(
            [question("Nr 1")],
            ["question 1: “code” is of small letters, digits and hyphens"],
            id="code-with-a-space",
        ),
        pytest.param([question("a", shown=True)], ["question 1 (a): unknown “shown”"], id="unknown-name"),
        pytest.param([["a"]], ["question 1: is no object"], id="no-object"),
    ],
)
def test_faulty_questions_are_refused_with_place_and_reason(
    questions: list[Any], expected: list[str]
) -> None:
    assert faults(table(*questions)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param(
            {"survey": "Exit!"}, "“survey” is its code in small letters, digits and hyphens", id="code"
        ),
        pytest.param({"after": ["left"]}, "“after” is a list of these: completed, expelled", id="ending"),
        pytest.param({"months_after": -1}, "“months_after” is a whole number from 0 to 60", id="months"),
        pytest.param({"days_to_answer": 0}, "“days_to_answer” is a whole number from 1 to 365", id="days"),
        pytest.param({"obligatory": 1}, "“obligatory” is true or false", id="obligatory"),
        pytest.param({"questions": []}, "“questions” is a list of 1 to 100", id="no-questions"),
        pytest.param({"questions": [question("a")] * 101}, "“questions” is a list of 1 to 100", id="many"),
        pytest.param({"title_lv": None}, "“title_lv” is missing", id="title"),
        pytest.param({"owner": "x"}, "unknown “owner”", id="unknown-name"),
    ],
)
def test_a_faulty_survey_is_refused(more: dict[str, Any], expected: str) -> None:
    assert faults(table() | more) == [f"the survey: {expected}"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            b'{\n"survey": "a",\n}', "line 3: Expecting property name enclosed in double quotes", id="comma"
        ),
        pytest.param(b"[]", "line 1: an object with “questions” is expected", id="list"),
        pytest.param(b"\xff\xfe{}", "is no JSON in UTF-8", id="not-text"),
        pytest.param(b'{"a": 1, "a": 2}', "“a” stands twice in one object", id="name-twice"),
        pytest.param(b"[" * 100_000, "is no JSON in UTF-8", id="deep"),
        pytest.param(b" " * (LARGEST_BYTES + 1), "larger than 1 MB", id="large"),
    ],
)
def test_what_is_no_survey_at_all_is_refused(content: bytes, expected: str) -> None:
    (fault,) = faults(content)
    assert fault.startswith(expected)


def test_all_reasons_are_told_at_once() -> None:
    assert (
        len(faults(table(without(question("a"), "options"), question("b", required=None), obligatory=None)))
        == 3
    )


def test_a_right_file_is_read_whole() -> None:
    content = table()
    definition = read_file("anketa.json", json.dumps(content).encode()).definition
    works, why, rate, note = definition.questions
    assert (definition.survey, definition.endings) == ("exit", (Ending.COMPLETED, Ending.EXPELLED))
    assert [each.kind for each in definition.questions] == [
        *(QuestionKind.SINGLE, QuestionKind.MULTIPLE),
        *(QuestionKind.SCALE, QuestionKind.TEXT),
    ]
    assert [each.code for each in rate.options] == ["1", "2", "3"]
    assert why.condition is not None
    assert (why.condition.question, why.condition.values) == ("works", ("no",))
    assert (works.is_required, note.is_required) == (True, False)
    assert definition.title.said("en") == "Survey after learning"
    assert works.text.said("en") == "Jautājums works?"


@pytest.mark.django_db
def test_nothing_of_a_faulty_file_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "anketa.json"
    file.write_text(json.dumps(table(question("a"), without(question("b", "scale"), "scale"))))
    with pytest.raises(CommandError, match=r"^anketa\.json: question 2 \(b\): “scale” is missing"):
        call_command("import_survey", str(file))
    assert SurveyVersion.objects.count() == 0


@pytest.mark.django_db
def test_a_large_file_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "anketa.json"
    with file.open("wb") as written:
        written.truncate(50 * 1024 * 1024)
    with pytest.raises(CommandError, match=r"^anketa\.json: larger than 1 MB$"):
        call_command("import_survey", str(file))


@pytest.mark.django_db
def test_the_command_keeps_a_draft_and_publishes_when_told(tmp_path: Path) -> None:
    file = tmp_path / "anketa.json"
    file.write_text(json.dumps(table()))
    said = io.StringIO()
    call_command("import_survey", str(file), stdout=said)
    call_command("import_survey", str(file), publish=True, stdout=said)
    assert said.getvalue().splitlines() == ["exit, version 1, not published", "exit, version 1, published"]
    assert SurveyVersion.objects.count() == 1


@pytest.mark.django_db
def test_our_own_surveys_are_published_once_and_then_left_to_the_agency(tmp_path: Path) -> None:
    call_command("load_surveys", verbosity=0)
    call_command("load_surveys", verbosity=0)
    versions = SurveyVersion.objects.order_by("survey")
    assert [(each.survey, each.version, each.takes_answers) for each in versions] == [
        ("exit", 1, True),
        ("six-months", 1, True),
    ]
    changed = json.loads(OWN_FILES[0].read_text()) | {"days_to_answer": 30}
    file = tmp_path / "exit.json"
    file.write_text(json.dumps(changed))
    (draft,) = load_own_surveys((file,))
    assert (draft.version, draft.published_at) == (2, None)


def test_our_own_surveys_ask_what_the_funds_report_and_in_both_languages() -> None:
    """Facts 1.5: in education, gained qualification, in employment; after six months employment and situation."""
    definitions = {file.stem: read_file(file.name, file.read_bytes()).definition for file in OWN_FILES}
    assert sorted(definitions) == ["exit", "six_months"]
    asked = {name: {each.code for each in one.questions} for name, one in definitions.items()}
    assert {"education", "qualification", "employment", "satisfied"} <= asked["exit"]
    assert {"employment", "situation"} <= asked["six_months"]
    assert [one.months_after for one in definitions.values()] == [0, 6]
    texts = [
        text
        for one in definitions.values()
        for each in one.questions
        for text in (each.text, *(option.text for option in each.options))
    ]
    assert [text for text in texts if not (text.lv and text.en)] == []
