"""Whatever people, institutions and deadlines do in whatever order: seats, places and money stay in order."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.applications.seating import SUPPORT_CENTS, Hall, make_hall, me, seats_held
from tests.world import World

from stars.applications import operations, seat_tasks
from stars.applications.enums import LIVE_PLACES, OPEN, PlaceState, Status
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application, WaitingPlace
from stars.applications.queries.places import OPEN_GROUPS, in_line
from stars.applications.queue import OFFER_SEATS
from stars.catalogue.models import Group
from stars.enrolments import operations as enrolments
from stars.funding.queries import budget_of

SEATS = (1, 1, 2)
PEOPLE = 6
REFUSALS = (
    TransitionNotAllowed,
    operations.GroupNotOpen,
    operations.NoSeatFree,
    operations.NotChosen,
    operations.OfferOver,
    operations.OthersWait,
    operations.ApplicationPeriodOver,
)
someone = st.integers(0, PEOPLE - 1)
somewhere = st.integers(0, len(SEATS) - 1)


class _Undo(Exception):
    """Ends the transaction of one example."""


class Seats(RuleBasedStateMachine):
    """One programme, three small groups, six people."""

    hall: Hall

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.moment = timezone.now()
        self.groups = [self.hall.group(seats) for seats in SEATS]
        self.people = [self.hall.eligible(self.groups[number % len(SEATS)]) for number in range(PEOPLE)]
        self.is_settled = True

    def teardown(self) -> None:
        self.undo.__exit__(_Undo, _Undo(), None)

    def attempt(self, what: Callable[[], object]) -> None:
        """Do it; a refusal that the interface names is an answer, anything else a fault."""
        self.is_settled = False
        with time_machine.travel(self.moment, tick=False):
            try:
                what()
            except REFUSALS:
                return

    @rule(who=someone, where=somewhere)
    def admit(self, who: int, where: int) -> None:
        self.attempt(lambda: operations.admit(self.people[who], self.groups[where], by=self.hall.officer))

    @rule(who=someone, where=st.lists(somewhere, min_size=1, unique=True))
    def wait(self, who: int, where: list[int]) -> None:
        groups = [self.groups[number] for number in where]
        self.attempt(lambda: operations.wait(self.people[who], groups, by=self.hall.officer))

    @rule(who=someone)
    def not_admit(self, who: int) -> None:
        self.attempt(
            lambda: operations.not_admit(self.people[who], reasons=["no-seats"], by=self.hall.officer)
        )

    @rule(who=someone, where=somewhere, what=st.sampled_from(["join", "accept", "decline", "give_up_place"]))
    def answer(self, who: int, where: int, what: str) -> None:
        one = self.people[who]
        self.attempt(lambda: getattr(operations, what)(one, self.groups[where], by=me(one)))

    @rule(who=someone, what=st.sampled_from([enrolments.leave, enrolments.withdraw]))
    def go(self, who: int, what: Callable[..., object]) -> None:
        one = self.people[who]
        self.attempt(lambda: what(one, reason="time", by=me(one)))

    @rule(where=somewhere)
    def cancel(self, where: int) -> None:
        self.attempt(
            lambda: enrolments.cancel_group(
                self.groups[where], reason="Pasniedzējs saslima", by=self.hall.officer
            )
        )

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.moment += timedelta(days=days)

    @rule()
    def the_queue_is_worked_off(self) -> None:
        with time_machine.travel(self.moment, tick=False):
            while (
                job := ProcrastinateJob.objects.filter(status="todo", task_name=OFFER_SEATS)
                .order_by("id")
                .first()
            ):
                app.tasks[OFFER_SEATS].func(**job.args)
                job_id = job.pk
                with transaction.get_connection().cursor() as cursor:
                    cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
        self.is_settled = True

    @rule()
    def the_turn_comes(self) -> None:
        with time_machine.travel(self.moment, tick=False):
            seat_tasks.turn_of_seats()
        late = {"state": PlaceState.OFFERED, "offer_due_at__lt": self.moment}
        assert not WaitingPlace.objects.filter(**late).exists()
        assert not Application.objects.filter(status=Status.ELIGIBLE, regroup_due_at__lt=self.moment).exists()
        self.the_queue_is_worked_off()

    @invariant()
    def seats_are_counted_and_not_exceeded(self) -> None:
        held = seats_held()
        for group in Group.objects.all():
            assert held[group.pk] == group.seats_taken <= group.seats_max

    @invariant()
    def at_most_one_live_offer(self) -> None:
        offers = WaitingPlace.objects.filter(state=PlaceState.OFFERED).values("application")
        assert not offers.annotate(count=Count("pk")).filter(count__gt=1).exists()

    @invariant()
    def who_waits_has_a_place_and_nobody_else(self) -> None:
        standing = set(
            WaitingPlace.objects.filter(state__in=LIVE_PLACES).values_list("application", flat=True)
        )
        assert standing == set(Application.objects.filter(status=Status.WAITING).values_list("pk", flat=True))

    @invariant()
    def ranks_are_not_shared(self) -> None:
        ranks = list(WaitingPlace.objects.values_list("group", "rank"))
        assert len(ranks) == len(set(ranks))

    @invariant()
    def money_is_held_for_who_is_open(self) -> None:
        opened = Application.objects.filter(pk__in=[one.pk for one in self.people], status__in=OPEN).count()
        assert budget_of(self.hall.world.rounds["MN"].pk).committed_cents == opened * SUPPORT_CENTS

    @invariant()
    def nobody_waits_beside_a_free_seat(self) -> None:
        if self.is_settled:
            for group in Group.objects.filter(status__in=OPEN_GROUPS):
                assert group.seats_free == 0 or not in_line(group.pk).exists()


@pytest.mark.django_db
def test_seats_stay_in_order(world: World) -> None:
    hall = make_hall(world)
    machine = type("SeatsOfThisWorld", (Seats,), {"hall": hall})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
