"""The machine that lives applications: what may be tried in which state, and what must hold after each step."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from django.db.models import Min, Sum
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.applications.deciding import corrected, sent_back
from tests.applications.seating import counted
from tests.world import OGRE, RIGA, World, make_group, make_person, make_programme, make_staff

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.applications import operations, seat_tasks
from stars.applications.enums import OPEN, OWES_REASON, Action, PlaceState, Status
from stars.applications.lifecycle import TRANSITIONS, TransitionNotAllowed
from stars.applications.models import Application, Decision, TimelineEntry, WaitingPlace
from stars.applications.operations.decisions import last_refusal
from stars.catalogue.models import Group, Programme, Round
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.funding import operations as funding
from stars.funding.models import LearningAccount, LedgerEntry, RoundBudget
from stars.notices.models import Delivery
from stars.people import operations as people
from stars.people.models import Person

# A Monday, so that deadlines in workdays fall alike whenever the test runs.
BEGIN = datetime(2026, 11, 23, 8, tzinfo=UTC)
# Money for two of the three who apply for it.
SCARCE_CENTS = 100_000
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
SCHEMES = ("MN", "IMK")
# What can be tried, and how often it is when it can.
WEIGHTS = {
    "confirm": 5,
    "refuse": 2,
    "return": 2,
    "correct": 3,
    "reopen": 3,
    "admit": 4,
    "wait": 3,
    "join": 2,
    "accept": 4,
    "decline": 1,
    "give_up": 1,
    "not_admit": 1,
    "learn": 5,
    "complete": 3,
    "expel": 2,
    "cancel": 1,
    "withdraw": 1,
    "leave": 2,
}
TRIED_FROM: dict[str, tuple[str, ...]] = {
    Status.SUBMITTED: ("confirm", "refuse", "return", "withdraw", "leave"),
    Status.RETURNED: ("correct", "withdraw", "leave"),
    Status.ELIGIBLE: ("admit", "wait", "join", "accept", "not_admit", "withdraw", "leave"),
    Status.WAITING: ("admit", "accept", "decline", "give_up", "not_admit", "withdraw", "leave"),
    Status.ADMITTED: ("learn", "complete", "expel", "cancel", "withdraw", "leave"),
    Status.REFUSED: ("reopen",),
}
any_number = st.integers(0, 59)


@dataclass
class Scene:
    """Three people who want the same single seats from two sources, and everybody who has a say in it."""

    world: World
    filled: Callable[..., Application]
    people: list[Person] = field(default_factory=list)
    choices: list[tuple[Programme, Group]] = field(default_factory=list)
    officers: list[Actor] = field(default_factory=list)
    institution: Actor = SYSTEM
    everybody: list[Actor] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)


def make_scene(world: World, filled: Callable[..., Application]) -> Scene:
    """Everybody has applied twice; two of the applicants are officers too, and one round has little money."""
    scene = Scene(world, filled, [make_person(number) for number in (1, 2, 3)])
    rounds = list(world.rounds.values())
    other = make_programme("Tīkli")
    first = make_group(other, OGRE, rounds=rounds, seats_max=1)
    make_group(other, RIGA, rounds=rounds, seats_max=1)
    Group.objects.filter(pk=world.groups[0].pk).update(seats_max=1)
    funding.set_budget(world.rounds["IMK"], SCARCE_CENTS, by=SYSTEM)
    scene.choices = [(world.programme, world.groups[0]), (other, first)]
    scene.officers = [make_staff(number, "agency") for number in (11, 12)]
    scene.institution = make_staff(20, "institution")
    scene.everybody = [
        *scene.officers,
        scene.institution,
        make_staff(13, "agency", person=scene.people[0]),
        make_staff(21, "institution", person=scene.people[1]),
        make_staff(22, "institution", organisation="cita-skola"),
        make_staff(31, "ministry"),
        *(people.actor_of(person) for person in scene.people),
        SYSTEM,
    ]
    for person in scene.people:
        for scheme, (programme, group) in zip(SCHEMES, scene.choices, strict=True):
            draft = filled(person, scheme, programme=programme, group=group)
            operations.submit(draft, by=people.actor_of(person))
    return scene


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
            except REFUSALS as refusal:
                assert everything() == before, refusal

    @rule(data=st.data())
    def somebody_does_what_can_be_done(self, data: st.DataObject) -> None:
        can: dict[str, list[Application]] = {}
        for one in sent():
            for name in TRIED_FROM.get(one.status, ()):
                if self.may_be(name, one):
                    can.setdefault(name, []).append(one)
        names = [name for name, weight in WEIGHTS.items() if name in can for _ in range(weight)]
        if not names:
            return
        name = data.draw(st.sampled_from(names), label="what")
        one = can[name][data.draw(any_number, label="which") % len(can[name])]
        by = {
            **dict.fromkeys(("confirm", "refuse", "return", "reopen"), self.scene.officers[one.pk % 2]),
            **dict.fromkeys(
                ("admit", "wait", "not_admit", "learn", "complete", "expel", "cancel"), self.scene.institution
            ),
        }.get(name, people.actor_of(one.applicant))
        if name == "reopen":
            by = self.scene.officers[1 - one.pk % 2]
        groups = self.groups_for(name, one)
        group = groups[data.draw(any_number, label="where") % len(groups)]
        self.attempt(lambda: self.act(name, one, group, by=by))

    @rule(name=st.sampled_from(sorted(WEIGHTS)), which=any_number, who=any_number, where=any_number)
    def anybody_tries_anything(self, name: str, which: int, who: int, where: int) -> None:
        rows, groups = sent(), list(Group.objects.order_by("pk"))
        one, group = rows[which % len(rows)], groups[where % len(groups)]
        if name in ("complete", "expel") and not Enrolment.objects.filter(application=one).exists():
            return
        by = self.scene.everybody[who % len(self.scene.everybody)]
        self.attempt(lambda: self.act(name, one, group, by=by))

    @rule(who=any_number, scheme=st.sampled_from(SCHEMES), which=any_number)
    def somebody_applies(self, who: int, scheme: str, which: int) -> None:
        person, (programme, group) = self.scene.people[who % 3], self.scene.choices[which % 2]
        with time_machine.travel(self.moment, tick=False):
            try:
                draft = self.scene.filled(person, scheme, programme=programme, group=group)
            except REFUSALS:
                return
        self.attempt(lambda: operations.submit(draft, by=people.actor_of(person)))

    @rule(days=st.sampled_from([0, 0, 0, 1, 3]), at_work=st.sampled_from([True, True, False]))
    def time_passes(self, days: int, *, at_work: bool) -> None:
        """Some days, or until just after the next deadline; the worker may be late."""
        self.moment = self.moment + timedelta(days=days) if days else self.next_deadline()
        if not at_work:
            return
        self.the_worker_works()

    @rule()
    def the_worker_works(self) -> None:
        with time_machine.travel(self.moment, tick=False):
            operations.lapse_corrections(by=SYSTEM)
            seat_tasks.turn_of_seats()
            enrolments.pay_begun()
        late = {"status": Status.RETURNED, "correction_due_at__lt": self.moment}
        assert not Application.objects.filter(**late).exists()
        assert not Application.objects.filter(status=Status.ELIGIBLE, regroup_due_at__lt=self.moment).exists()

    def next_deadline(self) -> datetime:
        start = Group.objects.aggregate(first=Min("starts_on"))["first"]
        moments = [
            *Application.objects.values_list("correction_due_at", flat=True),
            *Application.objects.values_list("regroup_due_at", flat=True),
            *WaitingPlace.objects.filter(state=PlaceState.OFFERED).values_list("offer_due_at", flat=True),
            *Round.objects.values_list("closes_at", flat=True),
            datetime(start.year, start.month, start.day, 8, tzinfo=UTC),
        ]
        coming = [moment for moment in moments if moment is not None and moment >= self.moment]
        return min(coming, default=self.moment) + timedelta(minutes=1)

    def may_be(self, name: str, one: Application) -> bool:
        """Whether the step has what it needs, besides the state and the seats."""
        learning = Enrolment.objects.filter(application=one, status="learning").first()
        return {
            "accept": one.regroup_due_at is not None or bool(places(one, PlaceState.OFFERED)),
            "decline": bool(places(one, PlaceState.OFFERED)),
            "reopen": last_refusal(one) is not None,
            "learn": learning is None,
            "complete": learning is not None and learning.group.starts_on <= self.moment.date(),
            "expel": learning is not None,
        }.get(name, True)

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
            "correct": lambda: operations.resubmit(one, corrected(occupation="Vadītāja"), by=by),
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
            "leave": lambda: enrolments.leave(one, reason="time", by=by),
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
        assert stands == {one.pk: one.status for one in sent()}

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
        for one in sent():
            assert (one.ended_at is None) == (one.status in OPEN)
            is_returned = one.status == Status.RETURNED
            assert (one.correction_due_at is not None) == bool(one.returned_fields) == is_returned
            # Day and number are given once and kept.
            assert one.number and one.submitted_at
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
        for group in Group.objects.all():
            assert counted(group) == group.seats_taken <= group.seats_max

    @invariant()
    def sums_are_what_the_entries_say(self) -> None:
        for account in LearningAccount.objects.all():
            total = account.entries.aggregate(total=Sum("amount_cents"))["total"]
            assert account.available_cents == total >= 0
        for budget in RoundBudget.objects.all():
            entries = LedgerEntry.objects.filter(round_id=budget.pk, counts_in_budget=True)
            total = entries.aggregate(total=Sum("amount_cents"))["total"] or 0
            assert budget.committed_cents == -total <= budget.budget_cents

    @invariant()
    def money_is_held_for_who_may_learn_and_nobody_else(self) -> None:
        unsettled = LedgerEntry.objects.filter(kind="reservation", settlements__isnull=True)
        held = dict(unsettled.values_list("application", "amount_cents"))
        for one in sent():
            if one.status in (Status.ELIGIBLE, Status.WAITING):
                assert held.get(str(one.number), 0) == -(one.support_cents or 0)
            elif one.status != Status.ADMITTED:
                assert str(one.number) not in held


def sent() -> list[Application]:
    """Everything that is no draft, oldest first."""
    rows = Application.objects.exclude(status=Status.DRAFT).select_related("applicant", "programme", "group")
    return list(rows.order_by("pk"))


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
