"""Reading a file with a bank of items: all of it is checked before anything is kept.

JSON as one object: `instrument` (when it is not the test of digital skills), `title_lv`, `title_en`, `framework`,
`source`, and `items`, each with `code`, `competence` ("1.1") or `dimension`, `scale`, `text_lv`, and if wanted
`text_en` and `reverse`. A choice has `options`, each with `lv` and `en`, and the place of the `right` one from 0;
questions of the level test have their `level`. Files that number their items with `n` instead of `code` are read too.
A LimeSurvey structure (.lss) is read by `limesurvey`, and then checked alike.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stars.assessments.enums import DIMENSIONS, SCALES, Instrument, Scale
from stars.assessments.limesurvey import FaultyStructure, read_structure
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind

LARGEST_BYTES = 50 * 1024 * 1024
_LONGEST_TEXT = 600
_MOST_OPTIONS = 8


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
    if path.stat().st_size > LARGEST_BYTES:
        raise FaultyBank(path.name, [f"larger than {LARGEST_BYTES // 1024 // 1024} MB"])
    content = path.read_bytes()
    table = _parsed(path, content)
    if source:
        table = {**table, "source": source}
    faults: list[str] = []
    instrument = table.get("instrument", Instrument.DIGITAL_SKILLS.value)
    if instrument not in Instrument.values:
        raise FaultyBank(path.name, [f"the instrument is none of {', '.join(Instrument.values)}"])
    rows = tuple(_rows(table.get("items"), Instrument(instrument), faults))
    shown_source = _text(table, "source", "the bank", faults)
    if faults:
        raise FaultyBank(path.name, faults)
    return BankFile(
        instrument=Instrument(instrument),
        title_lv=str(table.get("title_lv") or path.stem)[:200],
        title_en=str(table.get("title_en") or "")[:200],
        framework=str(table.get("framework") or "DigComp 2.2")[:40],
        source=shown_source,
        digest=hashlib.sha256(content).hexdigest(),
        rows=rows,
    )


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    name = path.name
    try:
        table = read_structure(content) if path.suffix.lower() == ".lss" else json.loads(content)
    except FaultyStructure as error:
        raise FaultyBank(name, [str(error)]) from error
    except json.JSONDecodeError as error:
        raise FaultyBank(name, [f"line {error.lineno}: {error.msg}"]) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise FaultyBank(name, ["is no JSON in UTF-8"]) from error
    if not isinstance(table, dict):
        raise FaultyBank(name, ["line 1: an object with “items” is expected"])
    return table


def _rows(items: Any, instrument: Instrument, faults: list[str]) -> Iterator[Row]:
    if not isinstance(items, list) or not items:
        faults.append("has no list “items” with at least one item")
        return
    known = {value.code for value in classifiers.values_of(Kind.DIGCOMP_COMPETENCE)}
    codes: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        where = f"item {number}"
        if not isinstance(item, dict):
            faults.append(f"{where}: is no object")
            continue
        if "line" in item:
            where = f"line {item['line']}, {where}"
        before = len(faults)
        if "condition" in item:
            faults.append(
                f"{where}: every item of a bank is asked, so conditions (“{str(item['condition'])[:80]}”) cannot be"
            )
        row = _row(item, where, instrument, known, faults)
        if row.code and codes.setdefault(row.code, number) != number:
            faults.append(f"{where}: the code “{row.code}” stands at item {codes[row.code]} already")
        if len(faults) == before:
            yield row


def _row(item: dict[str, Any], where: str, instrument: Instrument, known: set[str], faults: list[str]) -> Row:
    code = str(item.get("code") or item.get("n") or "")
    if not code or len(code) > 40:
        faults.append(f"{where}: a code of at most 40 characters is needed")
    competence, dimension, allowed = _measured(item, where, instrument, known, faults)
    scale = item.get("scale")
    if scale not in allowed:
        faults.append(f"{where}: the scale is missing or is none of {', '.join(allowed)}")
        scale = Scale.SKILL
    reverse = item.get("reverse", False)
    if not isinstance(reverse, bool):
        faults.append(f"{where}: “reverse” is true or false")
    level = item.get("level")
    if (instrument is Instrument.LEVEL) != (level is not None) or level not in (None, 1, 2, 3):
        faults.append(f"{where}: questions of the level test, and no others, have a “level” from 1 to 3")
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
            faults.append(f"{where}: the dimension is missing or is none of {', '.join(dimensions)}")
            return "", "", sorted({scale.value for scale in dimensions.values()})
        return "", dimension, [dimensions[dimension].value]
    competence = f"dccomp-{str(item.get('competence', '')).replace('.', '-')}"
    if competence not in known:
        faults.append(f"{where}: “{item.get('competence', '')}” is no competence of DigComp")
    return competence, "", [scale.value for scale in Scale if scale in SCALES[instrument]]


def _choice(
    item: dict[str, Any], where: str, scale: Scale, faults: list[str]
) -> tuple[tuple[Option, ...], int | None]:
    """The options of a choice with the place of the right one; nothing for another scale."""
    given, right = item.get("options"), item.get("right")
    if scale is not Scale.CHOICE:
        if given is not None or right is not None:
            faults.append(f"{where}: only a choice has “options” and “right”")
        return (), None
    if not isinstance(given, list) or not 2 <= len(given) <= _MOST_OPTIONS:
        faults.append(f"{where}: a choice has 2 to {_MOST_OPTIONS} “options”")
        return (), None
    if type(right) is not int or not 0 <= right < len(given):
        faults.append(f"{where}: “right” is the place of the right option, from 0")
        return (), None
    options = []
    for place, option in enumerate(given):
        at = f"{where}, option {place}"
        if not isinstance(option, dict):
            faults.append(f"{at}: is no object")
            continue
        english = _text(option, "en", at, faults) if option.get("en") else ""
        options.append(Option(_text(option, "lv", at, faults), english))
    if len({option.lv for option in options}) < len(options):
        faults.append(f"{where}: two options read the same")
    return tuple(options), right


def _text(table: dict[str, Any], key: str, where: str, faults: list[str]) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        faults.append(f"{where}: “{key}” is missing")
        return ""
    if len(text) > _LONGEST_TEXT or "\0" in text:
        faults.append(f"{where}: “{key}” is longer than {_LONGEST_TEXT} characters or holds a null character")
    return text.strip()
