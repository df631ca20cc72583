"""Taking a test: begin, answer one by one, finish."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Answer, Attempt, Item, ItemBank, LevelRules, Result
from stars.assessments.operations.selecting import selected_for
from stars.assessments.scoring import HIGHEST, VERSION, Marked, Score, Scored, level_of, score
from stars.audit import operations as audit
from stars.catalogue.models import Programme
from stars.common import clock
from stars.people.models import Person


class NothingOffered(Exception):
    """No bank of the test is published, or no thresholds of its levels."""


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
        _rules()
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
    scored = score(_marked(item, values[item.pk]) for item in items)
    attempt.finished_at = clock.now()
    attempt.save(update_fields=["finished_at"])
    result = Result.objects.create(
        attempt=attempt,
        scoring_version=VERSION,
        straight=scored.straight,
        scores=_plain(scored),
        **_meaning(Instrument(items[0].bank.instrument), scored.overall),
    )
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


def _rules(*, also_retired: bool = False) -> LevelRules:
    """The thresholds that hold now; `also_retired`, where none do, those that held last."""
    published = LevelRules.objects.filter(published_at__isnull=False)
    if not also_retired:
        published = published.filter(retired_at__isnull=True)
    rules = published.order_by(F("retired_at").desc(nulls_first=True)).first()
    if rules is None:
        raise NothingOffered
    return rules


def _meaning(instrument: Instrument, overall: Score) -> dict[str, Any]:
    """What the whole comes to: a band, or a level. What people are like and want has no sum."""
    if instrument is Instrument.LEVEL:
        # Nothing clear at all is the beginning of the way.
        # What was begun is finished, also when the thresholds were retired meanwhile.
        percent, rules = overall.percent or 0, _rules(also_retired=True)
        level = level_of(percent, level_2_from=rules.level_2_from, level_3_from=rules.level_3_from)
        return {"percent": percent, "level": level, "rules": rules}
    if instrument is Instrument.DIGITAL_SKILLS:
        return {"percent": overall.percent, "band": overall.band or ""}
    return {}


def _marked(item: Item, value: int | None) -> Marked:
    competence = item.competence
    return Marked(
        scale=Scale(item.scale),
        value=value,
        competence=competence.code if competence else "",
        area=(competence.parent_id or "") if competence else "",
        dimension=item.dimension,
        reverse=item.reverse,
        right=item.right,
    )


def _plain(scored: Scored) -> dict[str, Any]:
    def plain(scores: Mapping[str, Score]) -> dict[str, list[int]]:
        return {code: [each.points, each.answered, each.asked] for code, each in scores.items()}

    return {
        "areas": plain(scored.areas),
        "competences": plain(scored.competences),
        "dimensions": plain(scored.dimensions),
        "scales": plain(scored.scales),
    }
