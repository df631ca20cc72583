"""Reading the lists. They are small and change rarely, so each process keeps them for a moment."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue
from stars.common import clock

_KEEP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class _Lists:
    """Everything, as read at one moment."""

    read_at: float
    by_code: dict[str, ClassifierValue]
    by_kind: dict[str, list[ClassifierValue]]


class _Keeper:
    """What this process knows of the lists; threads may read it twice at once, which does no harm."""

    known: _Lists | None = None


def values_of(kind: Kind) -> list[ClassifierValue]:
    """All values of the list, closed ones too, in their order."""
    return list(_lists().by_kind.get(kind.value, ()))


def choices(kind: Kind, *, keep: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a form offers today as (code, name); `keep` names closed values that the person already has."""
    today, kept = clock.today(), set(keep)
    return [
        (value.code, value.name)
        for value in values_of(kind)
        if value.code in kept or value.is_valid_on(today)
    ]


def by_code(code: str | None) -> ClassifierValue | None:
    """The value with this code, or None."""
    return _lists().by_code.get(code or "")


def names(codes: Iterable[str]) -> list[str]:
    """Names of the codes in the page's language, in the order given; unknown codes are left out."""
    known = _lists().by_code
    return [known[code].name for code in codes if code in known]


def forget() -> None:
    """Drop what this process keeps: after a load, and between tests."""
    _Keeper.known = None


def _lists() -> _Lists:
    known = _Keeper.known
    if known is None or not known.by_code or time.monotonic() - known.read_at > _KEEP_SECONDS:
        known = _Keeper.known = _read()
    return known


def _read() -> _Lists:
    values = list(ClassifierValue.objects.order_by("kind", "position", "code"))
    by_kind: dict[str, list[ClassifierValue]] = {}
    for value in values:
        by_kind.setdefault(value.kind, []).append(value)
    return _Lists(time.monotonic(), {value.code: value for value in values}, by_kind)
