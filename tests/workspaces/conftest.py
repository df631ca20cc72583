"""People at every stage of their first visit, made as the platform makes them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.integrations.identity.visitor import Visitor
from tests.workspaces.arriving import Traveller

from stars.actors.actor import Actor
from stars.common import clock
from stars.integrations.identity.simulator.server import Simulator
from stars.people import operations
from stars.people.models import Person
from stars.people.types import ProfileAnswers, SignedIn
from stars.workspaces.roles import HOME

OURS = {"origin": "http://testserver"}
# Old form, wrong check digit: nobody's.
CODE = "22038417779"

ANSWERS = ProfileAnswers(
    email="anna@klients.example",
    phone="+37120001001",
    economic_status="econ-employee",
    education="edu-08",
    low_income=False,
    registration_reasons=["reason-apply"],
    fields_of_interest=["field-ikt", "field-digitalas"],
    how_heard=["heard-employer"],
)


@pytest.fixture
def newcomer(db: None) -> Person:
    """Has signed in for the first time, and nothing more."""
    return operations.sign_in(SignedIn(CODE, "Anna", "Kalniņa"))


@pytest.fixture
def consenting(newcomer: Person) -> Person:
    """Has accepted the texts."""
    operations.accept_texts(newcomer, by=operations.actor_of(newcomer))
    return newcomer


@pytest.fixture
def citizen(consenting: Person) -> Person:
    """Is registered."""
    operations.save_profile(consenting, ANSWERS, by=operations.actor_of(consenting))
    return consenting


@pytest.fixture
def tab(signed_in: Callable[..., Client], citizen: Person) -> Client:
    """The registered person's browser."""
    return signed_in(citizen)


@pytest.fixture
def typed() -> dict[str, Any]:
    """The registration form as somebody fills it in."""
    return {
        "email": "anna@klients.example",
        "phone": "20 001 001",
        "economic_status": "econ-employee",
        "education": "edu-08",
        "registration_reasons": ["reason-apply"],
        "fields_of_interest": ["field-ikt", "field-digitalas"],
        "how_heard": ["heard-employer"],
    }


@pytest.fixture
def traveller(db: None, simulator: Simulator, visitor: Visitor) -> Traveller:
    """A browser in which nobody is signed in, and a national sign-in that answers."""
    return Traveller(visitor)


@pytest.fixture
def come_back(officer: Actor, at_work: Callable[[Actor], Client]) -> Callable[..., tuple[Client, str]]:
    """Send a form after twenty idle minutes, sign in again: the browser, and the page to which the sign-in leads."""

    def come(address: str, data: dict[str, object]) -> tuple[Client, str]:
        browser = at_work(officer)
        with time_machine.travel(clock.now(), tick=False):
            browser.get(reverse(HOME[officer.role]))
        with time_machine.travel(clock.now() + timedelta(minutes=20), tick=True):
            answer = browser.post(address, data, headers=OURS)
        asked = parse_qs(urlsplit(answer["Location"]).query)
        assert asked["reason"] == ["kept"]
        return at_work(officer), asked["next"][0]

    return come
