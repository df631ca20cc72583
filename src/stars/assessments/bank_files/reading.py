"""A file as a whole: its size, its form, what it says of the bank."""

import hashlib
import json
from pathlib import Path, PurePath
from typing import Any

from django.utils.translation import gettext as _

from stars.assessments.bank_files.items import rows_of
from stars.assessments.bank_files.json_banks import read_json
from stars.assessments.bank_files.limesurvey import FaultyStructure, read_structure
from stars.assessments.bank_files.texts import text_of
from stars.assessments.bank_files.values import BankFile, FaultyBank
from stars.assessments.enums import Instrument

# A thousand items with long texts in two languages are smaller.
LARGEST_BYTES = 5 * 1024 * 1024
_TITLES = ("title_lv", "title_en", "framework")


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
    rows = tuple(rows_of(table.get("items"), Instrument(instrument), faults))
    whole = _("the bank")
    shown_source = text_of(table, "source", whole, faults)
    titles = {key: text_of(table, key, whole, faults) if table.get(key) else "" for key in _TITLES}
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
