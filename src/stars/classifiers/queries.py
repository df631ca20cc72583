"""Reading the lists. They are small and change rarely, so each process keeps them for a moment."""

from collections.abc import Iterable

from django.core.cache import cache
from django.utils.translation import get_language

from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue
from stars.common import clock

_KEEP_SECONDS = 60


def values_of(kind: Kind) -> list[ClassifierValue]:
    """All values of the list, closed ones too, in their order."""
    return list(_all_by_kind().get(kind.value, ()))


def choices(kind: Kind, *, keep: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a form offers today as (code, name); `keep` names closed values that the person already has."""
    today, kept = clock.today(), set(keep)
    return [
        (value.code, value.name)
        for value in values_of(kind)
        if value.code in kept
        or (
            (value.valid_from is None or value.valid_from <= today)
            and (value.valid_until is None or today <= value.valid_until)
        )
    ]


def by_code(code: str | None) -> ClassifierValue | None:
    """The value with this code, or None."""
    return _all_by_code().get(code or "")


def names(codes: Iterable[str]) -> list[str]:
    """Names of the codes in the page's language, in the order given; unknown codes are left out."""
    known = _all_by_code()
    return [known[code].name for code in codes if code in known]


def forget() -> None:
    """Drop what this process keeps: after a load, and between tests."""
    cache.delete_many(["classifiers:all"])


def _all() -> list[ClassifierValue]:
    values: list[ClassifierValue] | None = cache.get("classifiers:all")
    if not values:
        values = list(ClassifierValue.objects.order_by("kind", "position", "code"))
        cache.set("classifiers:all", values, _KEEP_SECONDS)
    return values


def _all_by_kind() -> dict[str, list[ClassifierValue]]:
    lists: dict[str, list[ClassifierValue]] = {}
    for value in _all():
        lists.setdefault(value.kind, []).append(value)
    return lists


def _all_by_code() -> dict[str, ClassifierValue]:
    return {value.code: value for value in _all()}


def language_key() -> str:
    """The language that names are given in now; part of the key of whatever is kept of them."""
    return get_language() or "lv"
