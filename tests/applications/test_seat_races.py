"""What can race for a seat, with real threads on the real engine; nothing may deadlock."""

import signal
import time
from datetime import timedelta

import pytest
from django.db import transaction
from tests import processes
from tests.applications.seating import Hall, counted, live, make_hall, me, status
from tests.applications.test_races import together
from tests.world import World, make_staff

from stars.actors.actor import SYSTEM
from stars.applications import operations, seat_tasks
from stars.applications.enums import OPEN, Status
from stars.applications.models import Application, TimelineEntry, WaitingPlace
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments import operations as enrolments
from stars.funding.queries import budget_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(4)
# What the worker's periodic job does.
_TURN = "from stars.applications import seat_tasks; seat_tasks.turn_of_seats()"


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def outcomes(results: list[object]) -> list[str]:
    """The names of what came out, in order."""
    return sorted(type(result).__name__ for result in results)


def offered(hall: Hall, *groups: Group) -> Application:
    """Somebody who waits for these groups, offered what is free."""
    made = operations.wait(hall.eligible(groups[0]), groups, by=hall.officer)
    for group in groups:
        operations.offer_freed_seats(group, by=SYSTEM)
    return made


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_officers_admit_to_the_last_seat(hall: Hall, turn: int) -> None:
    group, second = hall.group(1), make_staff(2, "institution")
    one, other = hall.eligible(group), hall.eligible(group)

    results = together(
        lambda: operations.admit(one, group, by=hall.officer),
        lambda: operations.admit(other, group, by=second),
    )

    assert outcomes(results) == ["Application", "NoSeatFree"]
    assert counted(group) == Group.objects.get(pk=group.pk).seats_taken == 1


def test_many_admissions_at_once_fill_the_seats_exactly(hall: Hall) -> None:
    group = hall.group(3)
    people = [hall.eligible(group) for _ in range(8)]

    results = together(*[lambda one=one: operations.admit(one, group, by=hall.officer) for one in people])

    assert outcomes(results) == ["Application"] * 3 + ["NoSeatFree"] * 5


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_accept_one_free_seat_after_their_group_was_cancelled(hall: Hall, turn: int) -> None:
    gone, group = hall.group(2), hall.group(1)
    people = [operations.admit(hall.eligible(gone), gone, by=hall.officer) for _ in range(2)]
    enrolments.cancel_group(gone, reason="Pasniedzējs saslima", by=hall.officer)

    results = together(*[lambda one=one: operations.accept(one, group, by=me(one)) for one in people])

    assert outcomes(results) == ["Application", "NoSeatFree"]
    assert counted(group) == 1


def test_two_workers_offer_one_seat_once(hall: Hall) -> None:
    group = hall.group(1)
    for _ in range(3):
        operations.wait(hall.eligible(group), [group], by=hall.officer)

    results = together(*[lambda: operations.offer_freed_seats(group, by=SYSTEM)] * 4)

    assert sum(results) == 1
    assert [state for _, state, _ in live(group)] == ["offered", "waiting", "waiting"]


def test_two_groups_offer_to_one_person_once(hall: Hall) -> None:
    groups = [hall.group(1) for _ in range(3)]
    application = operations.wait(hall.eligible(groups[0]), groups, by=hall.officer)

    together(*[lambda group=group: operations.offer_freed_seats(group, by=SYSTEM) for group in groups])

    assert application.places.filter(state="offered").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_accept_versus_lapse(hall: Hall, turn: int) -> None:
    group = hall.group(1)
    application = offered(hall, group)
    operations.wait(hall.eligible(group), [group], by=hall.officer)
    soon = clock.now() + timedelta(milliseconds=40)
    WaitingPlace.objects.filter(application=application).update(offer_due_at=soon)

    def lapse() -> int:
        while clock.now() <= soon:
            time.sleep(0.001)
        return operations.lapse_offers()

    def accept() -> Application:
        time.sleep(0.03 + turn * 0.005)
        return operations.accept(application, group, by=me(application))

    accepted, lapsed = together(accept, lapse)

    if lapsed == 1:
        assert type(accepted).__name__ in ("OfferOver", "OthersWait")
        assert (status(application), counted(group)) == (Status.ELIGIBLE, 0)
    else:
        assert (lapsed, status(application), counted(group)) == (0, Status.ADMITTED, 1)


@pytest.mark.parametrize("turn", ROUNDS)
def test_accept_versus_leave(hall: Hall, turn: int) -> None:
    group = hall.group(1)
    application = offered(hall, group)

    accepted, _ = together(
        lambda: operations.accept(application, group, by=me(application)),
        lambda: enrolments.leave(application, reason="time", by=me(application)),
    )

    assert status(application) == Status.WITHDRAWN
    assert type(accepted).__name__ in ("Application", "TransitionNotAllowed")
    assert (counted(group), Group.objects.get(pk=group.pk).seats_taken) == (0, 0)
    assert budget_of(application.round_id).committed_cents == 0


@pytest.mark.parametrize("turn", ROUNDS)
def test_admit_to_one_group_versus_accept_of_another(hall: Hall, turn: int) -> None:
    one, other = hall.group(1), hall.group(1)
    application = offered(hall, one, other)

    admitted, accepted = together(
        lambda: operations.admit(application, other, by=hall.officer),
        lambda: operations.accept(application, one, by=me(application)),
    )

    assert outcomes([admitted, accepted])[0] == "Application"
    assert {type(admitted).__name__, type(accepted).__name__} & {"NotChosen", "TransitionNotAllowed"}
    assert status(application) == Status.ADMITTED
    assert counted(one) + counted(other) == 1
    assert (live(one), live(other)) == ([], [])


