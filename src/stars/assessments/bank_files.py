"""Reading a file with a bank of items: all of it is checked before anything is kept.

JSON as one object: `title_lv`, `title_en`, `framework`, `source`, and `items`, each with `code`, `competence` ("1.1"),
`scale` (knowledge, skill or attitude), `text_lv`, and if wanted `text_en` and `reverse`. Files that number their items
with `n` instead of `code` are read too. A LimeSurvey structure (.lss) is read by `limesurvey`, and then checked alike.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stars.assessments.enums import Instrument, Scale
from stars.assessments.limesurvey import FaultyStructure, read_structure
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind

LARGEST_BYTES = 50 * 1024 * 1024
_LONGEST_TEXT = 600


class FaultyBank(ValueError):
    """A file that cannot be a bank; `faults` holds one sentence for each reason, with the item's place."""

    def __init__(self, file: str, faults: list[str]) -> None:
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the file gives it; `competence` is the classifier's code."""

    code: str
    competence: str
    scale: Scale
    text_lv: str
    text_en: str
    reverse: bool


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
    rows = tuple(_rows(table.get("items"), faults))
    shown_source = _text(table, "source", "the bank", faults)
    if faults:
        raise FaultyBank(path.name, faults)
    return BankFile(
        instrument=Instrument.DIGITAL_SKILLS,
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


def _rows(items: Any, faults: list[str]) -> Iterator[Row]:
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
        row = _row(item, where, known, faults)
        if row.code and codes.setdefault(row.code, number) != number:
            faults.append(f"{where}: the code “{row.code}” stands at item {codes[row.code]} already")
        if len(faults) == before:
            yield row


def _row(item: dict[str, Any], where: str, known: set[str], faults: list[str]) -> Row:
    code = str(item.get("code") or item.get("n") or "")
    if not code or len(code) > 40:
        faults.append(f"{where}: a code of at most 40 characters is needed")
    competence = f"dccomp-{str(item.get('competence', '')).replace('.', '-')}"
    if competence not in known:
        faults.append(f"{where}: “{item.get('competence', '')}” is no competence of DigComp")
    scale = item.get("scale")
    if scale not in Scale.values:
        faults.append(f"{where}: the scale is missing or is none of {', '.join(Scale.values)}")
    reverse = item.get("reverse", False)
    if not isinstance(reverse, bool):
        faults.append(f"{where}: “reverse” is true or false")
    text_lv = _text(item, "text_lv", where, faults)
    text_en = _text(item, "text_en", where, faults) if item.get("text_en") else ""
    return Row(
        code,
        competence,
        Scale(scale) if scale in Scale.values else Scale.SKILL,
        text_lv,
        text_en,
        bool(reverse),
    )


def _text(table: dict[str, Any], key: str, where: str, faults: list[str]) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        faults.append(f"{where}: “{key}” is missing")
        return ""
    if len(text) > _LONGEST_TEXT or "\0" in text:
        faults.append(f"{where}: “{key}” is longer than {_LONGEST_TEXT} characters or holds a null character")
    return text.strip()
