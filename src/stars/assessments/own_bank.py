"""The platform's own banks of items and the first thresholds, loaded at every start of an installation."""

from pathlib import Path

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.assessments import operations
from stars.assessments.bank_files import read_bank
from stars.assessments.models import OWN_SOURCE, ItemBank, LevelRules

DATA = Path(__file__).parent / "data"
OWN_FILE = DATA / "digital_skills.json"
# What facts 1.4 propose; a year is ours. The agency publishes other versions.
_FIRST_RULES = {"level_2_from": 35, "level_3_from": 65, "valid_days": 365}


@transaction.atomic
def load_own_bank(file: Path = OWN_FILE, *, by: Actor = SYSTEM) -> ItemBank:
    """Keep our own items as a version, and publish it unless a bank from elsewhere is or was offered since.

    A version that was retired is not brought back.
    """
    bank_file = read_bank(file)
    bank = operations.load_bank(bank_file, by=by)
    elsewhere = ItemBank.objects.filter(instrument=bank.instrument, published_at__isnull=False).exclude(
        source__startswith=OWN_SOURCE
    )
    if bank.published_at is None and not elsewhere.exists():
        bank = operations.publish_bank(bank, by=by)
    return bank


@transaction.atomic
def load_own_banks(*, by: Actor = SYSTEM) -> list[ItemBank]:
    """Every bank that ships, one for each test; and thresholds of the level test where there never were any."""
    if not LevelRules.objects.exists():
        operations.publish_rules(operations.draft_rules(**_FIRST_RULES, by=by), by=by)
    return [load_own_bank(file, by=by) for file in sorted(DATA.glob("*.json"))]
