"""Reading a file with a survey: all of it is checked before anything is kept. Plain values, no tables.

JSON as one object: `survey` (its code), `title_lv`, `after` ("completed", "expelled"), `months_after`, `days_to_answer`,
`obligatory`, `questions`, and if wanted `title_en`, `intro_lv`, `intro_en`. Each question has `code`, `kind`, `text_lv`,
`required`, if wanted `text_en`, `hint_lv`, `hint_en` and a `condition` {"question": code, "is": [codes]}; one to choose
from has `options` with `code`, `text_lv`, `text_en`; a scale has `scale`, the words of its points from the lowest.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stars.surveys.enums import Ending
from stars.surveys.questions import read_questions
from stars.surveys.tables import Faults, FaultySurvey, number, text, yes_or_no
from stars.surveys.types import Definition, Text

LARGEST_BYTES = 1024 * 1024
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MOST_MONTHS = 60
_DAYS = (1, 365)
_KNOWN = {
    *("survey", "title_lv", "title_en", "intro_lv", "intro_en"),
    *("after", "months_after", "days_to_answer", "obligatory", "questions"),
}


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """A survey that may be kept, as plain JSON and as what it means."""

    definition: Definition
    content: dict[str, Any]
    digest: str


def read_file(name: str, content: bytes) -> SurveyFile:
    """Read and check the content of a file of this name. Raises `FaultySurvey` with every reason found."""
    if len(content) > LARGEST_BYTES:
        raise too_large(name)
    table = _parsed(name, content)
    return SurveyFile(read_table(name, table), table, hashlib.sha256(content).hexdigest())


def too_large(name: str) -> "FaultySurvey":
    """What is said about a file that is not even read."""
    return FaultySurvey(name, [_("larger than %(size)s MB") % {"size": LARGEST_BYTES // 1024 // 1024}])


def read_table(name: str, table: dict[str, Any]) -> Definition:
    """The definition that a table of this form describes. Raises `FaultySurvey`."""
    faults: Faults = []
    where = _("the survey")
    if unknown := sorted(set(table) - _KNOWN):
        faults.append(f"{where}: " + _("unknown “%(name)s”") % {"name": unknown[0][:40]})
    code = table.get("survey")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        faults.append(f"{where}: " + _("“survey” is its code in small letters, digits and hyphens"))
    definition = Definition(
        survey=str(code),
        title=text(table, "title", where, faults, longest=200),
        intro=text(table, "intro", where, faults, longest=2000) if "intro_lv" in table else Text(""),
        endings=_endings(table.get("after"), where, faults),
        months_after=number(table, "months_after", where, faults, within=(0, _MOST_MONTHS)),
        days_to_answer=number(table, "days_to_answer", where, faults, within=_DAYS),
        is_obligatory=yes_or_no(table, "obligatory", where, faults),
        questions=read_questions(table.get("questions"), faults),
    )
    if faults:
        raise FaultySurvey(name, faults)
    return definition


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        table = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise FaultySurvey(
            name, [_("line %(number)s: %(reason)s") % {"number": error.lineno, "reason": error.msg}]
        ) from error
    except _Twice as twice:
        raise FaultySurvey(name, [_("“%(name)s” stands twice in one object") % {"name": twice}]) from twice
    except (ValueError, RecursionError) as error:
        raise FaultySurvey(name, [_("is no JSON in UTF-8")]) from error
    if not isinstance(table, dict):
        raise FaultySurvey(name, [_("line 1: an object with “questions” is expected")])
    return table


class _Twice(ValueError):
    """A name stands twice in one object, and one of the values would be lost."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _value in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1)[:40])
    return table


def _endings(values: Any, where: str, faults: Faults) -> tuple[Ending, ...]:
    if not isinstance(values, list) or not values or not all(value in Ending.values for value in values):
        faults.append(
            f"{where}: "
            + _("“after” is a list of these: %(endings)s") % {"endings": ", ".join(Ending.values)}
        )
        return ()
    return tuple(ending for ending in Ending if ending.value in values)
