"""An unknown code: the population register is asked for earlier ones before a person is made, and later when silent."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.applications.test_races import together

from stars.common import clock
from stars.integrations.identity.simulator.people import invented_code
from stars.integrations.registers import client
from stars.integrations.registers.simulator.answers import EARLIER_CODES, Habit
from stars.integrations.registers.simulator.server import RegisterSimulator
from stars.merging.models import MergeProposal
from stars.merging.operations import earlier_codes
from stars.people import operations as people
from stars.people import queries
from stars.people.models import Person, PersonIdentifier
from stars.people.types import SignedIn

pytestmark = pytest.mark.django_db

NEW = "32000000000"
OLD = EARLIER_CODES[NEW][0]
BORN = date(1990, 1, 1)


@pytest.fixture
def registers(settings) -> Iterator[RegisterSimulator]:
    """Running registers that the settings name."""
    with RegisterSimulator(slow_seconds=60, today=clock.today) as running:
        settings.REGISTERS = {"url": running.url, "key": "", "timeout": 50, "attempts": 2, "pause": 0.01}
        yield running


def who(code: str) -> SignedIn:
    return SignedIn(code, "Anna", "Paraudziņa")


@pytest.mark.parametrize(("first", "second"), [(OLD, NEW), (NEW, OLD)])
def test_an_unknown_code_leads_to_the_person_who_had_the_other(
    registers: RegisterSimulator, first: str, second: str
) -> None:
    known = people.arrive(who(first))
    assert people.arrive(who(second)) == known
    assert registers.asked[client.CODES_PATH] == 2

    assert people.arrive(who(second)) == people.arrive(who(first)) == known
    assert registers.asked[client.CODES_PATH] == 2
    assert queries.person_code(known).digits == second
    assert sorted(PersonIdentifier.objects.values_list("value", flat=True)) == sorted([OLD, NEW])


@pytest.mark.parametrize("habit", list(Habit))
def test_sign_in_does_not_wait_for_a_register(registers: RegisterSimulator, habit: Habit) -> None:
    began = time.monotonic()
    person = people.arrive(who(invented_code(BORN, int(habit))))

    assert time.monotonic() - began < 30
    assert registers.asked[client.CODES_PATH] == 1
    assert person.earlier_codes_unasked is (habit is not Habit.IGNORANT)


def test_without_registers_nobody_is_asked_about_later(settings) -> None:
    settings.REGISTERS = settings.REGISTERS | {"url": ""}
    assert people.arrive(who(OLD)).earlier_codes_unasked is False


def silent_arrival(settings, code: str) -> Person:
    url = settings.REGISTERS["url"]
    settings.REGISTERS = settings.REGISTERS | {"url": "http://127.0.0.1:9"}
    person = people.arrive(who(code))
    settings.REGISTERS = settings.REGISTERS | {"url": url}
    return person


def test_whoever_came_while_it_was_silent_is_proposed_for_a_merge(
    registers: RegisterSimulator, settings
) -> None:
    known = people.arrive(who(OLD))
    second = silent_arrival(settings, NEW)
    assert (second != known, second.earlier_codes_unasked) == (True, True)

    assert [earlier_codes.ask_unasked() for _ in range(2)] == [1, 0]
    proposal = MergeProposal.objects.get()
    assert (proposal.kept, proposal.merged, proposal.proposed_by) == (known, second, None)
    second.refresh_from_db()
    assert second.earlier_codes_unasked is False


def test_a_register_that_stays_silent_is_asked_again(registers: RegisterSimulator) -> None:
    person = people.arrive(who(invented_code(BORN, int(Habit.BROKEN))))
    assert earlier_codes.ask_unasked() == 0
    person.refresh_from_db()
    assert person.earlier_codes_unasked is True


def test_those_about_whom_it_never_answers_are_in_nobodys_way(
    registers: RegisterSimulator, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier_codes, "_AT_ONCE", 2)
    known = people.arrive(who(OLD))
    for day in (1, 2):
        people.arrive(who(invented_code(date(1990, 1, day), int(Habit.BROKEN))))
    third = silent_arrival(settings, NEW)

    assert [earlier_codes.ask_unasked() for _ in range(2)] == [0, 1]
    assert MergeProposal.objects.get().merged == third != known
    # They are not forgotten either: each has its turn again.
    tried = dict(
        Person.objects.filter(earlier_codes_unasked=True).values_list("pk", "earlier_codes_tried_at")
    )
    earlier_codes.ask_unasked()
    again = dict(
        Person.objects.filter(earlier_codes_unasked=True).values_list("pk", "earlier_codes_tried_at")
    )
    assert len(again) == 2
    assert all(again[person] > tried[person] for person in again)


def test_whose_turn_it_is_stands_in_an_index() -> None:
    with CaptureQueriesContext(connection) as asked:
        earlier_codes.ask_unasked()
    (turns,) = [query["sql"] for query in asked if "ORDER BY" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {turns}")
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "person_earlier_codes_unasked" in plan
    assert "Sort" not in plan


def test_a_run_that_was_killed_is_repeated_without_proposing_twice(
    registers: RegisterSimulator, settings
) -> None:
    people.arrive(who(OLD))
    second = silent_arrival(settings, NEW)
    earlier_codes.ask_unasked()
    Person.objects.filter(pk=second.pk).update(earlier_codes_unasked=True)

    earlier_codes.ask_unasked()
    assert MergeProposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sign_ins_at_once_give_the_code_once(registers: RegisterSimulator) -> None:
    known = people.arrive(who(OLD))
    assert together(*[lambda: people.arrive(who(NEW))] * 4) == [known] * 4
    assert PersonIdentifier.objects.filter(person=known).count() == 2
