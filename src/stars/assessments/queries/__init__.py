"""Reads of tests: what is offered, what somebody began and finished, and the questions of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, Q, QuerySet
from django.utils import translation

from stars.actors.actor import Actor
from stars.assessments.advice import gaps
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Answer, Attempt, Item, ItemBank, LevelRules
from stars.assessments.scoring import read_scores
from stars.assessments.types import LEVEL_PAGE_SIZE, PAGE_SIZE, Given, Paper, Question
from stars.catalogue.recommendations import Gap


class NotYours(Exception):
    """The attempt exists and is somebody else's: the page answers 404, the audit remembers."""

    def __init__(self, public_id: UUID) -> None:
        super().__init__(public_id)
        self.public_id = public_id


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands with a test: what is offered, what is open, and the newest finished attempt."""

    instrument: Instrument
    bank: ItemBank | None
    going_on: Attempt | None
    latest: Attempt | None


def offered_bank(instrument: Instrument) -> ItemBank | None:
    """The bank that a new attempt would ask, with `items_count`."""
    return _offered().filter(instrument=instrument).first()


def standings(actor: Actor) -> dict[Instrument, Standing]:
    """Where the person stands with each test."""
    banks = {bank.instrument: bank for bank in _offered()}
    going_on = {attempt.bank.instrument: attempt for attempt in open_attempts(actor)}
    latest: dict[str, Attempt] = {}
    for attempt in (
        _attempts(actor)
        .filter(finished_at__isnull=False)
        .order_by("bank__instrument", "-finished_at", "-pk")
        .distinct("bank__instrument")
    ):
        latest[attempt.bank.instrument] = attempt
    return {
        each: Standing(each, banks.get(each), going_on.get(each), latest.get(each)) for each in Instrument
    }


def open_attempts(actor: Actor) -> list[Attempt]:
    """What the person began and did not finish, newest first, with `answered`."""
    return list(
        _attempts(actor)
        .filter(finished_at__isnull=True)
        .annotate(answered=Count("answers"))
        .order_by("-started_at", "-pk")
    )


def finished_attempts(actor: Actor, instrument: Instrument) -> QuerySet[Attempt]:
    """The person's finished attempts at a test with their results, newest first."""
    return (
        _attempts(actor)
        .filter(bank__instrument=instrument, finished_at__isnull=False)
        .select_related("result__rules")
        .order_by("-finished_at", "-pk")
    )


def gaps_for(actor: Actor) -> tuple[Gap, ...]:
    """Where the newest result of the digital skills test shows most room to grow; one statement."""
    newest = finished_attempts(actor, Instrument.DIGITAL_SKILLS).first()
    if newest is None:
        return ()
    result = newest.result
    return gaps(read_scores(result.scores["competences"]), is_straight=result.straight)


def own_attempt(actor: Actor, public_id: UUID) -> Attempt | None:
    """The attempt with its bank and, when finished, its result. Raises `NotYours`; None when there is no such one."""
    attempt = (
        Attempt.objects.select_related("bank", "result", "result__rules").filter(public_id=public_id).first()
    )
    if attempt is not None and attempt.person_id != actor.person_id:
        raise NotYours(public_id)
    return attempt


def paper_of(attempt: Attempt) -> Paper:
    """What the attempt asks, and the answers so far."""
    answers = Answer.objects.filter(attempt=attempt).values_list("item_id", "value", "answered_at")
    most = LEVEL_PAGE_SIZE if attempt.bank.instrument == Instrument.LEVEL else PAGE_SIZE
    return Paper(tuple(attempt.asked), {key: Given(value, at) for key, value, at in answers}, most)


def questions(paper: Paper, keys: Sequence[int]) -> list[Question]:
    """The questions with these keys, in their order; in the page's language where the bank speaks it."""
    items = Item.objects.in_bulk(keys)
    return [_question(items[key], paper) for key in keys]


def _question(item: Item, paper: Paper) -> Question:
    is_english = translation.get_language() == "en" and bool(item.text_en)
    language = "en" if is_english else "lv"
    return Question(
        key=item.pk,
        number=paper.asked.index(item.pk) + 1,
        text=item.text_en if is_english else item.text_lv,
        language=language,
        scale=Scale(item.scale),
        options=tuple(option.get(language) or option["lv"] for option in item.options),
        given=paper.given.get(item.pk),
    )


def _offered() -> QuerySet[ItemBank]:
    """A level test without thresholds finds no level, so nobody begins one."""
    thresholds = LevelRules.objects.filter(published_at__isnull=False, retired_at__isnull=True)
    return (
        ItemBank.objects.filter(published_at__isnull=False, retired_at__isnull=True)
        .filter(~Q(instrument=Instrument.LEVEL) | Exists(thresholds))
        .annotate(items_count=Count("items"))
        .order_by("instrument")
    )


def _attempts(actor: Actor) -> QuerySet[Attempt]:
    if actor.person_id is None:
        return Attempt.objects.none()
    return Attempt.objects.filter(person_id=actor.person_id).select_related("bank")
