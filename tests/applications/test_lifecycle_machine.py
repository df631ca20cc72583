"""Whoever does whatever in whatever order, at any time: the application goes only where the table leads."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.applications.deciding import corrected, sent_back
from tests.world import OGRE, World, make_group, make_person, make_programme, make_staff

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.applications import operations, seat_tasks
from stars.applications.enums import OPEN, OWES_REASON, Action, Status
from stars.applications.lifecycle import TRANSITIONS, TransitionNotAllowed
from stars.applications.models import Application, Decision, TimelineEntry
from stars.catalogue.models import Group
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.enrolments.operations.cancelling import GroupOver
from stars.enrolments.operations.learning import (
    ContractMissing,
    DayImpossible,
    NotAdmitted,
    NotLearning,
    OutcomeMissing,
)
from stars.funding import operations as funding
from stars.notices.models import Delivery
from stars.people import operations as people

REFUSALS = (
    ContractMissing,
    DayImpossible,
    GroupOver,
    NotAdmitted,
    NotLearning,
    NotPermitted,
    OutOfScope,
    OutcomeMissing,
    OwnAffair,
    TransitionNotAllowed,
    funding.BudgetExceeded,
    funding.FundsExceeded,
    operations.AlreadyOpen,
    operations.ApplicationPeriodOver,
    operations.CorrectionOver,
    operations.GroupNotOpen,
    operations.NoSeatFree,
    operations.NotChosen,
    operations.NotEligible,
    operations.NotReopenable,
    operations.OfferOver,
    operations.OthersWait,
    operations.ReasonOwed,
    operations.SameOfficer,
    operations.SourceClosed,
    operations.StepsUnfilled,
)
ACTIONS = {action.value for action in Action}
SCHEMES = ("MN", "IMK")
one_of_many = st.integers(0, 40)
either = st.integers(0, 1)


class _Undo(Exception):
    """Ends the transaction of one example."""


class Life(RuleBasedStateMachine):
    """Two people, two sources, two programmes; two officers, an institution, a stranger, and the clock."""

    world: World
    filled: Callable[..., Application]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.moment = timezone.now()
        self.people = [make_person(number) for number in (1, 2)]
        other = make_programme("Tīkli")
        offered = [make_group(other, OGRE, rounds=list(self.world.rounds.values()), seats_max=1)]
        self.choices = [(self.world.programme, self.world.groups[0]), (other, offered[0])]
        self.institution = make_staff(20, "institution")
        self.actors: list[Actor] = [
            make_staff(11, "agency"),
            make_staff(12, "agency"),
            self.institution,
            make_staff(21, "institution", organisation="cita-skola"),
            make_staff(31, "ministry"),
            *(people.actor_of(person) for person in self.people),
            SYSTEM,
        ]
        self.sent: dict[int, tuple[object, object]] = {}

    def teardown(self) -> None:
        self.undo.__exit__(_Undo, _Undo(), None)

    def attempt(self, what: Callable[[], object]) -> None:
        """Do it; a refusal that the interface names is an answer, anything else a fault."""
        with time_machine.travel(self.moment, tick=False):
            try:
                what()
            except REFUSALS:
                return

    def an_application(self, number: int) -> Application:
        rows = list(Application.objects.exclude(status=Status.DRAFT).order_by("pk"))
        return rows[number % len(rows)]

    @rule(who=either, scheme=st.sampled_from(SCHEMES), which=either)
    def apply(self, who: int, scheme: str, which: int) -> None:
        person, (programme, group) = self.people[who], self.choices[which]
        by = people.actor_of(person)
        self.attempt(
            lambda: operations.submit(self.filled(person, scheme, programme=programme, group=group), by=by)
        )

    @precondition(lambda self: self.sent)
    @rule(
        which=one_of_many,
        who=one_of_many,
        what=st.sampled_from(["confirm", "confirm", "refuse", "return", "return", "reopen", "reopen"]),
    )
    def decide(self, which: int, who: int, what: str) -> None:
        one, by = self.an_application(which), self.actors[who % len(self.actors)]
        steps: dict[str, Callable[[], object]] = {
            "confirm": lambda: operations.confirm(one, note="Pārbaudīts", by=by),
            "refuse": lambda: operations.refuse(one, reasons=["age"], by=by),
            "return": lambda: sent_back(one, "occupation", by=by),
            "reopen": lambda: operations.reopen(one, reasons=["mistake"], note="", by=by),
        }
        self.attempt(steps[what])

    @precondition(lambda self: self.sent)
    @rule(which=one_of_many, who=one_of_many, mine=st.booleans())
    def correct(self, which: int, who: int, *, mine: bool) -> None:
        one = self.an_application(which)
        by = people.actor_of(one.applicant) if mine else self.actors[who % len(self.actors)]
        self.attempt(lambda: operations.resubmit(one, corrected(occupation="Vadītāja"), by=by))

    @precondition(lambda self: self.sent)
    @rule(
        which=one_of_many,
        who=one_of_many,
        mine=st.booleans(),
        what=st.sampled_from([enrolments.withdraw, enrolments.leave]),
    )
    def go(self, which: int, who: int, *, mine: bool, what: Callable[..., object]) -> None:
        one = self.an_application(which)
        by = people.actor_of(one.applicant) if mine else self.actors[who % len(self.actors)]
        self.attempt(lambda: what(one, reason="time", by=by))

    @precondition(lambda self: self.sent)
    @rule(which=one_of_many, what=st.sampled_from(["join", "accept", "decline", "give_up_place"]))
    def answer(self, which: int, what: str) -> None:
        one = self.an_application(which)
        group = Group.objects.filter(programme=one.programme).order_by("pk").first()
        self.attempt(lambda: getattr(operations, what)(one, group, by=people.actor_of(one.applicant)))

    @precondition(lambda self: self.sent)
    @rule(
        which=one_of_many,
        who=one_of_many,
        ours=st.booleans(),
        what=st.sampled_from(["admit", "admit", "wait", "not_admit", "learn", "complete", "expel", "cancel"]),
    )
    def institute(self, which: int, who: int, *, ours: bool, what: str) -> None:
        one = self.an_application(which)
        by = self.institution if ours else self.actors[who % len(self.actors)]
        group = one.group or Group.objects.filter(programme=one.programme).order_by("pk").first()
        today = self.moment.date()
        learning = Enrolment.objects.filter(application=one).order_by("-pk").first()
        if what in ("complete", "expel") and learning is None:
            return
        steps: dict[str, Callable[[], object]] = {
            "admit": lambda: operations.admit(one, group, by=by),
            "wait": lambda: operations.wait(one, [group], by=by),
            "not_admit": lambda: operations.not_admit(one, reasons=["no-seats"], by=by),
            "learn": lambda: enrolments.enrol(one, contract_number="L-1", contract_on=today, by=by),
            "complete": lambda: enrolments.complete(
                learning, document_number="A-1", document_on=today, grade=8, by=by
            ),
            "expel": lambda: enrolments.expel(learning, reason="absence", on=today, by=by),
            "cancel": lambda: enrolments.cancel_group(group, reason="Nav pasniedzēja", by=by),
        }
        self.attempt(steps[what])

    @rule(days=st.sampled_from([1, 3, 8, 45]))
    def days_pass(self, days: int) -> None:
        self.moment += timedelta(days=days)

    @rule()
    def deadlines_come(self) -> None:
        with time_machine.travel(self.moment, tick=False):
            operations.lapse_corrections(by=SYSTEM)
            seat_tasks.turn_of_seats()
        late = {"status": Status.RETURNED, "correction_due_at__lt": self.moment}
        assert not Application.objects.filter(**late).exists()

    @invariant()
    def the_status_moves_only_along_the_table(self) -> None:
        for one in Application.objects.exclude(status=Status.DRAFT):
            status = Status.DRAFT
            for entry in TimelineEntry.objects.filter(application=one).order_by("pk"):
                if entry.action in ACTIONS:
                    step = TRANSITIONS[Action(entry.action)]
                    assert status in step.sources, (entry.action, status)
                    status = step.target
                assert entry.status == status
            assert one.status == status

    @invariant()
    def a_decision_that_owes_a_reason_has_one(self) -> None:
        owed = TimelineEntry.objects.filter(action__in=OWES_REASON).values_list("application", "action")
        given = Decision.objects.filter(action__in=OWES_REASON, reasons__len__gt=0)
        assert Counter(owed) == Counter(given.values_list("application", "action"))

    @invariant()
    def one_open_application_in_a_source_and_for_a_programme(self) -> None:
        for name in ("scheme", "programme"):
            opened = Application.objects.filter(status__in=OPEN).values_list("applicant", name)
            assert max(Counter(opened).values(), default=0) <= 1

    @invariant()
    def every_change_is_told_by_one_message(self) -> None:
        told = Delivery.objects.filter(kind__startswith="application.").values_list("person_id", "kind")
        lines = TimelineEntry.objects.values_list("application__applicant", "action")
        changes = Counter((who, f"application.{what}") for who, what in lines if what in ACTIONS)
        assert changes == Counter(pair for pair in told if pair[1].removeprefix("application.") in ACTIONS)

    @invariant()
    def moments_agree_with_the_status(self) -> None:
        for one in Application.objects.exclude(status=Status.DRAFT):
            assert (one.ended_at is None) == (one.status in OPEN)
            is_returned = one.status == Status.RETURNED
            assert (one.correction_due_at is not None, bool(one.returned_fields)) == (
                is_returned,
                is_returned,
            )
            assert one.ended_at is None or one.submitted_at <= one.ended_at
            # Day and number are given once and kept.
            assert self.sent.setdefault(one.pk, (one.number, one.submitted_at)) == (
                one.number,
                one.submitted_at,
            )

    @invariant()
    def nobody_decides_on_their_own(self) -> None:
        for one in Decision.objects.select_related("application"):
            is_own = one.actor_id == one.application.applicant_id
            assert one.actor_role != "citizen" or is_own
            assert one.actor_role == "citizen" or not is_own


@pytest.mark.django_db
def test_applications_go_only_where_the_table_leads(world: World, filled: Callable[..., Application]) -> None:
    machine = type("LifeInThisWorld", (Life,), {"world": world, "filled": staticmethod(filled)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
