"""Somebody who has taken the tests again and again, and sees what a year has changed."""

from typing import Final

from stars.assessments import operations as assessments
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item
from stars.assessments.queries import offered_bank
from stars.assessments.scoring import HIGHEST
from stars.classifiers.enums import Kind
from stars.demo.story.stage import Stage
from stars.people import operations as people
from stars.people.models import Person

# Days from today, the earliest first.
_SKILLS_ON: Final = (-350, -180, -14)
_SELF_ON: Final = {Instrument.WORK_VALUES: -120, Instrument.GROWTH: -45}
_UNCLEAR_EVERY: Final = 23
# She has learned much about everything but making content.
_STILL_WEAK: Final = f"{Kind.DIGCOMP_COMPETENCE.prefix}3-"


def tell(stage: Stage, person: Person) -> None:
    """Three times the digital skills, once what she is like and wants: whichever tests are offered here."""
    for time, day in enumerate(_SKILLS_ON):
        _take(stage, person, Instrument.DIGITAL_SKILLS, day, time)
    for instrument, day in _SELF_ON.items():
        _take(stage, person, instrument, day, 0)


def _take(stage: Stage, person: Person, instrument: Instrument, day: int, time: int) -> None:
    if offered_bank(instrument) is None:
        return
    by = people.actor_of(person)
    with stage.on(day, 19):
        attempt = assessments.start(instrument, by=by)
        assessments.answer(attempt, _answers(attempt, time), by=by)
    with stage.on(day, 20):
        assessments.finish(attempt, by=by)


def _answers(attempt: Attempt, time: int) -> dict[str, int | None]:
    items = Item.objects.in_bulk(attempt.asked)
    return {
        item.code: _skill(item, place, time) if item.competence_id else _statement(item, place)
        for place, item in enumerate((items[key] for key in attempt.asked), start=1)
    }


def _skill(item: Item, place: int, time: int) -> int | None:
    """More each time; how much to begin with depends on the competence."""
    if place % _UNCLEAR_EVERY == 0 and time == 0:
        return None
    competence = item.competence_id or ""
    start = sum(int(sign) for sign in competence if sign.isdigit()) % 3
    known = (start + 2 * time + place % 2) // 2
    return _turned(item, known - (time > 0 and competence.startswith(_STILL_WEAK)))


def _statement(item: Item, place: int) -> int:
    """Each trait and value has its own strength, its statements differ a little."""
    return _turned(item, 1 + len(item.dimension) % 3 + place % 2)


def _turned(item: Item, agreeing: int) -> int:
    """The answer that says as much, whichever way the statement is put."""
    highest = HIGHEST[Scale(item.scale)]
    value = min(max(agreeing, 0), highest)
    return highest - value if item.reverse else value
