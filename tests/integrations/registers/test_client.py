"""The client against the simulator: answers, delay, failure, and what must not leak."""

import logging
from collections.abc import Iterator
from datetime import date

import pytest

from stars.integrations.identity.simulator.people import invented_code, simulated_people
from stars.integrations.registers import client
from stars.integrations.registers.simulator.answers import EARLIER_CODES, Habit
from stars.integrations.registers.simulator.server import RegisterSimulator
from stars.integrations.registers.types import Question, Register, Said

TODAY = date(2026, 11, 25)
BORN = date(1990, 1, 1)
ADULT = 18


@pytest.fixture
def registers(settings) -> Iterator[RegisterSimulator]:
    """Running registers that the settings name."""
    with RegisterSimulator(slow_seconds=60, today=lambda: TODAY) as running:
        settings.REGISTERS = {"url": running.url, "key": "", "timeout": 30, "attempts": 3, "pause": 0.01}
        yield running


def question(
    register: Register, code: str = "", *, serial: int = 1, at_least: int = ADULT, on: date = TODAY
) -> Question:
    return Question(register, code or invented_code(BORN, serial), on, at_least)


def code_of(slug: str) -> str:
    return next(person.person_code for person in simulated_people(TODAY) if person.slug == slug)


@pytest.mark.parametrize(
    ("register", "slug", "said"),
    [
        (Register.TAX, "citizen", Said.YES),
        (Register.TAX, "unemployed-citizen", Said.NO),
        (Register.TAX, "eidas-citizen", Said.UNKNOWN),
        (Register.POPULATION, "citizen", Said.YES),
        (Register.POPULATION, "minor", Said.NO),
        (Register.POPULATION, "new-code-citizen", Said.YES),
        (Register.SOCIAL, "low-income-citizen", Said.YES),
        (Register.SOCIAL, "citizen", Said.NO),
    ],
)
def test_registers_say_what_the_invented_people_are(
    registers: RegisterSimulator, register: Register, slug: str, said: Said
) -> None:
    assert client.ask(question(register, code_of(slug))).said is said


def test_age_is_of_the_day_that_is_asked_about(registers: RegisterSimulator) -> None:
    born = date(2008, 11, 26)
    asked = question(Register.POPULATION, invented_code(born, 1))
    day_later = question(Register.POPULATION, invented_code(born, 1), on=date(2026, 11, 26))

    assert (client.ask(asked).said, client.ask(day_later).said) == (Said.NO, Said.YES)


@pytest.mark.parametrize("register", list(Register))
def test_a_register_that_breaks_is_asked_three_times(
    registers: RegisterSimulator, register: Register
) -> None:
    outcome = client.ask(question(register, serial=int(Habit.BROKEN)))

    assert (outcome.said, outcome.fault) == (Said.FAILED, "status-503")
    assert registers.asked[client.PATHS[register]] == 3


def test_a_register_that_stumbles_once_answers_at_the_second_attempt(registers: RegisterSimulator) -> None:
    assert client.ask(question(Register.TAX, serial=int(Habit.FLAKY))).said is Said.YES
    assert registers.asked["tax/employment"] == 2


def test_a_slow_register_is_not_waited_for(registers: RegisterSimulator, settings) -> None:
    settings.REGISTERS = settings.REGISTERS | {"timeout": 0.3}
    outcome = client.ask(question(Register.TAX, serial=int(Habit.SLOW)), attempts=1)

    assert (outcome.said, outcome.fault) == (Said.FAILED, "timeout")


def test_not_knowing_is_an_answer(registers: RegisterSimulator) -> None:
    outcome = client.ask(question(Register.SOCIAL, serial=int(Habit.IGNORANT)))

    assert (outcome.said, outcome.fault) == (Said.UNKNOWN, "")
    assert registers.asked["social/low-income"] == 1


def test_nobody_listening_is_a_failure(settings, unused_port: int) -> None:
    url = f"http://127.0.0.1:{unused_port}"
    settings.REGISTERS = {"url": url, "key": "", "timeout": 30, "attempts": 2, "pause": 0.01}

    assert client.ask(question(Register.TAX)).fault == "ConnectionError"


def test_no_registers_at_all_is_a_failure_without_a_call(settings) -> None:
    settings.REGISTERS = settings.REGISTERS | {"url": ""}

    assert client.ask(question(Register.TAX)).fault == "not-configured"
    assert client.codes_of(invented_code(BORN, 1)).said is Said.FAILED


def test_a_question_that_the_register_refuses_is_not_repeated(registers: RegisterSimulator) -> None:
    outcome = client.ask(question(Register.TAX, "nonsense"))

    assert (outcome.said, outcome.fault) == (Said.FAILED, "status-400")
    assert registers.asked["tax/employment"] == 1


def test_earlier_codes_are_told_from_either(registers: RegisterSimulator) -> None:
    (later, (earlier,)) = next(iter(EARLIER_CODES.items()))

    assert set(client.codes_of(later).codes) == set(client.codes_of(earlier).codes) == {earlier, later}
    assert client.codes_of(invented_code(BORN, int(Habit.IGNORANT))).said is Said.UNKNOWN


def test_neither_logs_nor_values_show_a_code(
    registers: RegisterSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = question(Register.TAX, serial=int(Habit.BROKEN))
    outcome = client.ask(asked)
    found = client.codes_of(asked.person_code)

    assert asked.person_code not in f"{caplog.text} {asked!r} {outcome!r} {found!r}"
    assert "did not answer" in caplog.text
