"""Bringing the lists in the database up to the files beside this one."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.classifiers import queries
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue

DATA = Path(__file__).parent / "data"

_FIELDS = ("kind", "name_lv", "name_en", "parent_id", "position", "valid_from", "valid_until", "trait")
# What a rule needs to know of a value is called by its own name in each file.
_TRAITS = ("group", "isced", "level")
_KEYS = {"code", "lv", "en", "parent", "valid_from", "valid_until", *_TRAITS}


class FaultyFile(ValueError):
    """A file of values that cannot be loaded; the message names the file and the value."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in numbers of values."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def load(folder: Path = DATA, *, by: Actor = SYSTEM) -> Loaded:
    """Add and correct values as the folder's TOML files give them; what they do not name stays as it is.

    A second load of the same files changes nothing. Raises `FaultyFile` before anything is written.
    """
    by.must(Permission.CATALOGUE_MANAGE)
    wanted = _read(folder)
    known = {value.code: value for value in ClassifierValue.objects.select_for_update()}
    _must_have_parents(wanted, known)
    added = [value for value in wanted if value.code not in known]
    changed = [value for value in wanted if value.code in known and _differ(value, known[value.code])]
    # Foreign keys are checked when the transaction ends, so children may come before their parents.
    ClassifierValue.objects.bulk_create(added)
    ClassifierValue.objects.bulk_update(changed, _FIELDS)
    if added or changed:
        details = {"added": len(added), "changed": [value.code for value in changed]}
        audit.record("classifiers.loaded", by=by, subject="classifiers", details=details)
    transaction.on_commit(queries.forget)
    queries.forget()
    return Loaded(len(added), len(changed), len(wanted) - len(added) - len(changed))


def _read(folder: Path) -> list[ClassifierValue]:
    values = [value for path in sorted(folder.glob("*.toml")) for value in _read_file(path)]
    codes = [value.code for value in values]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise FaultyFile(f"given twice: {', '.join(sorted(twice))}")
    return values


def _read_file(path: Path) -> Iterator[ClassifierValue]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        kind = Kind(table["kind"])
        rows: list[dict[str, Any]] = table["value"]
    except (ValueError, KeyError) as error:
        raise FaultyFile(f"{path.name}: {error}") from error
    for position, row in enumerate(rows, start=1):
        yield _value(path, kind, position, row)


def _value(path: Path, kind: Kind, position: int, row: dict[str, Any]) -> ClassifierValue:
    code = row.get("code", "")
    if not isinstance(code, str) or not code.startswith(kind.prefix) or code == kind.prefix:
        raise FaultyFile(f"{path.name}, value {position}: code {code!r} does not begin with {kind.prefix!r}")
    if not row.get("lv") or not row.get("en") or not set(row) <= _KEYS:
        raise FaultyFile(f"{path.name}, {code}: names in both languages and known keys only")
    return ClassifierValue(
        code=code,
        kind=kind.value,
        name_lv=row["lv"],
        name_en=row["en"],
        parent_id=row.get("parent"),
        position=position,
        valid_from=_day(path, code, row.get("valid_from")),
        valid_until=_day(path, code, row.get("valid_until")),
        trait=str(next((row[name] for name in _TRAITS if name in row), "")),
    )


def _day(path: Path, code: str, day: object) -> date | None:
    if day is None or type(day) is date:
        return day
    raise FaultyFile(f"{path.name}, {code}: {day!r} is no date")


def _must_have_parents(wanted: list[ClassifierValue], known: dict[str, ClassifierValue]) -> None:
    codes = {value.code for value in wanted} | known.keys()
    orphans = [value.code for value in wanted if value.parent_id and value.parent_id not in codes]
    if orphans:
        raise FaultyFile(f"the parent does not exist: {', '.join(orphans)}")


def _differ(one: ClassifierValue, other: ClassifierValue) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in _FIELDS)
