"""Two records of one person, and the officers who settle it."""

from dataclasses import dataclass

import pytest
from tests.world import make_person, make_staff

from stars.actors.actor import Actor
from stars.merging import operations
from stars.merging.models import MergeProposal
from stars.people.models import Person


@dataclass
class Twins:
    """`merged` is to become `kept`."""

    kept: Person
    merged: Person
    first: Actor
    second: Actor

    def propose(self) -> MergeProposal:
        """As the first officer."""
        return operations.propose(self.kept, self.merged, "Reģistrs nosauc agrāko kodu", by=self.first)

    def settle(self) -> Person:
        """Proposed by one officer and carried out by the other."""
        return operations.settle(self.propose(), by=self.second)


@pytest.fixture
def twins(catalogue_lists: None) -> Twins:
    """Nothing is in the way."""
    return Twins(make_person(1), make_person(2), make_staff(1, "agency"), make_staff(2, "agency"))
