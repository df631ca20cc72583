"""A survey in words, for pages: what was answered, and how a version stands."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stars.surveys.enums import QuestionKind, State
from stars.surveys.models import SurveyVersion
from stars.surveys.types import Answers, Definition, Question

COLOURS = {
    State.DRAFT: "info",
    State.PUBLISHED: "success",
    State.REPLACED: "warning",
    State.RETIRED: "neutral",
}


def titled(version: SurveyVersion) -> str:
    """A version by its title and number, in the language of the page."""
    words = {"title": version.definition.title.said(get_language() or ""), "number": version.version}
    return _("%(title)s, version %(number)s") % words


def in_words(question: Question, values: tuple[str, ...] | list[str], language: str) -> str:
    """The answer as people read it; "" when there is none."""
    if question.kind is QuestionKind.TEXT:
        return "".join(values)
    said = {option.code: option.text.said(language) for option in question.options}
    return "; ".join(said[value] for value in values if value in said)


def answered_rows(questions: list[Question], answers: Answers, language: str) -> list[tuple[str, str]]:
    """Questions with their answers."""
    return [
        (question.text.said(language), in_words(question, list(answers.get(question.code, ())), language))
        for question in questions
    ]


def conditions(definition: Definition, language: str) -> dict[str, str]:
    """For each question that is not always asked, when it is."""
    said = {}
    for question in definition.questions:
        if question.condition:
            earlier = definition.question(question.condition.question)
            said[question.code] = _("Asked only when “%(question)s” is answered: %(answers)s") % {
                "question": earlier.text.said(language),
                "answers": in_words(earlier, question.condition.values, language),
            }
    return said
