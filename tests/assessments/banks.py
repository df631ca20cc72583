"""Small banks for tests about tests, and finished attempts without the way to them."""

from datetime import datetime
from typing import Any

from stars.actors.actor import SYSTEM
from stars.assessments import operations
from stars.assessments.bank_files import BankFile, Option, Row
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, ItemBank, LevelRules, Result
from stars.people.models import Person

CHOICE = Row(
    code="q1",
    scale=Scale.CHOICE,
    text_lv="Kura ir droša parole?",
    competence="dccomp-4-1",
    options=(Option("12345", ""), Option("garša un krāsa", "")),
    right=1,
    level=1,
)


def bank_file(digest: str = "a", *rows: Row, instrument: Instrument = Instrument.DIGITAL_SKILLS) -> BankFile:
    """A file with these rows, or with one statement."""
    found = rows or (Row(code="k1", scale=Scale.SKILL, text_lv="Es protu.", competence="dccomp-1-1"),)
    return BankFile(instrument, f"Tests {digest}", "", "DigComp 2.2", "STARS: pārbaude", digest, found)


def loaded(digest: str = "a", *rows: Row, instrument: Instrument = Instrument.DIGITAL_SKILLS) -> ItemBank:
    """A draft."""
    return operations.load_bank(bank_file(digest, *rows, instrument=instrument), by=SYSTEM)


def published(digest: str = "a", *rows: Row, instrument: Instrument = Instrument.DIGITAL_SKILLS) -> ItemBank:
    """What is offered."""
    return operations.publish_bank(loaded(digest, *rows, instrument=instrument), by=SYSTEM)


def thresholds(second: int = 35, third: int = 65, *, publish: bool = True) -> LevelRules:
    """A version of the level test's thresholds."""
    rules = operations.draft_rules(level_2_from=second, level_3_from=third, valid_days=365, by=SYSTEM)
    return operations.publish_rules(rules, by=SYSTEM) if publish else rules


def finished(person: Person, bank: ItemBank, at: datetime, **result: Any) -> Result:
    """An attempt that ended then with this result."""
    attempt = Attempt.objects.create(person=person, bank=bank, started_at=at, finished_at=at)
    scores = {"areas": {}, "competences": {}, "dimensions": {}, "scales": {}}
    values = {"scoring_version": 2, "straight": False, "scores": scores} | result
    return Result.objects.create(attempt=attempt, **values)