@pytest.mark.parametrize("turn", ROUNDS)
def test_admit_of_another_does_not_take_the_seat_that_is_being_accepted(hall: Hall, turn: int) -> None:
    group = hall.group(1)
    application, other = offered(hall, group), hall.eligible(group)

    admitted, accepted = together(
        lambda: operations.admit(other, group, by=hall.officer),
        lambda: operations.accept(application, group, by=me(application)),
    )

    assert outcomes([admitted, accepted]) == ["Application", "NoSeatFree"]
    assert (status(application), status(other), counted(group)) == (Status.ADMITTED, Status.ELIGIBLE, 1)


def test_double_accept_is_one(hall: Hall) -> None:
    group = hall.group(2)
    application = offered(hall, group)

    results = together(*[lambda: operations.accept(application, group, by=me(application))] * 4)

    assert outcomes(results) == ["Application"] * 4
    assert TimelineEntry.objects.filter(application=application, action="accept").count() == 1
    assert counted(group) == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_admit_versus_withdraw(hall: Hall, turn: int) -> None:
    group = hall.group(1)
    application = hall.eligible(group)

    admitted, _ = together(
        lambda: operations.admit(application, group, by=hall.officer),
        lambda: enrolments.withdraw(application, reason="time", by=me(application)),
    )

    assert type(admitted).__name__ in ("Application", "TransitionNotAllowed")
    assert (status(application), counted(group)) == (Status.WITHDRAWN, 0)


@pytest.mark.parametrize("turn", ROUNDS)
def test_admit_versus_cancel_leaves_nobody_in_a_cancelled_group(hall: Hall, turn: int) -> None:
    group = hall.group(5)
    people = [hall.eligible(group) for _ in range(4)]

    together(
        *[lambda one=one: operations.admit(one, group, by=hall.officer) for one in people],
        lambda: enrolments.cancel_group(group, reason="Pasniedzējs saslima", by=hall.officer),
    )

    assert Application.objects.filter(group=group, status=Status.ADMITTED).count() == 0
    assert [status(one) for one in people] == [Status.ELIGIBLE] * 4


def test_a_crowd_does_everything_at_once_without_deadlock(hall: Hall) -> None:
    groups = [hall.group(2) for _ in range(3)]
    people = [operations.wait(hall.eligible(groups[0]), groups, by=hall.officer) for _ in range(8)]
    for group in groups:
        operations.offer_freed_seats(group, by=SYSTEM)

    def act(one: Application, number: int) -> None:
        group = groups[number % 3]
        steps = (
            lambda: operations.accept(one, group, by=me(one)),
            lambda: operations.decline(one, group, by=me(one)),
            lambda: operations.give_up_place(one, group, by=me(one)),
            lambda: enrolments.leave(one, reason="time", by=me(one)),
            lambda: operations.admit(one, group, by=hall.officer),
        )
        for step in steps[number % 5 :]:
            try:
                step()
            except (operations.OfferOver, operations.NoSeatFree, operations.OthersWait, operations.NotChosen):
                continue
            except operations.GroupNotOpen:
                continue

    calls = [lambda one=one, number=number: act(one, number) for number, one in enumerate(people)]
    results = together(*calls, seat_tasks.turn_of_seats, seat_tasks.turn_of_seats)

    assert {type(result).__name__ for result in results} <= {"NoneType", "TransitionNotAllowed"}
    seat_tasks.turn_of_seats()
    for group in Group.objects.all():
        assert counted(group) == group.seats_taken <= group.seats_max
    opened = Application.objects.filter(status__in=OPEN).count()
    assert budget_of(people[0].round_id).committed_cents == opened * 36_000


def test_a_killed_worker_repeats_the_job_without_doing_it_twice(hall: Hall) -> None:
    """The worker is stopped dead between the first person and the second, who is held by somebody else."""
    group = hall.group(2)
    first, second, third, fourth = (
        operations.wait(hall.eligible(group), [group], by=hall.officer) for _ in range(4)
    )
    operations.offer_freed_seats(group, by=SYSTEM)
    for minutes, one in ((20, first), (10, second)):
        WaitingPlace.objects.filter(application=one).update(
            offer_due_at=clock.now() - timedelta(minutes=minutes)
        )

    with transaction.atomic():
        Application.objects.select_for_update().get(pk=second.pk)
        with processes.start(_TURN) as worker:
            try:
                processes.wait_for(
                    lambda: TimelineEntry.objects.filter(application=first, action="offer-lapsed").exists()
                )
            finally:
                worker.send_signal(signal.SIGKILL)
    assert (status(first), status(second)) == (Status.ELIGIBLE, Status.WAITING)

    seat_tasks.turn_of_seats()

    for one, what in (
        (first, "offer-lapsed"),
        (second, "offer-lapsed"),
        (third, "offered"),
        (fourth, "offered"),
    ):
        assert TimelineEntry.objects.filter(application=one, action=what).count() == 1
    assert [state for _, state, _ in live(group)] == ["offered", "offered"]
