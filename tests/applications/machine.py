"""The machine that lives applications: what may be tried in which state, and what must hold after each step."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import time_machine
from django.db import transaction
from django.db.models import Min, Sum
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.applications.deciding import corrected, sent_back
from tests.applications.scene import BEGIN, SCHEMES, Scene
from tests.applications.seating import seats_held

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.applications import operations, seat_tasks
from stars.applications.enums import OPEN, OWES_REASON, Action, PlaceState, Status
from stars.applications.lifecycle import TRANSITIONS, TransitionNotAllowed
from stars.applications.models import Application, Decision, TimelineEntry, WaitingPlace
from stars.applications.operations.decisions import last_refusal
from stars.catalogue.models import Group, Round
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.funding import operations as funding
from stars.funding.models import LearningAccount, LedgerEntry, RoundBudget
from stars.notices.models import Delivery
from stars.people import operations as people

REFUSALS = (
    NotPermitted,
    OutOfScope,
    OwnAffair,
    TransitionNotAllowed,
    enrolments.ContractMissing,
    enrolments.DayImpossible,
    enrolments.GroupOver,
    enrolments.NotAdmitted,
    enrolments.NotLearning,
    enrolments.OutcomeMissing,
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
# What can be tried, and how often it is when it can.
WEIGHTS = {
    "time": 7,
    "try": 3,
    "apply": 2,
    "confirm": 5,
    "refuse": 2,
    "return": 5,
    "correct": 3,
    "reopen": 3,
    "admit": 4,
    "wait": 4,
    "join": 3,
    "accept": 7,
    "decline": 1,
    "give_up": 1,
    "not_admit": 1,
    "learn": 7,
    "complete": 6,
    "expel": 4,
    "cancel": 2,
    "withdraw": 2,
    "leave": 2,
    # Named apart, or they would hardly ever be drawn.
    "leave_list": 3,
    "leave_learning": 1,
}
TRIED_FROM: dict[str, tuple[str, ...]] = {
    Status.SUBMITTED: ("confirm", "refuse", "return", "withdraw", "leave"),
    Status.RETURNED: ("correct", "withdraw", "leave"),
    Status.ELIGIBLE: ("admit", "wait", "join", "accept", "not_admit", "withdraw", "leave"),
    Status.WAITING: ("admit", "accept", "decline", "give_up", "not_admit", "withdraw", "leave_list"),
    Status.ADMITTED: ("learn", "complete", "expel", "cancel", "withdraw", "leave", "leave_learning"),
    Status.REFUSED: ("reopen",),
}
TRIED = {name for names in TRIED_FROM.values() for name in names}
any_number = st.integers(0, 1000)


class Now(NamedTuple):
    """What stands when a step is chosen, by the application's key; read once for all of them."""

    offered: set[int]
    learning: dict[int, Enrolment]


class _Undo(Exception):
    """Ends the transaction of one example."""


