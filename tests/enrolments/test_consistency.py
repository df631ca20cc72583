"""What is planted past the triggers is found by night; what ordinary work leaves behind is not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.applications.seating import Hall, RunJobs, make_hall, me
from tests.world import World, make_person

from stars.actors.actor import SYSTEM
from stars.applications import operations as applications
from stars.applications.enums import Status
from stars.applications.models import Application, WaitingPlace
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group
from stars.enrolments import operations
from stars.enrolments.models import Enrolment
from stars.enrolments.tasks import look_for_inconsistencies
from stars.funding.models import LearningAccount, RoundBudget


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, scheme="IMK")


@pytest.fixture
def busy(hall: Hall, run_jobs: RunJobs) -> Hall:
    """Somebody learns, somebody waits, somebody is offered a seat, somebody left."""
    first, second = hall.group(2), hall.group(1)
    learner = applications.admit(hall.eligible(first), first, by=hall.officer)
    operations.enrol(learner, contract_number="L-1", contract_on=timezone.localdate(), by=hall.officer)
    gone = applications.admit(hall.eligible(first), first, by=hall.officer)
    operations.leave(gone, reason="work", by=me(gone))
    for _ in range(2):
        applications.wait(hall.eligible(second), [second], by=hall.officer)
    run_jobs()
    assert operations.look_for_inconsistencies(by=SYSTEM) == {}
    return hall


@contextmanager
def without_triggers(*models: type) -> Iterator[None]:
    """As somebody at a console might write."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def too_many_seats() -> None:
    Group.objects.filter(seats_taken=1).update(seats_taken=0)


def a_seat_past_the_count() -> None:
    group = Group.objects.filter(seats_taken=0, seats_max=12).first()
    Application.objects.filter(status=Status.ADMITTED).update(group=group)


def a_place_of_nobody_who_waits() -> None:
    place = WaitingPlace.objects.get(state="waiting")
    Application.objects.filter(pk=place.application_id).update(status=Status.ELIGIBLE)


def who_waits_nowhere() -> None:
    WaitingPlace.objects.filter(state="waiting").update(state="closed", ended_at=timezone.now())


def held_for_who_is_gone() -> None:
    waits = WaitingPlace.objects.get(state="waiting").application
    WaitingPlace.objects.filter(application=waits).update(state="closed", ended_at=timezone.now())
    Application.objects.filter(pk=waits.pk).update(status=Status.REFUSED, ended_at=timezone.now())


def learning_of_who_left() -> None:
    Enrolment.objects.update(
        status="completed",
        ended_on=timezone.localdate(),
        document_number="M-1",
        document_on=timezone.localdate(),
        grade=7,
    )


def learning_of_somebody_else() -> None:
    Enrolment.objects.update(person=make_person(900))


def learning_elsewhere() -> None:
    Enrolment.objects.update(group=Group.objects.filter(seats_max=12).first())


def money_from_nowhere() -> None:
    account = LearningAccount.objects.order_by("pk").first()
    LearningAccount.objects.filter(pk=account.pk).update(available_cents=account.available_cents + 1)


def a_budget_that_forgot() -> None:
    RoundBudget.objects.filter(committed_cents__gt=0).update(committed_cents=0)


PLANTED: list[tuple[Callable[[], None], dict[str, int]]] = [
    (too_many_seats, {"groups": 2}),
    (a_seat_past_the_count, {"groups": 2, "enrolments": 1}),
    (a_place_of_nobody_who_waits, {"places": 1}),
    (who_waits_nowhere, {"waiting": 1}),
    (held_for_who_is_gone, {"holds": 1}),
    (learning_of_who_left, {"enrolments": 1}),
    (learning_of_somebody_else, {"enrolments": 1}),
    (learning_elsewhere, {"enrolments": 1}),
    (money_from_nowhere, {"accounts": 1}),
    (a_budget_that_forgot, {"budgets": 1}),
]


@pytest.mark.parametrize(("plant", "found"), PLANTED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_planted_is_found(
    busy: Hall, plant: Callable[[], None], found: dict[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    with without_triggers(Application, Group, WaitingPlace, LearningAccount, RoundBudget):
        plant()

    look_for_inconsistencies()

    event = AuditEvent.objects.get(kind="consistency.broken")
    assert event.details == found
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "inconsistent rows: " + ", ".join(f"{name} {count}" for name, count in found.items())
    ]


def test_while_all_is_well_nothing_is_said(busy: Hall, caplog: pytest.LogCaptureFixture) -> None:
    look_for_inconsistencies(int(timezone.now().timestamp()))
    look_for_inconsistencies(int((timezone.now() + timedelta(days=1)).timestamp()))

    assert not AuditEvent.objects.filter(kind__startswith="consistency").exists()
    assert [record for record in caplog.records if record.name.startswith("stars.enrolments")] == []
