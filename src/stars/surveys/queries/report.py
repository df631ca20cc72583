"""What was answered to a version, added up; small numbers hidden, together with whatever would give them away.

Texts that people wrote are not shown: they may name somebody. Only how many wrote is counted.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Func, Q, QuerySet

from stars.classifiers.models import ClassifierValue
from stars.common.suppression import Figure, Line, suppressed
from stars.surveys.enums import QuestionKind
from stars.surveys.models import Invitation, SurveyAnswer, SurveyVersion
from stars.surveys.queries.narrowing import gives_away, groups_of
from stars.surveys.types import Definition, Question, ReportFilter

_ALL = ("all",)
_WRITTEN = "written"
_NONE = "none"
_Counts = dict[tuple[Hashable, ...], int]


@dataclass(frozen=True, slots=True)
class Counted:
    """One answer of a question: the option's code, "written" for a text, "none" for who did not answer."""

    code: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """A question and how often each answer was given."""

    question: Question
    rows: list[Counted]


@dataclass(frozen=True, slots=True)
class Report:
    """How many sent the survey, and for each question its answers. Below five nothing but that is said.

    Nothing is said either where the filters leave out so few that their answers could be worked out (`is_withheld`).
    """

    total: Figure
    questions: list[QuestionReport]
    is_withheld: bool = False

    @property
    def is_too_small(self) -> bool:
        """So few have answered that no figure can be shown."""
        return self.total.is_small


def report(version: SurveyVersion, wanted: ReportFilter) -> Report:
    """The figures of a version; three reads, whatever its size, and one more when they are narrowed."""
    sent = _sent(version, wanted)
    total = sent.count()
    counts, lines = _cells(version.definition, total, _given(sent, version.definition))
    figures = suppressed(counts, lines)
    questions = [
        QuestionReport(question, [Counted(code, figures[question.code, code]) for code in _codes(question)])
        for question in version.definition.questions
    ]
    whole = figures[_ALL]
    if whole.is_small:
        return Report(whole, [])
    if wanted != ReportFilter() and gives_away(groups_of(version), wanted):
        return Report(Figure(None, is_small=False), [], is_withheld=True)
    return Report(whole, questions)


def municipalities_asked(version: SurveyVersion) -> list[ClassifierValue]:
    """Where people lived who were asked with the version."""
    asked = Invitation.objects.filter(version=version).order_by().values("municipality").distinct()
    return list(ClassifierValue.objects.filter(pk__in=asked).order_by("code"))


def first_sent(version: SurveyVersion) -> datetime | None:
    """When the first answers to the version came; None while there are none."""
    rows = Invitation.objects.filter(version=version, submitted_at__isnull=False).order_by("submitted_at")
    return rows.values_list("submitted_at", flat=True).first()


def _sent(version: SurveyVersion, wanted: ReportFilter) -> QuerySet[Invitation]:
    which = Q(version=version, submitted_at__isnull=False)
    if wanted.period:
        which &= Q(submitted_at__gte=wanted.period[0], submitted_at__lt=wanted.period[1])
    if wanted.municipality:
        which &= Q(municipality=wanted.municipality)
    if wanted.age_group:
        which &= Q(age_group=wanted.age_group)
    if wanted.scheme:
        which &= Q(application__scheme=wanted.scheme)
    return Invitation.objects.filter(which)


def _given(sent: QuerySet[Invitation], definition: Definition) -> dict[tuple[str, str], int]:
    """How often each value was given, and under the value "" how many answered the question at all.

    Texts are not read: for them too only that there is an answer counts.
    """
    answers = SurveyAnswer.objects.filter(invitation__in=sent.values("pk")).order_by()
    counted = [question.code for question in definition.questions if question.is_counted]
    value = Func(F("values"), function="unnest", set_returning=True)
    chosen = answers.filter(question__in=counted).annotate(value=value)
    each = chosen.values_list("question", "value").annotate(number=Count("pk"))
    answered = answers.values_list("question").annotate(number=Count("pk"))
    by_value = {(question, given): number for question, given, number in each}
    return by_value | {(question, ""): number for question, number in answered}


def _codes(question: Question) -> list[str]:
    given = [_WRITTEN] if question.kind is QuestionKind.TEXT else [option.code for option in question.options]
    return [*given, _NONE]


def _cells(
    definition: Definition, total: int, given: dict[tuple[str, str], int]
) -> tuple[_Counts, list[Line[tuple[Hashable, ...]]]]:
    """Every figure of the report, and the additions that a reader can do with them."""
    counts: _Counts = {_ALL: total}
    lines: list[Line[tuple[Hashable, ...]]] = []
    for question in definition.questions:
        answered = given.get((question.code, ""), 0)
        counts[question.code, _NONE] = total - answered
        if question.kind is QuestionKind.TEXT:
            counts[question.code, _WRITTEN] = answered
        for option in question.options:
            counts[question.code, option.code] = given.get((question.code, option.code), 0)
        lines += _multiple(question, counts, total) if _is_multiple(question) else [_single(question)]
    return counts, lines


def _is_multiple(question: Question) -> bool:
    return question.kind is QuestionKind.MULTIPLE


def _single(question: Question) -> Line[tuple[Hashable, ...]]:
    return Line(_ALL, [(question.code, code) for code in _codes(question)])


def _multiple(question: Question, counts: _Counts, total: int) -> list[Line[tuple[Hashable, ...]]]:
    """Who did not choose an answer is not shown, and can be worked out: few of them are hidden as well."""
    lines: list[Line[tuple[Hashable, ...]]] = []
    for code in _codes(question):
        others = (question.code, code, "others")
        counts[others] = total - counts[question.code, code]
        lines.append(Line(_ALL, [(question.code, code), others]))
    return lines
