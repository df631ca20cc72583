"""Reading a file with a bank of items: all of it is checked before anything is kept.

JSON as one object: `instrument` (when it is not the test of digital skills), `title_lv`, `title_en`, `framework`,
`source`, and `items`, each with `code`, `competence` ("1.1") or `dimension`, `scale`, `text_lv`, and if wanted
`text_en` and `reverse`. A choice has `options`, each with `lv` and `en`, and the place of the `right` one from 0;
questions of the level test have their `level`. Files that number their items with `n` instead of `code` are read too.
A LimeSurvey structure (.lss) is read by `limesurvey`, and then checked alike.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.utils.translation import gettext as _

from stars.assessments.enums import DIMENSIONS, SCALES, Instrument, Scale
from stars.assessments.json_banks import read_json
from stars.assessments.limesurvey import FaultyStructure, read_structure
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind

# A thousand items with long texts in two languages are smaller.
LARGEST_BYTES = 5 * 1024 * 1024
_LONGEST_TEXT = 600
_MOST_OPTIONS = 8
_MOST_ITEMS = 1_000
_TITLES = ("title_lv", "title_en", "framework")
# What no column of text can hold: the null character, and halves of characters.
_UNKEPT = re.compile("[\0\ud800-\udfff]")


class FaultyBank(ValueError):
    """A file that cannot be a bank; `faults` holds one sentence for each reason, with the item's place."""

    def __init__(self, file: str, faults: list[str]) -> None:
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a choice offers."""

    lv: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item as the file gives it; `competence` is the classifier's code."""

    code: str
    scale: Scale
    text_lv: str
    text_en: str = ""
    competence: str = ""
    dimension: str = ""
    reverse: bool = False
    options: tuple[Option, ...] = ()
    right: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class BankFile:
    """A bank that may be loaded."""

    instrument: Instrument
    title_lv: str
    title_en: str
    framework: str
    source: str
    digest: str
    rows: tuple[Row, ...]


def read_bank(path: Path, *, source: str = "") -> BankFile:
    """Read and check the file; `source` says whose items they are when the file does not.

    Raises `FaultyBank` with every reason found, and `OSError`.
    """
    _must_be_small(path.name, path.stat().st_size)
    return parse_bank(path.name, path.read_bytes(), source=source)


def parse_bank(name: str, content: bytes, *, source: str = "") -> BankFile:
    """Check what a file of this name holds. Raises `FaultyBank` with every reason found."""
    _must_be_small(name, len(content))
    table = _parsed(name, content)
    if source:
        table = {**table, "source": source}
    faults: list[str] = []
    instrument = table.get("instrument", Instrument.DIGITAL_SKILLS.value)
    if instrument not in Instrument.values:
        known = ", ".join(Instrument.values)
        raise FaultyBank(name, [_("the instrument is none of %(known)s") % {"known": known}])
    rows = tuple(_rows(table.get("items"), Instrument(instrument), faults))
    whole = _("the bank")
    shown_source = _text(table, "source", whole, faults)
    titles = {key: _text(table, key, whole, faults) if table.get(key) else "" for key in _TITLES}
    if faults:
        raise FaultyBank(name, faults)
    return BankFile(
        instrument=Instrument(instrument),
        title_lv=(titles["title_lv"] or PurePath(name).stem)[:200],
        title_en=titles["title_en"][:200],
        framework=(titles["framework"] or "DigComp 2.2")[:40],
        source=shown_source,
        # Whose items they are is shown with the test: the same items under another name are another version.
        digest=hashlib.sha256(content + source.encode()).hexdigest(),
        rows=rows,
    )


