"""Taking a test: begin, answer one by one, finish."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Answer, Attempt, Item, ItemBank, Result
from stars.assessments.operations.results import NothingOffered, result_of, rules_in_force
from stars.assessments.operations.selecting import selected_for
from stars.assessments.scoring import HIGHEST
from stars.audit import operations as audit
from stars.catalogue.models import Programme
from stars.common import clock
from stars.people.models import Person


class NotTheirs(Exception):
    """There is no such attempt of this person."""


class Finished(Exception):
    """The attempt was finished and takes no more answers."""


class NoSuchItem(Exception):
    """The attempt does not ask the item."""


class OffScale(ValueError):
    """The answer does not lie on the item's scale."""


class Unanswered(Exception):
    """Items are left; `left` holds their codes in the order of the bank."""

    def __init__(self, left: list[str]) -> None:
        super().__init__(", ".join(left))
        self.left = left


@transaction.atomic
def start(instrument: Instrument, *, by: Actor, programme: Programme | None = None) -> Attempt:
    """The person's open attempt at the test, or a new one at the bank that is offered; a double click opens one.

    An attempt that was begun with an older bank is finished with it. `programme` is the one that somebody wants to apply
    for; the last one named counts. Raises `NothingOffered`, `NotTheirs` (nobody is signed in).
    """
    by.must(Permission.TEST_TAKE)
    if by.person_id is None:
        raise NotTheirs
    person = Person.objects.select_for_update().get(pk=by.person_id)
    going_on = Attempt.objects.filter(person=person, bank__instrument=instrument, finished_at__isnull=True)
    if attempt := going_on.order_by("pk").first():
        if programme is not None and attempt.programme_id != programme.pk:
            attempt.programme = programme
            attempt.save(update_fields=["programme"])
        return attempt
    bank = ItemBank.objects.filter(
        instrument=instrument, published_at__isnull=False, retired_at__isnull=True
    ).first()
    if bank is None:
        raise NothingOffered
    attempt = Attempt(person=person, bank=bank, programme=programme, started_at=clock.now())
    if instrument is Instrument.LEVEL:
        rules_in_force()
        attempt.asked = selected_for(attempt)
    else:
        attempt.asked = list(bank.items.order_by("position").values_list("pk", flat=True))
    attempt.save()
    return attempt


@transaction.atomic
def answer(attempt: Attempt, values: Mapping[str, int | None], *, by: Actor) -> None:
    """Keep answers by the items' codes, one or a whole page; a later answer replaces the earlier.

    None means "not clear to me". Raises `NotTheirs`, `Finished`, `NoSuchItem`, `OffScale`; then nothing is kept.
    """
    by.must(Permission.TEST_TAKE)
    attempt = _locked(Q(pk=attempt.pk), by=by)
    items = {item.code: item for item in Item.objects.filter(pk__in=attempt.asked, code__in=values)}
    _keep(attempt, items, values)


@transaction.atomic
def answer_page(public_id: UUID, values: Mapping[int, int | None], *, by: Actor) -> None:
    """The same for a page of the test, which names the attempt by its address and the items by their keys."""
    by.must(Permission.TEST_TAKE)
    attempt = _locked(Q(public_id=public_id), by=by)
    items = Item.objects.in_bulk(set(values) & set(attempt.asked))
    _keep(attempt, items, values)


@transaction.atomic
def finish(attempt: Attempt, *, by: Actor) -> Result:
    """Close the attempt and keep its result; every item needs an answer, be it "not clear to me".

    Finishing again gives the result there is. Raises `NotTheirs`, `Unanswered`.
    """
    by.must(Permission.TEST_TAKE)
    try:
        attempt = _locked(Q(pk=attempt.pk), by=by)
    except Finished:
        return Result.objects.get(attempt=attempt)
    found = Item.objects.filter(pk__in=attempt.asked).select_related("competence", "bank").in_bulk()
    items = [found[key] for key in attempt.asked]
    values = dict(Answer.objects.filter(attempt=attempt).values_list("item_id", "value"))
    if left := [item.code for item in items if item.pk not in values]:
        raise Unanswered(left)
    # What was begun is finished, also when the thresholds were retired meanwhile.
    is_level = items[0].bank.instrument == Instrument.LEVEL
    result = result_of(attempt, items, values, rules=rules_in_force(also_retired=True) if is_level else None)
    attempt.finished_at = clock.now()
    attempt.save(update_fields=["finished_at"])
    result.save()
    audit.record("test.finished", by=by, subject="attempt", subject_id=attempt.public_id)
    return result


def note_foreign_look(public_id: UUID, *, by: Actor) -> None:
    """Somebody asked for an attempt that is not theirs."""
    audit.record("test.refused-look", by=by, subject="attempt", subject_id=public_id)


def _locked(which: Q, *, by: Actor) -> Attempt:
    locked = Attempt.objects.select_for_update().filter(which).first()
    if locked is None or locked.person_id != by.person_id:
        raise NotTheirs
    if locked.finished_at is not None:
        raise Finished
    return locked


def _keep(attempt: Attempt, items: Mapping[Any, Item], values: Mapping[Any, int | None]) -> None:
    if unknown := sorted(set(values) - set(items)):
        raise NoSuchItem(", ".join(map(str, unknown)))
    for key, value in values.items():
        if value is not None and not 0 <= value <= _highest(items[key]):
            raise OffScale(f"an answer to {key} lies between 0 and {_highest(items[key])}")
    at = clock.now()
    Answer.objects.bulk_create(
        [
            Answer(attempt=attempt, item=items[key], value=value, answered_at=at)
            for key, value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["attempt", "item"],
        update_fields=["value", "answered_at"],
    )


def _highest(item: Item) -> int:
    return len(item.options) - 1 if item.scale == Scale.CHOICE else HIGHEST[Scale(item.scale)]
