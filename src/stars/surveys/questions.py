"""The questions of a survey's file: each by itself, and then what they say of each other."""

import re
from typing import Any

from django.utils.translation import gettext as _

from stars.surveys.enums import QuestionKind
from stars.surveys.tables import Faults, text, yes_or_no
from stars.surveys.types import Condition, Option, Question, Text

MOST_QUESTIONS = 100
_MOST_OPTIONS = 40
_POINTS = (2, 10)
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_OPTION = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KNOWN = {
    *("code", "kind", "text_lv", "text_en", "hint_lv", "hint_en"),
    *("required", "options", "scale", "condition"),
}


def read_questions(rows: Any, faults: Faults) -> tuple[Question, ...]:
    """All questions in their order; what is wrong is noted."""
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_QUESTIONS:
        faults.append(_("the survey: “questions” is a list of 1 to %(most)s") % {"most": MOST_QUESTIONS})
        return ()
    questions = []
    for at, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            questions.append(_question(row, _place(at), faults))
        else:
            faults.append(f"{_place(at)}: " + _("is no object"))
    if len(questions) == len(rows):
        _compare(questions, faults)
    return tuple(questions)


def _place(number: int) -> str:
    return _("question %(number)s") % {"number": number}


def _question(row: dict[str, Any], where: str, faults: Faults) -> Question:
    code = row.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        faults.append(f"{where}: " + _("“code” is of small letters, digits and hyphens"))
        code = ""
    where = f"{where} ({code})" if code else where
    if unknown := sorted(set(row) - _KNOWN):
        faults.append(f"{where}: " + _("unknown “%(name)s”") % {"name": unknown[0][:40]})
    kind = row.get("kind")
    if kind not in QuestionKind.values:
        faults.append(
            f"{where}: " + _("“kind” is one of these: %(kinds)s") % {"kinds": ", ".join(QuestionKind.values)}
        )
        kind = QuestionKind.TEXT
    return Question(
        code=code,
        kind=QuestionKind(kind),
        text=text(row, "text", where, faults),
        is_required=yes_or_no(row, "required", where, faults),
        hint=text(row, "hint", where, faults) if "hint_lv" in row else Text(""),
        options=_options(QuestionKind(kind), row, where, faults),
        condition=_condition(row["condition"], where, faults) if "condition" in row else None,
    )


def _options(kind: QuestionKind, row: dict[str, Any], where: str, faults: Faults) -> tuple[Option, ...]:
    wanted = {QuestionKind.SCALE: "scale", QuestionKind.TEXT: ""}.get(kind, "options")
    faults += [
        f"{where}: "
        + _("“%(name)s” does not belong to the kind %(kind)s") % {"name": name, "kind": kind.value}
        for name in ("options", "scale")
        if name in row and name != wanted and row.get("kind") in QuestionKind.values
    ]
    if not wanted:
        return ()
    least, most = _POINTS if kind is QuestionKind.SCALE else (2, _MOST_OPTIONS)
    rows = row.get(wanted)
    if not isinstance(rows, list) or not least <= len(rows) <= most:
        words = {"name": wanted, "least": least, "most": most}
        faults.append(
            f"{where}: " + _("“%(name)s” is missing or is no list of %(least)s to %(most)s") % words
        )
        return ()
    options = [
        _option(each, kind, f"{where}, {wanted} {at}", at, faults) for at, each in enumerate(rows, start=1)
    ]
    codes = [option.code for option in options if option.code]
    faults += [
        f"{where}: " + _("the option “%(code)s” stands twice") % {"code": code} for code in _repeated(codes)
    ]
    return tuple(options)


def _option(row: Any, kind: QuestionKind, where: str, at: int, faults: Faults) -> Option:
    if not isinstance(row, dict):
        faults.append(f"{where}: " + _("is no object"))
        return Option("", Text(""))
    code = str(at) if kind is QuestionKind.SCALE else row.get("code")
    if not isinstance(code, str) or not _OPTION.fullmatch(code):
        faults.append(f"{where}: " + _("“code” is of small letters, digits and hyphens"))
        code = ""
    return Option(code, text(row, "text", where, faults))


def _condition(row: Any, where: str, faults: Faults) -> Condition | None:
    if (
        isinstance(row, dict)
        and set(row) == {"question", "is"}
        and isinstance(row["question"], str)
        and isinstance(row["is"], list)
        and row["is"]
        and all(isinstance(value, str) for value in row["is"])
    ):
        return Condition(row["question"], tuple(row["is"]))
    faults.append(f"{where}: " + _("“condition” has “question” with a code and “is” with a list of codes"))
    return None


def _compare(questions: list[Question], faults: Faults) -> None:
    """Codes once each, and conditions that lead to earlier questions and to answers that these have."""
    faults += [
        _("the code “%(code)s” stands twice") % {"code": code}
        for code in _repeated([q.code for q in questions if q.code])
    ]
    first = {question.code: at for at, question in reversed(list(enumerate(questions, start=1)))}
    asked_by = {q.code: q.condition.question for q in questions if q.condition and q.code}
    for at, question in enumerate(questions, start=1):
        condition, where = question.condition, f"{_place(at)} ({question.code})"
        if condition is None:
            continue
        if condition.question not in first:
            words = {"code": condition.question[:40]}
            faults.append(
                f"{where}: " + _("the condition names “%(code)s”, and there is no such question") % words
            )
        elif circle := _circle(question.code, asked_by):
            faults.append(
                f"{where}: " + _("the conditions go in a circle: %(way)s") % {"way": " → ".join(circle)}
            )
        elif first[condition.question] >= at:
            words = {"code": condition.question}
            faults.append(f"{where}: " + _("the condition names “%(code)s”, which is asked later") % words)
        else:
            _compare_values(condition, questions[first[condition.question] - 1], where, faults)


def _compare_values(condition: Condition, earlier: Question, where: str, faults: Faults) -> None:
    if earlier.kind is QuestionKind.TEXT:
        words = {"code": earlier.code}
        faults.append(f"{where}: " + _("the condition names “%(code)s”, which is answered by a text") % words)
        return
    unknown = sorted(set(condition.values) - {option.code for option in earlier.options})
    if earlier.options and unknown:
        words = {"value": unknown[0][:40], "code": earlier.code}
        faults.append(
            f"{where}: " + _("the condition asks for “%(value)s”, which “%(code)s” does not offer") % words
        )


def _circle(code: str, asked_by: dict[str, str]) -> list[str]:
    """The way along the conditions from the question back to itself; empty when it does not come back."""
    way = [code]
    while (following := asked_by.get(way[-1])) and following not in way:
        way.append(following)
    return [*way, code] if following == code else []


def _repeated(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})
