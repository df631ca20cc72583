"""Loading and publishing banks of items."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.assessments.bank_files import BankFile
from stars.assessments.models import Item, ItemBank
from stars.assessments.operations.publishing import AlreadyPublished, publish
from stars.audit import operations as audit

__all__ = ["AlreadyPublished", "load_bank", "publish_bank"]


@transaction.atomic
def load_bank(file: BankFile, *, by: Actor) -> ItemBank:
    """Keep a checked file as the next version of its test, unpublished; the same file again gives the bank there is."""
    by.must(Permission.TEST_MANAGE)
    versions = ItemBank.objects.select_for_update().filter(instrument=file.instrument)
    known = {bank.digest: bank for bank in versions.order_by("version")}
    if file.digest in known:
        return known[file.digest]
    highest = max((bank.version for bank in known.values()), default=0)
    bank = ItemBank.objects.create(
        instrument=file.instrument,
        version=highest + 1,
        title_lv=file.title_lv,
        title_en=file.title_en,
        framework=file.framework,
        source=file.source,
        digest=file.digest,
    )
    Item.objects.bulk_create(
        Item(
            bank=bank,
            code=row.code,
            position=position,
            competence_id=row.competence or None,
            dimension=row.dimension,
            scale=row.scale,
            reverse=row.reverse,
            text_lv=row.text_lv,
            text_en=row.text_en,
            options=[{"lv": option.lv, "en": option.en} for option in row.options],
            right=row.right,
            level=row.level,
        )
        for position, row in enumerate(file.rows, start=1)
    )
    details = {"version": bank.version, "items": len(file.rows)}
    audit.record("test-bank.loaded", by=by, subject="item-bank", subject_id=bank.pk, details=details)
    return bank


@transaction.atomic
def publish_bank(bank: ItemBank, *, by: Actor) -> ItemBank:
    """Offer the bank from now on; the one offered so far is retired. Raises `AlreadyPublished`."""
    by.must(Permission.TEST_MANAGE)
    banks = ItemBank.objects.select_for_update().filter(instrument=bank.instrument).order_by("pk")
    bank = publish(banks, key=bank.pk)
    audit.record("test-bank.published", by=by, subject="item-bank", subject_id=bank.pk)
    return bank
