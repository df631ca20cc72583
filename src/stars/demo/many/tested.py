"""The tests that they have taken in the last year.

What each question was answered is left out: no page asks for it once a test is finished, and it would be thirty
thousand rows more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item, ItemBank, Result
from stars.assessments.operations import result_of, rules_in_force
from stars.assessments.queries import offered_bank
from stars.assessments.scoring import HIGHEST
from stars.assessments.selection import Candidate, select
from stars.demo.many.residents import Resident
from stars.people.models import Person

# Of a hundred people so many have taken it; the level test is taken by whoever learns basic skills.
_SHARES: Final = {Instrument.DIGITAL_SKILLS: 75, Instrument.WORK_VALUES: 30, Instrument.GROWTH: 30}
_LASTS: Final = timedelta(minutes=23)
# How much knows-it differs from question to question, and how often a question is not clear.
_NOISE: Final = 0.22
_UNCLEAR: Final = 0.02


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody takes a test at a moment."""

    who: Resident
    person: Person
    at: datetime


def take(instrument: Instrument, takings: Iterable[Taking], chance: Random) -> None:
    """Their attempts at the bank that is offered, finished, with results; nothing where none is offered."""
    bank = offered_bank(instrument)
    if bank is None:
        return
    items = list(bank.items.select_related("bank", "competence").order_by("position"))
    rules = rules_in_force() if instrument is Instrument.LEVEL else None
    attempts, results = [], []
    for taking in takings:
        asked = _asked(instrument, items, chance)
        attempt = _attempt(bank, taking, asked)
        attempts.append(attempt)
        results.append(result_of(attempt, asked, _answers(asked, taking.who.skill, chance), rules=rules))
    Attempt.objects.bulk_create(attempts)
    Result.objects.bulk_create(results)


def take_all(
    days: Mapping[UUID, datetime], people: Sequence[tuple[Resident, Person]], chance: Random
) -> None:
    """The tests about oneself, by so many of a hundred as usually take them; `days` are when, by person."""
    for instrument, share in _SHARES.items():
        chosen = [pair for pair in people if chance.randrange(100) < share]
        take(instrument, [Taking(who, person, days[person.pk]) for who, person in chosen], chance)


def _attempt(bank: ItemBank, taking: Taking, asked: Sequence[Item]) -> Attempt:
    return Attempt(
        person=taking.person,
        bank=bank,
        asked=[item.pk for item in asked],
        started_at=taking.at - _LASTS,
        finished_at=taking.at,
    )


def _asked(instrument: Instrument, items: list[Item], chance: Random) -> list[Item]:
    if instrument is not Instrument.LEVEL:
        return items
    found = {item.pk: item for item in items}
    candidates = [
        Candidate(
            item.pk,
            item.level or 1,
            (item.competence and item.competence.parent_id) or "",
            is_choice=item.scale == Scale.CHOICE,
        )
        for item in items
    ]
    return [found[key] for key in select(candidates, seed=chance.getrandbits(64))]


def _answers(items: Iterable[Item], skill: float, chance: Random) -> dict[int, int | None]:
    return {item.pk: _answer(item, skill, chance) for item in items}


def _answer(item: Item, skill: float, chance: Random) -> int | None:
    """More where somebody can do more, never the same twice; what the last level asks is harder."""
    if chance.random() < _UNCLEAR:
        return None
    if item.scale == Scale.CHOICE:
        known = chance.random() < skill - 0.15 * ((item.level or 2) - 2)
        return item.right if known else None
    highest = HIGHEST[Scale(item.scale)]
    # What people are like does not hang on what they can do, and each has another strength.
    level = skill if item.competence_id else 0.45 + 0.1 * (len(item.dimension) % 4)
    value = min(highest, max(0, round(highest * chance.gauss(level, _NOISE))))
    return highest - value if item.reverse else value
