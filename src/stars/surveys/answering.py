"""Which questions are asked, in which steps, and what an answer may be. Plain values, no tables."""

from collections.abc import Sequence

from stars.surveys.enums import QuestionKind
from stars.surveys.types import Answers, Definition, Question

# State e-services show at most seven to ten fields a step (facts 11).
MOST_IN_STEP = 7
LONGEST_TEXT = 2000


def visible(definition: Definition, answers: Answers) -> list[Question]:
    """The questions that are asked, given the answers so far; one whose condition hangs on a hidden one is hidden."""
    shown: dict[str, Question] = {}
    for question in definition.questions:
        condition = question.condition
        if condition is None or (
            condition.question in shown and set(answers.get(condition.question, ())) & set(condition.values)
        ):
            shown[question.code] = question
    return list(shown.values())


def steps(definition: Definition) -> list[list[Question]]:
    """The questions in pages. What hangs on an answer never stands on the same page as the question it hangs on,
    so that no script is needed to show or hide it."""
    pages: list[list[Question]] = [[]]
    for question in definition.questions:
        here = {each.code for each in pages[-1]}
        hangs_here = question.condition is not None and question.condition.question in here
        if len(here) == MOST_IN_STEP or hangs_here:
            pages.append([])
        pages[-1].append(question)
    return pages


def visible_steps(definition: Definition, answers: Answers) -> dict[int, list[Question]]:
    """Pages by number from 1, with the questions that are asked; a page with none is left out."""
    asked = {question.code for question in visible(definition, answers)}
    pages = {
        number: [question for question in page if question.code in asked]
        for number, page in enumerate(steps(definition), start=1)
    }
    return {number: page for number, page in pages.items() if page}


def missing(definition: Definition, answers: Answers) -> list[Question]:
    """Obligatory questions that are asked and not answered."""
    return [
        question
        for question in visible(definition, answers)
        if question.is_required and not answers.get(question.code)
    ]


def fits(question: Question, values: Sequence[str]) -> bool:
    """Whether the values can be an answer: none at all is always one."""
    if question.kind is QuestionKind.TEXT:
        return len(values) <= 1 and all(0 < len(text) <= LONGEST_TEXT and "\0" not in text for text in values)
    most = len(question.options) if question.kind is QuestionKind.MULTIPLE else 1
    known = {option.code for option in question.options}
    return len(values) <= most and len(set(values)) == len(values) and set(values) <= known
