"""Rows for tests. Each factory makes one whole thing that breaks no rule; a test names what matters to it."""

from tests.factories.applications import ApplicationFactory
from tests.factories.catalogue import GroupFactory, GroupOfferFactory, ProgrammeFactory, RoundFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import NewPersonFactory, PersonFactory

__all__ = [
    "ApplicationFactory",
    "GroupFactory",
    "GroupOfferFactory",
    "NewPersonFactory",
    "OrganisationFactory",
    "PersonFactory",
    "ProgrammeFactory",
    "RoundFactory",
]
