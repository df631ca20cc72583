"""Taking a test: begin, answer one by one, finish. And loading and publishing banks of items."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.assessments.bank_files import BankFile
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Answer, Attempt, Item, ItemBank, Result
from stars.assessments.scoring import HIGHEST, VERSION, Marked, Score, Scored, score
from stars.audit import operations as audit
from stars.common import clock
from stars.people.models import Person


class NothingOffered(Exception):
    """No bank of the test is published."""


class NotTheirs(Exception):
    """There is no such attempt of this person."""


class Finished(Exception):
    """The attempt was finished and takes no more answers."""


class NoSuchItem(Exception):
    """The item is not of the bank that the attempt asks."""


class Unanswered(Exception):
    """Items are left; `left` holds their codes in the order of the bank."""

    def __init__(self, left: list[str]) -> None:
        super().__init__(", ".join(left))
        self.left = left


class AlreadyPublished(Exception):
    """The bank was published before."""


@transaction.atomic
def start(instrument: Instrument, *, by: Actor) -> Attempt:
    """The person's open attempt at the test, or a new one at the bank that is offered; a double click opens one.

    An attempt that was begun with an older bank is finished with it. Raises `NothingOffered`, `NotTheirs` (nobody is
    signed in).
    """
    by.must(Permission.TEST_TAKE)
    if by.person_id is None:
        raise NotTheirs
    person = Person.objects.select_for_update().get(pk=by.person_id)
    going_on = Attempt.objects.filter(person=person, bank__instrument=instrument, finished_at__isnull=True)
    if attempt := going_on.order_by("pk").first():
        return attempt
    bank = ItemBank.objects.filter(
        instrument=instrument, published_at__isnull=False, retired_at__isnull=True
    ).first()
    if bank is None:
        raise NothingOffered
    return Attempt.objects.create(person=person, bank=bank, started_at=clock.now())


@transaction.atomic
def answer(attempt: Attempt, values: Mapping[str, int | None], *, by: Actor) -> None:
    """Keep answers by the items' codes, one or a whole page; a later answer replaces the earlier.

    None means "not clear to me". Raises `NotTheirs`, `Finished`, `NoSuchItem`, and ValueError for a value off the scale;
    then nothing is kept.
    """
    by.must(Permission.TEST_TAKE)
    attempt = _locked(attempt, by=by)
    if any(value is not None and not 0 <= value <= HIGHEST for value in values.values()):
        raise ValueError(f"an answer lies between 0 and {HIGHEST}")
    items = dict(Item.objects.filter(bank=attempt.bank_id, code__in=values).values_list("code", "pk"))
    if unknown := sorted(set(values) - set(items)):
        raise NoSuchItem(", ".join(unknown))
    at = clock.now()
    Answer.objects.bulk_create(
        [
            Answer(attempt=attempt, item_id=items[code], value=value, answered_at=at)
            for code, value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["attempt", "item"],
        update_fields=["value", "answered_at"],
    )


@transaction.atomic
def finish(attempt: Attempt, *, by: Actor) -> Result:
    """Close the attempt and keep its result; every item needs an answer, be it "not clear to me".

    Finishing again gives the result there is. Raises `NotTheirs`, `Unanswered`.
    """
    by.must(Permission.TEST_TAKE)
    try:
        attempt = _locked(attempt, by=by)
    except Finished:
        return Result.objects.get(attempt=attempt)
    items = list(Item.objects.filter(bank=attempt.bank_id).select_related("competence").order_by("position"))
    values = dict(Answer.objects.filter(attempt=attempt).values_list("item_id", "value"))
    if left := [item.code for item in items if item.pk not in values]:
        raise Unanswered(left)
    scored = score(_marked(item, values[item.pk]) for item in items)
    attempt.finished_at = clock.now()
    attempt.save(update_fields=["finished_at"])
    result = Result.objects.create(
        attempt=attempt,
        scoring_version=VERSION,
        percent=scored.overall.percent,
        band=scored.overall.band or "",
        straight=scored.straight,
        scores=_plain(scored),
    )
    audit.record("test.finished", by=by, subject="attempt", subject_id=attempt.public_id)
    return result


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
            competence_id=row.competence,
            scale=row.scale,
            reverse=row.reverse,
            text_lv=row.text_lv,
            text_en=row.text_en,
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
    locked = {each.pk: each for each in banks}
    bank = locked[bank.pk]
    if bank.published_at is not None:
        raise AlreadyPublished
    at = clock.now()
    for each in locked.values():
        if each.published_at is not None and each.retired_at is None:
            each.retired_at = at
            each.save(update_fields=["retired_at"])
    bank.published_at = at
    bank.save(update_fields=["published_at"])
    audit.record("test-bank.published", by=by, subject="item-bank", subject_id=bank.pk)
    return bank


def _locked(attempt: Attempt, *, by: Actor) -> Attempt:
    locked = Attempt.objects.select_for_update().filter(pk=attempt.pk).first()
    if locked is None or locked.person_id != by.person_id:
        raise NotTheirs
    if locked.finished_at is not None:
        raise Finished
    return locked


def _marked(item: Item, value: int | None) -> Marked:
    competence = item.competence
    return Marked(competence.code, competence.parent_id or "", Scale(item.scale), value, item.reverse)


def _plain(scored: Scored) -> dict[str, Any]:
    def plain(scores: Mapping[str, Score]) -> dict[str, list[int]]:
        return {code: [each.points, each.answered, each.asked] for code, each in scores.items()}

    return {
        "areas": plain(scored.areas),
        "competences": plain(scored.competences),
        "scales": plain(scored.scales),
    }
