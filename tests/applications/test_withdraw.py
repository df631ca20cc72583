"""“Atteikties”: until the round closes, with a reason, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application, TimelineEntry
from stars.people.models import Person

Filled = Callable[..., Application]


def test_withdrawn_leaves_the_source_free(filled: Filled, person: Person, by: Actor) -> None:
    first = operations.submit(filled(person), by=by)
    withdrawn = operations.withdraw(first, reason="time", note="maiņas", by=by)
    again = operations.submit(filled(person), by=by)

    assert (withdrawn.status, withdrawn.withdrawal_reason) == (Status.WITHDRAWN, "time")
    assert withdrawn.ended_at is not None
    assert again.status == Status.SUBMITTED
    assert again.pk != first.pk


def test_confirmed_application_may_be_withdrawn_too(filled: Filled, person: Person, by: Actor) -> None:
    confirmed = operations.confirm(operations.submit(filled(person), by=by), by=SYSTEM)

    assert operations.withdraw(confirmed, reason="work", by=by).status == Status.WITHDRAWN


def test_after_the_round_closes_it_is_too_late(filled: Filled, person: Person, by: Actor) -> None:
    application = operations.submit(filled(person), by=by)

    with (
        time_machine.travel(timezone.now() + timedelta(days=10, seconds=1), tick=False),
        pytest.raises(operations.ApplicationPeriodOver),
    ):
        operations.withdraw(application, reason="time", by=by)


def test_withdrawing_twice_is_withdrawing_once(filled: Filled, person: Person, by: Actor) -> None:
    application = operations.submit(filled(person), by=by)
    operations.withdraw(application, reason="time", by=by)
    operations.withdraw(application, reason="place", by=by)

    application.refresh_from_db()
    assert application.withdrawal_reason == "time"
    assert TimelineEntry.objects.filter(application=application, action="withdraw").count() == 1


def test_draft_is_not_withdrawn_but_discarded(filled: Filled, person: Person, by: Actor) -> None:
    draft = filled(person)
    with pytest.raises(TransitionNotAllowed):
        operations.withdraw(draft, reason="time", by=by)

    operations.discard(draft, by=by)
    assert not Application.objects.filter(pk=draft.pk).exists()


def test_withdrawal_without_reason_is_refused_by_the_database(
    filled: Filled, person: Person, by: Actor
) -> None:
    application = operations.submit(filled(person), by=by)

    with pytest.raises(DatabaseError), transaction.atomic():
        operations.withdraw(application, reason="", by=by)


def test_submitted_application_cannot_be_deleted(filled: Filled, person: Person, by: Actor) -> None:
    application = operations.submit(filled(person), by=by)

    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=application.pk).delete()


def test_timeline_cannot_be_rewritten(filled: Filled, person: Person, by: Actor) -> None:
    application = operations.submit(filled(person), by=by)

    with pytest.raises(DatabaseError), transaction.atomic():
        application.timeline.update(actor_label="kāds cits")
