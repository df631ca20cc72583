"""A mistake is mended by a further entry that one officer proposes and another carries out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from tests.funding.conftest import Purse
from tests.world import make_person, make_staff

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.actors.permissions import Role
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.funding import operations, queries
from stars.funding.models import CorrectionProposal, LedgerEntry
from stars.people import operations as people

pytestmark = pytest.mark.django_db
NUMBER = "IMK-2026-000001"
Correct = Callable[[LedgerEntry], None]


def entry(kind: str) -> LedgerEntry:
    return LedgerEntry.objects.filter(kind=kind).latest("pk")


@pytest.fixture
def paid(purse: Purse) -> LedgerEntry:
    """A payment of 400 €."""
    purse.hold(40_000)
    operations.pay(NUMBER, reference="complete:1", reason="Pabeidzis", by=SYSTEM)
    return entry("payment")


def test_a_payment_is_taken_back_from_account_and_budget(
    purse: Purse, paid: LedgerEntry, correct: Correct
) -> None:
    correct(paid)

    correction = entry("correction")
    assert (correction.amount_cents, correction.reverses_id, correction.reason) == (
        40_000,
        paid.pk,
        "Kļūda rēķinā",
    )
    assert (correction.actor_id, correction.second_actor_id) == (
        purse.second.person_id,
        purse.officer.person_id,
    )
    account = purse.account()
    assert (account.available_cents, account.spent_cents, account.granted_cents) == (120_000, 0, 120_000)
    assert queries.budget_of(purse.round.pk).committed_cents == 0
    assert AuditEvent.objects.filter(kind="correction.accepted", subject_id=str(paid.pk)).count() == 1


def test_an_entry_is_corrected_once(purse: Purse, paid: LedgerEntry, correct: Correct) -> None:
    correct(paid)
    with pytest.raises(operations.NotCorrectable):
        operations.propose_correction(paid.pk, reason="Vēlreiz", by=purse.officer)


def test_an_entry_has_one_open_proposal(purse: Purse, paid: LedgerEntry) -> None:
    operations.propose_correction(paid.pk, reason="Kļūda", by=purse.officer)
    with pytest.raises(operations.NotCorrectable):
        operations.propose_correction(paid.pk, reason="Kļūda", by=purse.second)


def test_nobody_settles_their_own_but_to_decline(purse: Purse, paid: LedgerEntry) -> None:
    proposal = operations.propose_correction(paid.pk, reason="Kļūda", by=purse.officer)
    with pytest.raises(operations.SameOfficer):
        operations.settle_correction(proposal.pk, accept=True, by=purse.officer)
    operations.settle_correction(proposal.pk, accept=False, by=purse.officer)

    assert not LedgerEntry.objects.filter(kind="correction").exists()
    assert operations.propose_correction(paid.pk, reason="Tomēr", by=purse.second).pk != proposal.pk


def test_settling_twice_is_settling_once(purse: Purse, paid: LedgerEntry) -> None:
    proposal = operations.propose_correction(paid.pk, reason="Kļūda", by=purse.officer)
    for accept in (True, True, False):
        settled = operations.settle_correction(proposal.pk, accept=accept, by=purse.second)
        assert settled.is_accepted is True
    assert LedgerEntry.objects.filter(kind="correction").count() == 1


@pytest.mark.parametrize("kind", ["reservation", "release"])
def test_holds_and_releases_are_not_corrected(purse: Purse, paid: LedgerEntry, kind: str) -> None:
    with pytest.raises(operations.NotCorrectable):
        operations.propose_correction(entry(kind).pk, reason="Kļūda", by=purse.officer)


def test_a_correction_owes_a_reason_and_an_entry(purse: Purse, paid: LedgerEntry) -> None:
    with pytest.raises(operations.NotCorrectable):
        operations.propose_correction(paid.pk, reason="  ", by=purse.officer)
    with pytest.raises(operations.NotCorrectable):
        operations.propose_correction(0, reason="Kļūda", by=purse.officer)
    with pytest.raises(operations.NotCorrectable):
        operations.settle_correction(0, accept=True, by=purse.second)
    assert not CorrectionProposal.objects.exists()


def test_a_grant_that_is_spent_cannot_be_taken_back(purse: Purse, paid: LedgerEntry) -> None:
    proposal = operations.propose_correction(entry("grant").pk, reason="Kļūda", by=purse.officer)
    with pytest.raises(operations.FundsExceeded) as refused:
        operations.settle_correction(proposal.pk, accept=True, by=purse.second)

    assert (refused.value.available_cents, refused.value.needed_cents) == (80_000, 120_000)
    proposal.refresh_from_db()
    assert proposal.settled_at is None


def test_a_grant_taken_back_leaves_an_empty_account_and_no_second_grant(
    purse: Purse, correct: Correct
) -> None:
    purse.hold(0)
    correct(entry("grant"))

    assert purse.account().granted_cents == 0
    with pytest.raises(operations.FundsExceeded):
        purse.hold(1)
    assert LedgerEntry.objects.filter(kind="grant").count() == 1


def test_money_that_expired_by_mistake_can_be_used_for_a_month(purse: Purse, correct: Correct) -> None:
    purse.hold(0)
    with time_machine.travel(clock.now() + timedelta(days=800)):
        operations.expire_accounts(by=SYSTEM)
        correct(entry("expiry"))
        account = purse.account()
        assert (account.available_cents, account.expired_cents) == (120_000, 0)
        assert account.days_left(clock.today()) == 30
        purse.hold(20_000)
    with time_machine.travel(clock.now() + timedelta(days=831)):
        assert operations.expire_accounts(by=SYSTEM) == 1
    assert purse.row().available_cents == 0


def test_expired_money_does_not_come_back_beside_a_newer_account(purse: Purse) -> None:
    purse.hold(0)
    with time_machine.travel(clock.now() + timedelta(days=800)):
        purse.hold(0, "IMK-2028-000001")
        proposal = operations.propose_correction(entry("expiry").pk, reason="Kļūda", by=purse.officer)
        with pytest.raises(operations.NotCorrectable):
            operations.settle_correction(proposal.pk, accept=True, by=purse.second)


def test_a_payment_taken_back_after_the_last_day_expires(
    purse: Purse, paid: LedgerEntry, correct: Correct
) -> None:
    with time_machine.travel(clock.now() + timedelta(days=800)):
        operations.expire_accounts(by=SYSTEM)
        correct(paid)
    assert purse.movements()[-2:] == [("correction", 40_000), ("expiry", -40_000)]


def test_who_may_correct(purse: Purse, paid: LedgerEntry) -> None:
    owner = Actor(Role.AGENCY_OFFICER, purse.person.pk, "Pati", 1, "Aģentūra", frozenset({"IMK"}))
    elsewhere = Actor(Role.AGENCY_OFFICER, purse.officer.person_id, "Cits", 1, "Cita", frozenset({"VARAM"}))
    for actor, refusal in [
        (people.actor_of(make_person(2)), NotPermitted),
        (make_staff(3, "institution"), NotPermitted),
        (make_staff(4, "ministry"), NotPermitted),
        (elsewhere, OutOfScope),
        (owner, OwnAffair),
    ]:
        with pytest.raises(refusal):
            operations.propose_correction(paid.pk, reason="Kļūda", by=actor)
    proposal = operations.propose_correction(paid.pk, reason="Kļūda", by=purse.officer)
    for actor, refusal in [(owner, OwnAffair), (elsewhere, OutOfScope), (SYSTEM, NotPermitted)]:
        with pytest.raises(refusal):
            operations.settle_correction(proposal.pk, accept=True, by=actor)


def test_what_can_be_corrected_is_found_by_the_applications_number(purse: Purse, paid: LedgerEntry) -> None:
    operations.propose_correction(paid.pk, reason="Kļūda", by=purse.officer)
    found = operations.look_up(NUMBER, by=purse.officer)

    assert [(line.kind, line.amount_cents, line.state) for line in found] == [
        ("payment", -40_000, "proposed"),
        ("grant", 120_000, "free"),
    ]
    assert AuditEvent.objects.get(kind="ledger.viewed").subject_id == NUMBER
    assert operations.look_up("IMK-2026-999999", by=purse.officer) == []
    assert [p.entry_id for p in queries.proposals({"IMK"}, is_open=True)] == [paid.pk]
    assert list(queries.proposals({"VARAM"}, is_open=True)) == []
