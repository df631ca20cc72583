"""Reading a LimeSurvey structure file (.lss) into the form that a JSON bank has.

A question's code says what it asks: `K`, `S` or `A` for knowledge, skill or attitude, then area and competence, then
what tells it from its neighbours: `S34b` is about a skill of competence 3.4. A document type is refused before anything
of it is read, and with it every entity.
"""

import html
import re
from typing import Any
from xml.parsers import expat

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from stars.assessments.enums import Scale

_TABLES = {"questions", "question_l10ns", "surveys_languagesettings"}
_DEEPEST = 12
_CODE = re.compile(r"([KSA])([1-9])([1-9])[A-Za-z0-9]*", re.ASCII)
_SCALES = {"K": Scale.KNOWLEDGE, "S": Scale.SKILL, "A": Scale.ATTITUDE}
# What LimeSurvey writes when a question is always asked.
_ALWAYS = {"", "1"}


class FaultyStructure(ValueError):
    """The file cannot be read; the message names the line."""


def read_structure(content: bytes) -> dict[str, Any]:
    """The survey's title and its questions as items, each with its `line`. Raises `FaultyStructure`."""
    tables = _Reader().read(content)
    texts: dict[str, dict[str, str]] = {}
    for row in [*tables["questions"], *tables["question_l10ns"]]:
        if "question" in row:
            texts.setdefault(row.get("qid", ""), {})[row.get("language", "lv")[:2]] = _plain(row["question"])
    titles = {
        row.get("surveyls_language", "")[:2]: _plain(row.get("surveyls_title", ""))
        for row in tables["surveys_languagesettings"]
    }
    # The older form repeats a question for each of its languages.
    questions = {row.get("qid", ""): row for row in reversed(tables["questions"])}
    ordered = sorted(questions.values(), key=lambda row: row["line"])
    return {
        "title_lv": titles.get("lv", ""),
        "title_en": titles.get("en", ""),
        "items": [_item(row, texts.get(row.get("qid", ""), {})) for row in ordered],
    }


def _item(row: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    code = row.get("title", "")
    item: dict[str, Any] = {"line": row["line"], "code": code}
    item |= {"text_lv": texts.get("lv"), "text_en": texts.get("en")}
    if found := _CODE.fullmatch(code):
        item |= {"scale": _SCALES[found[1]].value, "competence": f"{found[2]}.{found[3]}"}
    if row.get("relevance", "").strip() not in _ALWAYS:
        item["condition"] = row["relevance"]
    return item


def _plain(text: str) -> str:
    return " ".join(html.unescape(strip_tags(text)).split())


class _Reader:
    """Keeps the rows of the tables that matter, and of the others nothing."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
        self._path: list[str] = []
        self._row: dict[str, Any] = {}
        self._parser = expat.ParserCreate()
        # Otherwise each line of a text comes by itself, and a long one is copied as often as it has lines.
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, content: bytes) -> dict[str, list[dict[str, Any]]]:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            line = _("line %(line)s") % {"line": error.lineno}
            raise FaultyStructure(f"{line}: {expat.ErrorString(error.code)}") from error
        except FaultyStructure:
            raise
        except ValueError as error:
            # What the file calls its encoding.
            raise FaultyStructure(_("line %(line)s") % {"line": 1} + f": {error}") from error
        return self.tables

    def _fail(self, reason: str) -> None:
        line = _("line %(line)s") % {"line": self._parser.CurrentLineNumber}
        raise FaultyStructure(f"{line}: {reason}")

    def _doctype(self, *_declared: object) -> None:
        self._fail(_("a document type with its entities is not accepted"))

    def _start(self, tag: str, _attributes: object) -> None:
        self._path.append(tag)
        if len(self._path) > _DEEPEST:
            self._fail(_("elements stand too deep in each other"))
        if self._path[0] != "document":
            self._fail(_("is no LimeSurvey structure"))
        if self._path[2:] == ["rows", "row"] and self._path[1] in _TABLES:
            self._row = {"line": self._parser.CurrentLineNumber}
            self.tables[self._path[1]].append(self._row)

    def _end(self, _tag: str) -> None:
        self._path.pop()

    def _text(self, text: str) -> None:
        if len(self._path) == 5 and self._path[2:4] == ["rows", "row"] and self._path[1] in _TABLES:
            field = self._path[4]
            if field != "line":
                self._row[field] = self._row.get(field, "") + text
