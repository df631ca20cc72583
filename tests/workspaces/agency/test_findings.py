"""How the rules stand: the filter of the queue, its list and the page of an application say the same, whatever changes
it."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.db import connection
from django.test import Client
from tests.applications.deciding import Filled, agency_officer, answered, corrected, sent_back, submitted
from tests.world import make_person

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations
from stars.applications.enums import Answer, Register, Status
from stars.applications.models import Application, RegisterAnswer
from stars.applications.operations import registers
from stars.applications.queries.rules import rules_of
from stars.common import clock
from stars.funding.operations import set_rules
from stars.funding.queries import rules_for
from stars.integrations.registers.simulator.server import RegisterSimulator
from stars.integrations.registers.types import Outcome, Said
from stars.people.models import Person, PersonIdentifier

pytestmark = pytest.mark.django_db
QUEUE = "/agentura/pieteikumi/"


@pytest.fixture
def waiting(filled: Filled, person: Person) -> Application:
    """Submitted under MN, whose rules the tax and the population register confirm."""
    return submitted(filled, person)


def said_everywhere(desk: Client, application: Application, *, rule: str = "employed") -> str:
    """How the rule stands on the page; fails when list or filter say otherwise."""
    rules = desk.get(f"{QUEUE}{application.public_id}/").context["rules"]
    verdicts = [row.finding.verdict.value for row in rules]
    listed = {row["application"]: dict(row["verdicts"]) for row in desk.get(QUEUE).context["rows"]}
    assert listed[application] == {name: verdicts.count(name) for name in ("not-met", "to-check", "met")}
    found = desk.get(f"{QUEUE}?pazime=japarbauda").context
    assert (application in [row["application"] for row in found["rows"]]) is ("to-check" in verdicts)
    assert f"({int('to-check' in verdicts)})" in dict(found["filters"].fields["pazime"].choices)["japarbauda"]
    return next(row.finding.verdict.value for row in rules if row.finding.code == rule)


@pytest.mark.parametrize(
    ("said", "verdict"), [("yes", "met"), ("no", "not-met"), ("unknown", "to-check"), ("failed", "to-check")]
)
def test_an_answer_is_seen_everywhere(desk: Client, waiting: Application, said: str, verdict: str) -> None:
    assert said_everywhere(desk, waiting) == "met"
    answered(waiting, tax=said)
    assert said_everywhere(desk, waiting) == verdict
    assert said_everywhere(desk, waiting, rule="adult") == "met"


def test_what_a_register_leaves_open_is_not_laid_at_the_sign_in(desk: Client, waiting: Application) -> None:
    words = "Pieslēgšanās datos nav Jūsu dzimšanas datuma"
    address = f"{QUEUE}{waiting.public_id}/"
    answered(waiting, population="unknown")
    assert words not in desk.get(address).content.decode()
    RegisterAnswer.objects.all().delete()
    assert words in desk.get(address).content.decode()


@pytest.mark.parametrize("before", list(Said))
@pytest.mark.parametrize("now", list(Said))
def test_a_later_answer_takes_the_place_of_an_earlier_one(
    desk: Client, waiting: Application, before: Said, now: Said
) -> None:
    answered(waiting, population=before)
    earlier = said_everywhere(desk, waiting, rule="adult")
    RegisterAnswer.objects.update(answer="pending")
    # Being asked again is no news; the answer is.
    assert said_everywhere(desk, waiting, rule="adult") == earlier
    registers.keep(waiting, Register.POPULATION, Outcome(now))
    assert said_everywhere(desk, waiting, rule="adult") == {"yes": "met", "no": "not-met"}.get(
        now, "to-check"
    )


def test_an_answer_that_came_second_changes_nothing(desk: Client, waiting: Application) -> None:
    answered(waiting, tax="yes")
    assert registers.keep(waiting, Register.TAX, Outcome(Said.FAILED)) is Answer.YES
    assert said_everywhere(desk, waiting) == "met"


def test_the_job_that_asks_brings_it_up_to_date(desk: Client, waiting: Application, settings) -> None:
    settings.REGISTERS = settings.REGISTERS | {"url": "http://127.0.0.1:9", "attempts": 1, "pause": 0.01}
    with pytest.raises(registers.RegistersSilent):
        registers.ask(waiting.pk)
    assert said_everywhere(desk, waiting) == said_everywhere(desk, waiting, rule="adult") == "to-check"
    with RegisterSimulator(slow_seconds=3, today=clock.today) as running:
        settings.REGISTERS = settings.REGISTERS | {"url": running.url}
        registers.ask(waiting.pk)
    stored = dict(RegisterAnswer.objects.values_list("register", "answer"))
    verdicts = {"yes": "met", "no": "not-met", "unknown": "to-check"}
    assert said_everywhere(desk, waiting) == verdicts[stored["tax"]]
    assert said_everywhere(desk, waiting, rule="adult") == verdicts[stored["population"]]


def test_nobody_can_be_asked_about_somebody_without_a_code(desk: Client, waiting: Application) -> None:
    PersonIdentifier.objects.update(valid_until=clock.today())
    registers.ask(waiting.pk)
    assert set(RegisterAnswer.objects.values_list("answer", flat=True)) == {"unknown"}
    assert said_everywhere(desk, waiting) == "to-check"


def test_a_correction_keeps_what_registers_said_and_has_the_rest_asked(
    desk: Client, waiting: Application, by: Actor, settings
) -> None:
    answered(waiting, tax="unknown")
    returned = sent_back(waiting, "low_income", by=agency_officer(7))
    operations.resubmit(returned, corrected(low_income="on"), by=by)
    assert said_everywhere(desk, waiting) == "to-check"
    with RegisterSimulator(slow_seconds=3, today=clock.today) as running:
        settings.REGISTERS = settings.REGISTERS | {"url": running.url, "attempts": 1, "pause": 0.01}
        registers.ask(waiting.pk)
    assert set(RegisterAnswer.objects.values_list("register", flat=True)) == {"tax", "population", "social"}
    assert said_everywhere(desk, waiting) == "to-check"


def test_what_a_register_says_while_it_is_returned_is_there_when_it_comes_back(
    desk: Client, waiting: Application, by: Actor
) -> None:
    returned = sent_back(waiting, "occupation", by=agency_officer(7))
    answered(returned, tax="unknown")
    operations.resubmit(returned, corrected(occupation="Cita"), by=by)
    assert said_everywhere(desk, waiting) == "to-check"


def test_what_a_register_says_after_a_refusal_is_there_when_it_is_examined_again(
    desk: Client, waiting: Application
) -> None:
    operations.refuse(waiting, reasons=["employment"], by=agency_officer(7))
    answered(waiting, tax="unknown")
    again = operations.reopen(waiting, reasons=["mistake"], note="Kļūda.", by=agency_officer(8))
    assert again.status == Status.SUBMITTED
    assert said_everywhere(desk, again) == "to-check"


def test_rules_that_are_set_later_on_the_day_do_not_reach_it(
    desk: Client, filled: Filled, waiting: Application
) -> None:
    before = rules_for("MN", clock.today())
    stricter = replace(before, minimum_age=99, learnings_allowed=None, check_workdays=3)
    with time_machine.travel(clock.now() + timedelta(seconds=1), tick=True):
        set_rules("MN", stricter, valid_from=clock.today(), basis="Rīkojums Nr. 9", by=SYSTEM)
        with pytest.raises(operations.NotEligible):
            submitted(filled, make_person(9))
    assert rules_for("MN", clock.today()).minimum_age == 99
    assert rules_of(waiting) == before
    assert (
        said_everywhere(desk, waiting, rule="adult")
        == said_everywhere(desk, waiting, rule="learnings")
        == "met"
    )
    decided = operations.confirm(waiting, by=agency_officer(7)).decisions.get()
    assert decided.rules_version == "MN-2026-1/0"


def test_what_was_stored_before_follows_once(desk: Client, waiting: Application) -> None:
    RegisterAnswer.objects.create(application=waiting, register="tax", answer="unknown")
    RegisterAnswer.objects.create(application=waiting, register="population", answer="no")
    migration = import_module("stars.applications.migrations.0010_findings_follow_the_registers")
    order = [row["rule"] for row in waiting.findings or []]
    with connection.cursor() as cursor:
        for rows in (1, 0):
            cursor.execute(migration.FOLLOW)
            assert cursor.rowcount == rows
    waiting.refresh_from_db()
    assert [row["rule"] for row in waiting.findings or []] == order
    assert said_everywhere(desk, waiting) == "to-check"
    assert said_everywhere(desk, waiting, rule="adult") == "not-met"
