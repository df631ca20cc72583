"""A survey as it is defined, in plain values: what is asked, of whom, under which conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stars.surveys.enums import Ending, QuestionKind

# Answers by the question's code: codes of options, the point of a scale, or one text.
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Text:
    """A wording in both languages; English may be missing."""

    lv: str
    en: str = ""

    def said(self, language: str) -> str:
        """In the language if there is such a text, else in Latvian."""
        return self.en if language == "en" and self.en else self.lv


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only when the earlier question was answered with one of `values`."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question (anketas jautājums). A scale's points are its options, coded "1", "2" and on."""

    code: str
    kind: QuestionKind
    text: Text
    is_required: bool
    hint: Text = Text("")
    options: tuple[Option, ...] = ()
    condition: Condition | None = None

    @property
    def is_counted(self) -> bool:
        """Whether answers can be added up; what people wrote cannot."""
        return self.kind is not QuestionKind.TEXT


@dataclass(frozen=True, slots=True)
class Definition:
    """A version of a survey (anketas versija) as its file gives it."""

    survey: str
    title: Text
    intro: Text
    endings: tuple[Ending, ...]
    months_after: int
    days_to_answer: int
    is_obligatory: bool
    questions: tuple[Question, ...]

    def question(self, code: str) -> Question:
        """Raises KeyError."""
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Whose answers are counted; what is empty filters nothing. The period is of sending, its end left out."""

    period: tuple[datetime, datetime] | None = None
    municipality: str = ""
    age_group: str = ""
    scheme: str = ""
