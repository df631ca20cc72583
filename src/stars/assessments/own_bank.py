"""The platform's own bank of items, loaded at every start of an installation."""

from pathlib import Path

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.assessments import operations
from stars.assessments.bank_files import read_bank
from stars.assessments.models import ItemBank

OWN_FILE = Path(__file__).parent / "data" / "digital_skills.json"


@transaction.atomic
def load_own_bank(file: Path = OWN_FILE, *, by: Actor = SYSTEM) -> ItemBank:
    """Keep our own items as a version, and publish it unless a bank from elsewhere is or was offered since.

    A version that was retired is not brought back.
    """
    bank_file = read_bank(file)
    bank = operations.load_bank(bank_file, by=by)
    elsewhere = ItemBank.objects.filter(instrument=bank.instrument, published_at__isnull=False).exclude(
        source=bank_file.source
    )
    if bank.published_at is None and not elsewhere.exists():
        bank = operations.publish_bank(bank, by=by)
    return bank
