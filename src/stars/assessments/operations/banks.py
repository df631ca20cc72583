"""Loading, publishing, retiring and discarding banks of items."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.assessments.bank_files import BankFile
from stars.assessments.enums import Instrument
from stars.assessments.models import Item, ItemBank
from stars.assessments.operations.publishing import AlreadyPublished, one_at_a_time, publish, retire
from stars.assessments.scope import must_manage
from stars.audit import operations as audit


@transaction.atomic
def load_bank(file: BankFile, *, by: Actor) -> ItemBank:
    """Keep a checked file as the next version of its test, unpublished; the same file again gives the bank there is."""
    must_manage(file.instrument, by=by)
    one_at_a_time(ItemBank)
    versions = ItemBank.objects.filter(instrument=file.instrument)
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
def publish_bank(bank: ItemBank, *, instead_of: int | None = None, by: Actor) -> ItemBank:
    """Offer the bank from now on; the one offered so far is retired. Whoever is in the middle of it goes on with it.

    `instead_of` is the version that the actor saw as the offered one, 0 for none. Raises `DraftGone`,
    `AlreadyPublished`, `OfferChanged`.
    """
    must_manage(bank.instrument, by=by)
    banks = ItemBank.objects.select_for_update().filter(instrument=bank.instrument).order_by("pk")
    bank = publish(banks, key=bank.pk, instead_of=instead_of)
    audit.record("test-bank.published", by=by, subject="item-bank", subject_id=bank.pk)
    return bank


@transaction.atomic
def retire_bank(bank: ItemBank, *, by: Actor) -> ItemBank:
    """Offer the bank no more, without a successor: nobody begins the test until another version is published.

    Raises `NotOffered`.
    """
    must_manage(bank.instrument, by=by)
    bank = retire(ItemBank.objects.select_for_update().get(pk=bank.pk))
    audit.record("test-bank.retired", by=by, subject="item-bank", subject_id=bank.pk)
    return bank


@transaction.atomic
def discard_bank(instrument: Instrument, version: int, *, by: Actor) -> None:
    """Delete a draft with its items; twice is once. The next file takes its number: nobody was ever asked by it.

    One of our own comes back at the next start of an installation. Raises `AlreadyPublished`.
    """
    must_manage(instrument, by=by)
    bank = ItemBank.objects.select_for_update().filter(instrument=instrument, version=version).first()
    if bank is None:
        return
    if bank.published_at is not None:
        raise AlreadyPublished
    details = {"instrument": bank.instrument, "version": bank.version, "digest": bank.digest}
    audit.record("test-bank.discarded", by=by, subject="item-bank", subject_id=bank.pk, details=details)
    bank.delete()