class Life(RuleBasedStateMachine):
    """What is possible happens, what is not is tried by anybody, and time passes."""

    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.moment = BEGIN
        self.rows = sent()
        self.sent: dict[int, tuple[object, object]] = {}

    def teardown(self) -> None:
        reached = Counter(TimelineEntry.objects.values_list("action", flat=True))
        self.scene.reached.update(reached)
        for action in sorted(reached):
            event(f"reached {action}")
        self.undo.__exit__(_Undo, _Undo(), None)

    def attempt(self, what: Callable[[], object]) -> None:
        """Do it; a refusal that the interface names is an answer and changes nothing, anything else is a fault."""
        before, holds = everything(), LedgerEntry.objects.count()
        with time_machine.travel(self.moment, tick=False):
            try:
                what()
            except (funding.BudgetExceeded, funding.FundsExceeded):
                # Marked and told, and no money moved; the status is looked at by the invariants.
                assert LedgerEntry.objects.count() == holds
            except REFUSALS:
                assert everything() == before

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """One rule for all, so that each step is drawn from what is possible now."""
        can: dict[str, list[Application]] = {}
        now = as_it_stands()
        for one in self.rows:
            for name in TRIED_FROM.get(one.status, ()):
                if self.may_be(name, one, now):
                    can.setdefault(name, []).append(one)
        others = {
            "try": self.anybody_tries_anything,
            "apply": self.somebody_applies,
            "time": self.time_passes,
        }
        possible = {*can, *others}
        names = [name for name, weight in WEIGHTS.items() if name in possible for _ in range(weight)]
        name = data.draw(st.sampled_from(names), label="what")
        number = data.draw(any_number, label="which")
        if name in others:
            others[name](number)
        else:
            rows = can[name]
            one = rows[number % len(rows)]
            groups = self.groups_for(name, one)
            group = groups[number % len(groups)]
            self.attempt(lambda: self.act(name, one, group, by=self.actor_for(name, one)))
        self.rows = sent()

    def actor_for(self, name: str, one: Application) -> Actor:
        """Whose affair the step is; who reopens is another than who refuses."""
        if name in ("confirm", "refuse", "return", "reopen"):
            return self.scene.officers[(one.pk + (name == "reopen")) % 2]
        if name in ("admit", "wait", "not_admit", "learn", "complete", "expel", "cancel"):
            return self.scene.institution
        return people.actor_of(one.applicant)

    def anybody_tries_anything(self, number: int) -> None:
        """Whoever it is, whatever the state."""
        rows, groups, names = self.rows, list(Group.objects.order_by("pk")), sorted(TRIED)
        one, group = rows[number % len(rows)], groups[number // 7 % len(groups)]
        by, name = self.scene.everybody[number % len(self.scene.everybody)], names[number // 11 % len(names)]
        if name not in ("complete", "expel") or Enrolment.objects.filter(application=one).exists():
            self.attempt(lambda: self.act(name, one, group, by=by))

    def somebody_applies(self, number: int) -> None:
        """For either programme, from either source."""
        person = self.scene.people[number % 3]
        (programme, group), scheme = self.scene.choices[number // 3 % 2], SCHEMES[number // 6 % 2]
        with time_machine.travel(self.moment, tick=False):
            try:
                draft = self.scene.filled(person, scheme, programme=programme, group=group)
            except REFUSALS:
                return
        self.attempt(lambda: operations.submit(draft, by=people.actor_of(person)))

    def time_passes(self, number: int) -> None:
        """A day, or until just after the next deadline; sometimes the worker is late."""
        self.moment = self.moment + timedelta(days=1) if number % 4 == 3 else self.next_deadline()
        if number % 5 == 4:
            return
        with time_machine.travel(self.moment, tick=False):
            operations.lapse_corrections(by=SYSTEM)
            seat_tasks.turn_of_seats()
            enrolments.pay_begun()
        late = {"status": Status.RETURNED, "correction_due_at__lt": self.moment}
        assert not Application.objects.filter(**late).exists()
        assert not Application.objects.filter(status=Status.ELIGIBLE, regroup_due_at__lt=self.moment).exists()

    def next_deadline(self) -> datetime:
        today = self.moment.date()
        start = Group.objects.filter(starts_on__gte=today).aggregate(first=Min("starts_on"))["first"] or today
        moments = [
            *Application.objects.values_list("correction_due_at", flat=True),
            *Application.objects.values_list("regroup_due_at", flat=True),
            *WaitingPlace.objects.filter(state=PlaceState.OFFERED).values_list("offer_due_at", flat=True),
            *Round.objects.values_list("closes_at", flat=True),
            datetime(start.year, start.month, start.day, 8, tzinfo=UTC),
        ]
        coming = [moment for moment in moments if moment is not None and moment >= self.moment]
        return min(coming, default=self.moment) + timedelta(minutes=1)

    def may_be(self, name: str, one: Application, now: Now) -> bool:
        """Whether the step has what it needs, besides the state and the seats."""
        if name == "reopen":
            return last_refusal(one) is not None
        if name in ("accept", "decline"):
            is_asked = name == "accept" and one.regroup_due_at is not None
            return is_asked or one.pk in now.offered
        learning = now.learning.get(one.pk)
        has_begun = learning is not None and learning.group.starts_on <= self.moment.date()
        if name == "leave":
            return not has_begun
        if name in ("complete", "leave_learning"):
            return has_begun
        if name in ("learn", "expel"):
            return (name == "learn") == (learning is None)
        return True

    def groups_for(self, name: str, one: Application) -> list[Group]:
        """Where the step may happen: where it is offered, where they stand or chose, or in any group."""
        standing = places(one, PlaceState.OFFERED) or places(one, PlaceState.WAITING)
        if standing and name != "wait":
            return standing
        if one.group is not None and name in ("admit", "wait", "cancel"):
            return [one.group]
        return list(Group.objects.filter(programme=one.programme).order_by("pk"))

    def act(self, name: str, one: Application, group: Group, *, by: Actor) -> object:
        """The operation of this name."""
        today = self.moment.date()
        learning = Enrolment.objects.filter(application=one).first()
        steps: dict[str, Callable[[], object]] = {
            "confirm": lambda: operations.confirm(one, note="Pārbaudīts", by=by),
            "refuse": lambda: operations.refuse(one, reasons=["age"], by=by),
            "return": lambda: sent_back(one, "occupation", by=by),
            "correct": lambda: operations.resubmit(
                one, corrected(occupation="Vadītāja", economic_status="econ-employee"), by=by
            ),
            "reopen": lambda: operations.reopen(one, reasons=["mistake"], note="", by=by),
            "admit": lambda: operations.admit(one, group, by=by),
            "wait": lambda: operations.wait(one, [group], by=by),
            "join": lambda: operations.join(one, group, by=by),
            "accept": lambda: operations.accept(one, group, by=by),
            "decline": lambda: operations.decline(one, group, by=by),
            "give_up": lambda: operations.give_up_place(one, group, by=by),
            "not_admit": lambda: operations.not_admit(one, reasons=["no-seats"], by=by),
            "learn": lambda: enrolments.enrol(one, contract_number="L-1", contract_on=today, by=by),
            "complete": lambda: enrolments.complete(
                learning, document_number="A-1", document_on=today, grade=8, by=by
            ),
            "expel": lambda: enrolments.expel(learning, reason="absence", on=today, by=by),
            "cancel": lambda: enrolments.cancel_group(group, reason="Nav pasniedzēja", by=by),
            "withdraw": lambda: enrolments.withdraw(one, reason="time", by=by),
            **dict.fromkeys(
                ("leave", "leave_list", "leave_learning"), lambda: enrolments.leave(one, reason="time", by=by)
            ),
        }
        return steps[name]()

    @invariant()
    def the_status_moves_only_along_the_table(self) -> None:
        stands: dict[int, Status] = {}
        for entry in TimelineEntry.objects.order_by("pk"):
            status = stands.get(entry.application_id, Status.DRAFT)
            if entry.action in ACTIONS:
                step = TRANSITIONS[Action(entry.action)]
                assert status in step.sources, (entry.action, status)
                status = step.target
            assert entry.status == status
            stands[entry.application_id] = status
        assert stands == {one.pk: one.status for one in self.rows}

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
        for one in self.rows:
            assert (one.ended_at is None) == (one.status in OPEN)
            is_returned = one.status == Status.RETURNED
            assert (one.correction_due_at is not None) == bool(one.returned_fields) == is_returned
            # Day and number are given once and kept.
            assert one.number is not None
            assert one.submitted_at is not None
            assert one.ended_at is None or one.submitted_at <= one.ended_at
            assert self.sent.setdefault(one.pk, (one.number, one.submitted_at)) == (
                one.number,
                one.submitted_at,
            )

    @invariant()
    def nobody_decides_on_their_own(self) -> None:
        for one in Decision.objects.select_related("application"):
            is_own = one.actor_id == one.application.applicant_id
            assert (one.actor_role == "citizen") == is_own

    @invariant()
    def seats_are_counted_and_not_exceeded(self) -> None:
        held = seats_held()
        for group in Group.objects.all():
            assert held[group.pk] == group.seats_taken <= group.seats_max

    @invariant()
    def sums_are_what_the_entries_say(self) -> None:
        for account in LearningAccount.objects.annotate(total=Sum("entries__amount_cents")):
            assert account.available_cents == account.total >= 0
        counting = LedgerEntry.objects.filter(counts_in_budget=True).order_by("round")
        spent = dict(counting.values_list("round").annotate(Sum("amount_cents")))
        for budget in RoundBudget.objects.all():
            assert budget.committed_cents == -spent.get(budget.pk, 0) <= budget.budget_cents

    @invariant()
    def money_is_held_for_who_may_learn_and_nobody_else(self) -> None:
        unsettled = LedgerEntry.objects.filter(kind="reservation", settlements__isnull=True)
        held = dict(unsettled.values_list("application", "amount_cents"))
        for one in self.rows:
            if one.status in (Status.ELIGIBLE, Status.WAITING):
                assert held.get(str(one.number), 0) == -(one.support_cents or 0)
            elif one.status != Status.ADMITTED:
                assert str(one.number) not in held


def sent() -> list[Application]:
    """Everything that is no draft, oldest first."""
    rows = Application.objects.exclude(status=Status.DRAFT).select_related("applicant", "programme", "group")
    return list(rows.order_by("pk"))


def as_it_stands() -> Now:
    """Who has an offer, and who learns."""
    offers = WaitingPlace.objects.filter(state=PlaceState.OFFERED)
    learning = Enrolment.objects.filter(status="learning").select_related("group")
    return Now(
        set(offers.values_list("application", flat=True)), {one.application_id: one for one in learning}
    )


def places(one: Application, state: PlaceState) -> list[Group]:
    """Groups where the application has a place in this state."""
    return [
        place.group
        for place in WaitingPlace.objects.filter(application=one, state=state)
        .select_related("group")
        .order_by("pk")
    ]


def everything() -> list[object]:
    """What a refused step leaves as it was."""
    return [
        list(Application.objects.exclude(status=Status.DRAFT).order_by("pk").values()),
        list(WaitingPlace.objects.order_by("pk").values()),
        list(Group.objects.order_by("pk").values("pk", "status", "seats_taken")),
        list(Enrolment.objects.order_by("pk").values()),
        [model.objects.count() for model in (TimelineEntry, Decision, Delivery, LedgerEntry)],
    ]
