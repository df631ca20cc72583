"""A round with money, an agency's officers, a person: what every test of money needs."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from tests.world import make_person, make_round, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.catalogue.models import Round
from stars.funding import operations, queries
from stars.funding.models import LearningAccount, LedgerEntry
from stars.funding.types import Account
from stars.people.models import Person


@dataclass
class Purse:
    """A person, a round of a source with learning accounts, and two officers who decide there."""

    person: Person
    round: Round
    officer: Actor
    second: Actor

    def hold(
        self,
        amount_cents: int,
        number: str = "IMK-2026-000001",
        *,
        reference: str = "",
        person: Person | None = None,
        round: Round | None = None,
        by: Actor | None = None,
    ) -> None:
        """Hold for an application of this number."""
        round = round or self.round
        operations.hold(
            application_number=number,
            programme="Datu analīze",
            person=person or self.person,
            round=round,
            scheme=round.scheme,
            amount_cents=amount_cents,
            reference=reference or f"confirm:{number}",
            by=by or self.officer,
        )

    def account(self) -> Account:
        """The person's account that is open."""
        found = queries.account_of(self.person.pk, self.round.scheme)
        assert found is not None
        return found

    def row(self) -> LearningAccount:
        """The latest account's row."""
        return LearningAccount.objects.filter(person=self.person).order_by("-opens_on").first()

    def movements(self) -> list[tuple[str, int]]:
        """Everything that was written for the person, in order."""
        entries = LedgerEntry.objects.filter(account__person=self.person).order_by("pk")
        return list(entries.values_list("kind", "amount_cents"))


@pytest.fixture
def purse(catalogue_lists: None) -> Purse:
    """A round with 5 000 €; the account of IMK is worth 1 200 €."""
    round_ = make_round("IMK")
    operations.set_budget(round_, 500_000, by=SYSTEM)
    return Purse(make_person(), round_, make_staff(1, "agency"), make_staff(2, "agency"))


@pytest.fixture
def correct(purse: Purse) -> Callable[[LedgerEntry], None]:
    """Have an entry reversed by two officers."""

    def both(entry: LedgerEntry) -> None:
        proposal = operations.propose_correction(entry.pk, reason="Kļūda rēķinā", by=purse.officer)
        operations.settle_correction(proposal.pk, accept=True, by=purse.second)

    return both