def _must_be_small(name: str, size: int) -> None:
    if size > LARGEST_BYTES:
        raise FaultyBank(name, [_("larger than %(size)s MB") % {"size": LARGEST_BYTES // 1024 // 1024}])


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        table = read_structure(content) if name.lower().endswith(".lss") else read_json(content)
    except FaultyStructure as error:
        raise FaultyBank(name, [str(error)]) from error
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise FaultyBank(
            name, [_("line %(line)s, column %(column)s: this is no JSON any more") % place]
        ) from error
    except (ValueError, RecursionError) as error:
        raise FaultyBank(name, [_("is no JSON in UTF-8")]) from error
    if not isinstance(table, dict):
        raise FaultyBank(name, [_("line 1: an object with “items” is expected")])
    return table


def _rows(items: Any, instrument: Instrument, faults: list[str]) -> Iterator[Row]:
    if not isinstance(items, list) or not items:
        faults.append(_("has no list “items” with at least one item"))
        return
    if len(items) > _MOST_ITEMS:
        faults.append(_("has more than %(count)s items") % {"count": _MOST_ITEMS})
        return
    known = {value.code for value in classifiers.values_of(Kind.DIGCOMP_COMPETENCE)}
    codes: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        where = _("item %(number)s") % {"number": number}
        if not isinstance(item, dict):
            faults.append(f"{where}: " + _("is no object"))
            continue
        if "line" in item:
            where = _("line %(line)s") % {"line": item["line"]} + f", {where}"
        before = len(faults)
        if "condition" in item:
            condition = {"condition": str(item["condition"])[:80]}
            said = _("every item of a bank is asked, so conditions (“%(condition)s”) cannot be") % condition
            faults.append(f"{where}: {said}")
        row = _row(item, where, instrument, known, faults)
        if row.code and codes.setdefault(row.code, number) != number:
            earlier = {"code": row.code, "number": codes[row.code]}
            said = _("the code “%(code)s” stands at item %(number)s already") % earlier
            faults.append(f"{where}: {said}")
        if len(faults) == before:
            yield row


def _row(item: dict[str, Any], where: str, instrument: Instrument, known: set[str], faults: list[str]) -> Row:
    code = str(item.get("code") or item.get("n") or "")
    if not code or len(code) > 40 or _UNKEPT.search(code):
        faults.append(f"{where}: " + _("a code of at most 40 characters is needed"))
    competence, dimension, allowed = _measured(item, where, instrument, known, faults)
    scale = item.get("scale")
    if scale not in allowed:
        said = _("the scale is missing or is none of %(known)s") % {"known": ", ".join(allowed)}
        faults.append(f"{where}: {said}")
        scale = Scale.SKILL
    reverse = item.get("reverse", False)
    if not isinstance(reverse, bool):
        faults.append(f"{where}: " + _("“reverse” is true or false"))
    level = item.get("level")
    if (instrument is Instrument.LEVEL) != (level is not None) or level not in (None, 1, 2, 3):
        said = _("questions of the level test, and no others, have a “level” from 1 to 3")
        faults.append(f"{where}: {said}")
    options, right = _choice(item, where, Scale(scale), faults)
    return Row(
        code=code,
        scale=Scale(scale),
        text_lv=_text(item, "text_lv", where, faults),
        text_en=_text(item, "text_en", where, faults) if item.get("text_en") else "",
        competence=competence,
        dimension=dimension,
        reverse=bool(reverse),
        options=options,
        right=right,
        level=level,
    )


def _measured(
    item: dict[str, Any], where: str, instrument: Instrument, known: set[str], faults: list[str]
) -> tuple[str, str, list[str]]:
    """What the item measures, as a competence or as another dimension, and the scales that it may have."""
    if instrument in DIMENSIONS:
        dimension = item.get("dimension")
        dimensions = DIMENSIONS[instrument]
        if not isinstance(dimension, str) or dimension not in dimensions:
            said = _("the dimension is missing or is none of %(known)s") % {"known": ", ".join(dimensions)}
            faults.append(f"{where}: {said}")
            return "", "", sorted({scale.value for scale in dimensions.values()})
        return "", dimension, [dimensions[dimension].value]
    competence = f"dccomp-{str(item.get('competence', '')).replace('.', '-')}"
    if competence not in known:
        given = {"given": str(item.get("competence", ""))[:80]}
        faults.append(f"{where}: " + _("“%(given)s” is no competence of DigComp") % given)
    return competence, "", [scale.value for scale in Scale if scale in SCALES[instrument]]


def _choice(
    item: dict[str, Any], where: str, scale: Scale, faults: list[str]
) -> tuple[tuple[Option, ...], int | None]:
    """The options of a choice with the place of the right one; nothing for another scale."""
    given, right = item.get("options"), item.get("right")
    if scale is not Scale.CHOICE:
        if given is not None or right is not None:
            faults.append(f"{where}: " + _("only a choice has “options” and “right”"))
        return (), None
    if not isinstance(given, list) or not 2 <= len(given) <= _MOST_OPTIONS:
        said = _("a choice has 2 to %(most)s “options”") % {"most": _MOST_OPTIONS}
        faults.append(f"{where}: {said}")
        return (), None
    if type(right) is not int or not 0 <= right < len(given):
        faults.append(f"{where}: " + _("“right” is the place of the right option, from 0"))
        return (), None
    options = []
    for place, option in enumerate(given):
        at = f"{where}, " + _("option %(place)s") % {"place": place}
        if not isinstance(option, dict):
            faults.append(f"{at}: " + _("is no object"))
            continue
        english = _text(option, "en", at, faults) if option.get("en") else ""
        options.append(Option(_text(option, "lv", at, faults), english))
    if len({option.lv for option in options}) < len(options):
        faults.append(f"{where}: " + _("two options read the same"))
    return tuple(options), right


def _text(table: dict[str, Any], key: str, where: str, faults: list[str]) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        faults.append(f"{where}: " + _("“%(key)s” is missing") % {"key": key})
        return ""
    if len(text) > _LONGEST_TEXT or _UNKEPT.search(text):
        about = {"key": key, "most": _LONGEST_TEXT}
        said = _("“%(key)s” is longer than %(most)s characters or holds one that cannot be kept") % about
        faults.append(f"{where}: {said}")
        return ""
    return text.strip()
