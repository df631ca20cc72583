"""What the simulated registers say: always the same about the same person.

The invented people of the sign-in simulator answer as their descriptions say. Everybody else is employed, of the age
that their code tells, and of no low-income household; a person whose serial is one of `Habit` makes the register
behave as it says.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from stars.common.person_codes import NotAPersonCode, PersonCodeKind, parse
from stars.integrations.identity.simulator.people import SimulatedPerson, invented_code, simulated_people
from stars.integrations.registers.types import Said

_NOT_EMPLOYED = frozenset({"unemployed-citizen", "minor"})
_LOW_INCOME = frozenset({"low-income-citizen"})
# Known to no register but the one that gave the technical code.
_FOREIGN = frozenset({"eidas-citizen"})
# Whoever has a new code had an old one; the population register knows both.
EARLIER_CODES: dict[str, tuple[str, ...]] = {
    "32000000000": (invented_code(date(1975, 2, 18), 778),),
}


class Habit(StrEnum):
    """Serials (digits 8 to 10 of a dated code) of invented people about whom a register behaves badly."""

    SLOW = "901"
    BROKEN = "902"
    IGNORANT = "903"
    FLAKY = "904"


def habit_of(person_code: str) -> Habit | None:
    """How the registers behave about this person; None: well."""
    serial = person_code[7:10]
    return Habit(serial) if serial in set(Habit) else None


def answer(path: str, asked: dict[str, object], *, today: date) -> dict[str, object] | None:
    """The answer to a question that is well put; None when it is not."""
    code = asked.get("person_code")
    if path not in _ANSWERS or not isinstance(code, str) or _kind(code, today) is None:
        return None
    try:
        on = date.fromisoformat(str(asked.get("on") or today))
    except ValueError:
        return None
    if habit_of(code) is Habit.IGNORANT:
        return {"answer": Said.UNKNOWN.value}
    return _ANSWERS[path](code, on, asked)


def _tax(code: str, on: date, asked: dict[str, object]) -> dict[str, object]:
    slug = _slug(code, on)
    if slug in _FOREIGN:
        return {"answer": Said.UNKNOWN.value}
    return _said(slug not in _NOT_EMPLOYED)


def _age(code: str, on: date, asked: dict[str, object]) -> dict[str, object]:
    at_least = asked.get("at_least")
    born = _birth_date(code, on)
    if not isinstance(at_least, int) or born is None:
        return {"answer": Said.UNKNOWN.value}
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return _said(age >= at_least)


def _social(code: str, on: date, asked: dict[str, object]) -> dict[str, object]:
    return _said(_slug(code, on) in _LOW_INCOME)


def _codes(code: str, on: date, asked: dict[str, object]) -> dict[str, object]:
    for later, earlier in EARLIER_CODES.items():
        if code == later or code in earlier:
            return {"codes": [*earlier, later]}
    return {"codes": [code]}


_ANSWERS: dict[str, Callable[[str, date, dict[str, object]], dict[str, object]]] = {
    "tax/employment": _tax,
    "population/age": _age,
    "population/codes": _codes,
    "social/low-income": _social,
}


def _said(is_so: bool) -> dict[str, object]:  # noqa: FBT001  one value, turned into words
    return {"answer": (Said.YES if is_so else Said.NO).value}


def _known(code: str, on: date) -> SimulatedPerson | None:
    return next((person for person in simulated_people(on) if person.person_code == code), None)


def _slug(code: str, on: date) -> str:
    person = _known(code, on)
    return person.slug if person else ""


def _birth_date(code: str, on: date) -> date | None:
    """From the code, from an earlier code of the person, or from what the sign-in says of them."""
    person = _known(code, on)
    if person is not None and person.birth_date is not None:
        return person.birth_date
    candidates = (code, *EARLIER_CODES.get(code, ()))
    read = [parse(candidate, on=on, technical=True).birth_date for candidate in candidates]
    return next((born for born in read if born is not None), None)


def _kind(code: str, on: date) -> PersonCodeKind | None:
    try:
        return parse(code, on=on, technical=True).kind
    except NotAPersonCode:
        return None
