"""People at every stage of their first visit, made as the platform makes them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.integrations.identity.visitor import Visitor
from tests.workspaces.arriving import Traveller

from stars.integrations.identity.simulator.server import Simulator
from stars.people import operations
from stars.people.models import Person
from stars.people.types import ProfileAnswers, SignedIn

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
