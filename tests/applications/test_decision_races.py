"""What races about decisions and corrections, with real threads on the real engine; and what a killed worker leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.applications.deciding import agency_officer, corrected, sent_back, submitted
from tests.applications.test_races import together
from tests.world import World, make_person

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations
from stars.applications.enums import OPEN, Status
from stars.applications.models import Application, Decision, RegisterAnswer, TimelineEntry
from stars.applications.operations import registers
from stars.applications.operations.decisions import refusing
from stars.common import clock
from stars.funding.queries import budget_of
from stars.integrations.registers import client
from stars.integrations.registers.simulator.server import RegisterSimulator
from stars.notices.models import Delivery
from stars.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
SUPPORT_CENTS = 36_000


class Killed(BaseException):
    """The worker's process ended in the middle."""


@pytest.fixture
def officer(catalogue_lists: None) -> Actor:
    return agency_officer()


@pytest.fixture
def waiting(filled: Callable[..., Application], person: Person) -> Application:
    return submitted(filled, person)


def lines(application: Application) -> list[str]:
    rows = TimelineEntry.objects.filter(application=application).order_by("pk")
    return list(rows.values_list("action", flat=True))


def committed(world: World) -> int:
    return budget_of(world.rounds["MN"].pk).committed_cents


def test_double_confirm_holds_the_money_once(waiting: Application, officer: Actor, world: World) -> None:
    second = agency_officer(2)
    results = together(*[lambda by=by: operations.confirm(waiting, by=by) for by in (officer, second) * 2])

    assert sorted(type(result).__name__ for result in results) == [
        "Application",
        *["TransitionNotAllowed"] * 3,
    ]
    assert (lines(waiting), committed(world)) == (["submit", "confirm"], SUPPORT_CENTS)
    assert Decision.objects.count() == Delivery.objects.filter(kind="application.confirm").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_confirm_versus_withdraw_leaves_no_money_held(
    waiting: Application, officer: Actor, by: Actor, world: World, turn: int
) -> None:
    calls = [
        lambda: operations.confirm(waiting, by=officer),
        lambda: operations.withdraw(waiting, reason="time", by=by),
    ]
    together(*(reversed(calls) if turn % 2 else calls))

    waiting.refresh_from_db()
    assert (waiting.status, committed(world)) == (Status.WITHDRAWN, 0)
    assert lines(waiting) in (["submit", "withdraw"], ["submit", "confirm", "withdraw"])


@pytest.mark.parametrize("turn", range(3))
def test_resubmit_versus_lapse_ends_one_way(
    waiting: Application, officer: Actor, by: Actor, turn: int
) -> None:
    returned = sent_back(waiting, "occupation", by=officer)
    due = returned.correction_due_at
    # At the very deadline it is still in time, a moment later it is not.
    late = turn % 2 == 1
    with time_machine.travel(due + timedelta(seconds=1 if late else 0), tick=False):
        together(
            lambda: operations.resubmit(returned, corrected(occupation="Vadītāja"), by=by),
            lambda: operations.lapse_corrections(by=SYSTEM),
            lambda: operations.lapse_corrections(by=SYSTEM),
        )
    returned.refresh_from_db()
    ending = "lapse" if late else "correct"
    assert lines(returned) == ["submit", "return", ending]
    assert returned.status == (Status.REFUSED if late else Status.SUBMITTED)
    assert Delivery.objects.filter(kind__in=["application.lapse", "application.correct"]).count() == 1


def test_two_devices_resubmit_once(waiting: Application, officer: Actor, by: Actor) -> None:
    returned = sent_back(waiting, "occupation", by=officer)
    together(
        *[
            lambda text=text: operations.resubmit(returned, corrected(occupation=text), by=by)
            for text in ("Viens", "Divi", "Trīs")
        ]
    )
    assert lines(returned) == ["submit", "return", "correct"]


@pytest.mark.parametrize("turn", range(3))
def test_reopen_versus_new_application_leaves_one_open(
    waiting: Application, officer: Actor, by: Actor, person: Person, filled, turn: int
) -> None:
    operations.refuse(waiting, reasons=["age"], by=officer)
    second, draft = agency_officer(2), filled(person)
    calls = [
        lambda: operations.reopen(waiting, reasons=["mistake"], note="", by=second),
        lambda: operations.submit(draft, by=by),
    ]
    results = together(*(reversed(calls) if turn % 2 else calls))

    assert sorted(type(result).__name__ for result in results) == ["AlreadyOpen", "Application"]
    assert Application.objects.filter(applicant=person, status__in=OPEN).count() == 1


def test_what_was_rolled_back_is_not_told(waiting: Application, officer: Actor) -> None:
    before = (Delivery.objects.count(), ProcrastinateJob.objects.count())

    @transaction.atomic
    def refuse_and_die() -> None:
        operations.refuse(waiting, reasons=["age"], by=officer)
        raise Killed

    with pytest.raises(Killed):
        refuse_and_die()

    waiting.refresh_from_db()
    assert (waiting.status, lines(waiting)) == (Status.SUBMITTED, ["submit"])
    assert (Delivery.objects.count(), ProcrastinateJob.objects.count()) == before


def test_a_worker_killed_while_corrections_lapse_repeats_without_doing_it_twice(
    filled, officer: Actor, monkeypatch
) -> None:
    from_people = [submitted(filled, make_person(number)) for number in (1, 2, 3)]
    returned = [sent_back(one, "occupation", by=officer) for one in from_people]
    lapse, done = refusing._lapse, []

    def dies_at_the_third(application: Application, *, by: Actor) -> bool:
        if len(done) == 2:
            raise Killed
        done.append(application.pk)
        return lapse(application, by=by)

    with time_machine.travel(returned[-1].correction_due_at + timedelta(seconds=1), tick=False):
        monkeypatch.setattr(refusing, "_lapse", dies_at_the_third)
        with pytest.raises(Killed):
            operations.lapse_corrections(by=SYSTEM)
        monkeypatch.undo()
        assert [operations.lapse_corrections(by=SYSTEM) for _ in range(2)] == [1, 0]

    assert [lines(one) for one in returned] == [["submit", "return", "lapse"]] * 3
    assert Delivery.objects.filter(kind="application.lapse").count() == 3


def test_a_worker_killed_while_it_asks_registers_asks_only_the_rest(
    waiting: Application, settings, monkeypatch
) -> None:
    with RegisterSimulator(today=clock.today) as running:
        settings.REGISTERS = {"url": running.url, "key": "", "timeout": 30, "attempts": 1, "pause": 0.01}
        keep, kept = registers.keep, []

        def dies_after_the_first(*args: object) -> object:
            if kept:
                raise Killed
            kept.append(args)
            return keep(*args)

        monkeypatch.setattr(registers, "keep", dies_after_the_first)
        with pytest.raises(Killed):
            registers.ask(waiting.pk)
        monkeypatch.undo()
        answered = dict(RegisterAnswer.objects.exclude(answer="pending").values_list("register", "asked_at"))
        assert len(answered) == 1
        for _ in range(2):
            registers.ask(waiting.pk)

        rows = RegisterAnswer.objects.filter(application=waiting)
        assert not rows.filter(answer__in=["pending", "failed"]).exists()
        first = next(iter(answered))
        assert rows.get(register=first).attempts == 1
        assert running.asked[client.PATHS[first]] == 1
        assert timezone.now() > answered[first]
