"""Tests that somebody has taken, by the operations that people take them by."""

from collections.abc import Mapping
from datetime import timedelta

from stars.actors.actor import SYSTEM
from stars.assessments import operations
from stars.assessments.bank_files import BankFile, Option, Row
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Result
from stars.common import clock
from stars.people import operations as people
from stars.people.models import Person


def took_skills(person: Person, skills: Mapping[str, int | None], *, ago: int = 0) -> Result:
    """A finished test of digital skills so many days ago, with one item for each competence ("1.1"), each 0 to 3."""
    rows = tuple(
        Row(
            code=code,
            competence=f"dccomp-{code.replace('.', '-')}",
            scale=Scale.SKILL,
            text_lv="Es protu.",
        )
        for code in skills
    )
    return _took(person, _bank(Instrument.DIGITAL_SKILLS, rows), skills, ago)


def took_level(person: Person, *, level: int, ago: int = 0, valid_days: int = 30) -> Result:
    """A finished level test that came to the level; two questions, one for each level above the first."""
    rules = operations.draft_rules(level_2_from=40, level_3_from=80, valid_days=valid_days, by=SYSTEM)
    operations.publish_rules(rules, by=SYSTEM)
    options = (Option(lv="Nē", en="No"), Option(lv="Jā", en="Yes"))
    rows = tuple(
        Row(
            code=f"q{number}",
            competence="dccomp-1-1",
            scale=Scale.CHOICE,
            text_lv="Vai?",
            options=options,
            right=1,
            level=number,
        )
        for number in (1, 2)
    )
    return _took(person, _bank(Instrument.LEVEL, rows), {"q1": int(level > 1), "q2": int(level > 2)}, ago)


def _bank(instrument: Instrument, rows: tuple[Row, ...]) -> BankFile:
    digest = ",".join(row.code for row in rows)
    return BankFile(instrument, "Tests", "Test", "DigComp 2.2", "Our own", digest, rows)


def _took(person: Person, file: BankFile, values: Mapping[str, int | None], ago: int) -> Result:
    bank, by = operations.load_bank(file, by=SYSTEM), people.actor_of(person)
    if bank.published_at is None:
        operations.publish_bank(bank, by=SYSTEM)
    with clock.told(clock.now() - timedelta(days=ago)):
        attempt = operations.start(file.instrument, by=by)
        operations.answer(attempt, values, by=by)
        return operations.finish(attempt, by=by)
