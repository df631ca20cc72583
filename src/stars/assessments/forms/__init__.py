"""A page of a test as a form: for each question a group of radio buttons with the words of its scale."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stars.assessments.enums import Scale
from stars.assessments.types import Question
from stars.assessments.words import OTHERWISE, SCALE_WORDS
from stars.common.typed import whole_number

# What is sent for "not clear to me".
_NOT_CLEAR_VALUE = "-"
PREFIX = "q"


class Unreadable(ValueError):
    """What was sent is no answer to the question."""


class QuestionField(forms.ChoiceField):
    """One question; the template asks it for its scale."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(
            label=_label(question),
            choices=_choices(question),
            widget=forms.RadioSelect,
            initial=None if question.given is None else written(question.given.value),
            error_messages={
                "required": _("Choose an answer to question %(number)d.") % {"number": question.number},
                "invalid_choice": _("Choose one of the answers to question %(number)d.")
                % {"number": question.number},
            },
        )


class PageForm(forms.Form):
    """The questions of a page; `initial` may hold what a session that ended kept."""

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        self.fields.update({f"{PREFIX}{each.key}": QuestionField(each) for each in questions})

    @property
    def answers(self) -> dict[int, int | None]:
        """What was answered, by the questions' keys; what is missing or wrong is left out."""
        self.is_valid()
        return read_answers(self.cleaned_data)


def read_answers(data: dict[str, str]) -> dict[int, int | None]:
    """Answers from what a page sends, by the questions' keys; other fields are passed over. Raises `Unreadable`."""
    answers = {}
    for name, value in data.items():
        key = whole_number(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
        if key is None:
            continue
        answers[key] = None if value == _NOT_CLEAR_VALUE else whole_number(value, digits=2)
        if answers[key] is None and value != _NOT_CLEAR_VALUE:
            raise Unreadable(name)
    return answers


def written(value: int | None) -> str:
    """An answer as the page sends it."""
    return _NOT_CLEAR_VALUE if value is None else str(value)


def _label(question: Question) -> str:
    text = question.text
    if question.language != get_language():
        text = format_html('<span lang="{}">{}</span>', question.language, text)
    return format_html("{}. {}", question.number, text)


def _choices(question: Question) -> list[tuple[str, Any]]:
    words = question.options if question.scale is Scale.CHOICE else SCALE_WORDS[question.scale]
    numbered = [(str(value), text) for value, text in enumerate(words)]
    return [*numbered, (_NOT_CLEAR_VALUE, OTHERWISE[question.scale])]
