"""A mistake is mended by a further entry that one officer proposes and another carries out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from tests.funding.conftest import Purse
from tests.world import make_person, make_round, make_staff

from stars.actors.actor import ANONYMOUS, SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.actors.permissions import Role
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.funding import operations, queries
from stars.funding.enums import EntryKind
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
        (make_staff(4, "ministry"), OutOfScope),
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


def test_a_grant_reversed_by_mistake_is_in_force_again(purse: Purse, correct: Correct) -> None:
    purse.hold(0)
    correct(entry("grant"))
    mistake = entry("correction")
    correct(mistake)

    account = purse.account()
    assert (account.granted_cents, account.available_cents) == (120_000, 120_000)
    assert queries.budget_of(purse.round.pk).committed_cents == 0
    purse.hold(120_000, "IMK-2026-000002")
    assert queries.budget_of(purse.round.pk).committed_cents == 120_000
    # Each once: what is in force is the last of them.
    with pytest.raises(operations.NotCorrectable):
        operations.propose_correction(mistake.pk, reason="Vēlreiz", by=purse.officer)
    found = operations.look_up(NUMBER, by=purse.officer)
    assert [(line.kind, line.about, line.amount_cents, line.state) for line in found] == [
        ("correction", str(EntryKind.GRANT.label), 120_000, "free"),
        ("correction", str(EntryKind.GRANT.label), -120_000, "corrected"),
        ("grant", "", 120_000, "restored"),
    ]


def test_what_is_in_force_again_can_be_reversed_again(purse: Purse, correct: Correct) -> None:
    purse.hold(0)
    correct(entry("grant"))
    for _ in range(2):
        correct(entry("correction"))
    assert (purse.account().granted_cents, purse.account().available_cents) == (0, 0)
    assert [line.state for line in operations.look_up(NUMBER, by=purse.officer)] == [
        "free",
        "corrected",
        "restored",
        "corrected",
    ]


def test_a_payment_that_was_reversed_by_mistake_counts_in_account_and_budget_again(
    purse: Purse, paid: LedgerEntry, correct: Correct
) -> None:
    correct(paid)
    correct(entry("correction"))
    account = purse.account()
    assert (account.available_cents, account.spent_cents) == (80_000, 40_000)
    assert queries.budget_of(purse.round.pk).committed_cents == 40_000
    assert [line.pk for line in queries.payments_in_force(NUMBER)] == [entry("correction").pk]


def test_what_came_back_and_is_spent_since_is_not_taken_again(
    purse: Purse, paid: LedgerEntry, correct: Correct
) -> None:
    correct(paid)
    mistake = entry("correction")
    purse.hold(100_000, "IMK-2026-000002")
    with pytest.raises(operations.FundsExceeded) as poor:
        correct(mistake)
    assert (poor.value.available_cents, poor.value.needed_cents) == (20_000, 40_000)
    CorrectionProposal.objects.filter(settled_at__isnull=True).update(
        settled_at=clock.now(), settled_by=purse.officer.person_id, is_accepted=False
    )
    operations.release("IMK-2026-000002", reference="leave:2", reason="", by=SYSTEM)
    operations.set_budget(purse.round, 30_000, by=SYSTEM)
    with pytest.raises(operations.BudgetExceeded) as short:
        correct(mistake)
    assert (short.value.left_cents, short.value.needed_cents) == (30_000, 40_000)


def test_a_grant_restored_after_the_last_day_expires_and_can_be_given_a_month(
    purse: Purse, correct: Correct
) -> None:
    purse.hold(0)
    correct(entry("grant"))
    mistake = entry("correction")
    with time_machine.travel(clock.now() + timedelta(days=800)):
        operations.expire_accounts(by=SYSTEM)
        correct(mistake)
        assert purse.movements()[-2:] == [("correction", 120_000), ("expiry", -120_000)]
        correct(entry("expiry"))
        account = purse.account()
        assert (account.available_cents, account.expired_cents) == (120_000, 0)
        assert account.days_left(clock.today()) == 30


def test_an_expiry_reversed_by_mistake_takes_its_money_again(purse: Purse, correct: Correct) -> None:
    purse.hold(0)
    with time_machine.travel(clock.now() + timedelta(days=800)):
        operations.expire_accounts(by=SYSTEM)
        correct(entry("expiry"))
        correct(entry("correction"))
        account = purse.account()
        assert (account.available_cents, account.expired_cents) == (0, 120_000)
        last = account.expires_on
    with time_machine.travel(clock.now() + timedelta(days=831)):
        assert operations.expire_accounts(by=SYSTEM) == 1
    assert (purse.row().available_cents, purse.row().expires_on) == (0, last)
    assert purse.movements()[-1] == ("correction", -120_000)


def owe(purse: Purse, number: str = NUMBER) -> int:
    return operations.propose_return(
        number, owner=purse.person.pk, reason="Atteicies", by=people.actor_of(purse.person)
    )


def test_what_a_step_gives_back_waits_for_an_officer_once(purse: Purse, paid: LedgerEntry) -> None:
    assert [owe(purse), owe(purse)] == [40_000, 40_000]
    proposal = CorrectionProposal.objects.get()
    assert (proposal.entry_id, proposal.proposed_by, proposal.is_owed) == (paid.pk, purse.person.pk, True)
    assert purse.account().spent_cents == 40_000
    (waiting,) = queries.returns_to(purse.account().pk)
    assert (waiting.application, waiting.amount_cents, waiting.is_returned) == (NUMBER, 40_000, None)

    operations.settle_correction(proposal.pk, accept=True, by=purse.officer)

    correction = entry("correction")
    assert (correction.actor_id, correction.second_actor_id) == (purse.officer.person_id, purse.person.pk)
    assert (purse.account().spent_cents, purse.account().available_cents) == (0, 120_000)
    assert queries.budget_of(purse.round.pk).committed_cents == 0
    assert queries.returns_to(purse.account().pk) == []
    assert [owed.is_returned for owed in queries.returns_for(NUMBER)] == [True]
    assert owe(purse) == 0


def test_a_return_may_be_declined_and_that_is_seen(purse: Purse, paid: LedgerEntry) -> None:
    owe(purse)
    operations.settle_correction(CorrectionProposal.objects.get().pk, accept=False, by=purse.officer)
    assert purse.account().spent_cents == 40_000
    assert queries.returns_to(purse.account().pk) == []
    assert [owed.is_returned for owed in queries.returns_for(NUMBER)] == [False]


def test_nothing_comes_back_where_nothing_was_paid(purse: Purse) -> None:
    purse.hold(40_000)
    assert owe(purse) == 0
    assert not CorrectionProposal.objects.exists()


def test_an_officers_proposal_becomes_owed_and_is_not_taken_back(purse: Purse, paid: LedgerEntry) -> None:
    proposal = operations.propose_correction(paid.pk, reason="Kļūda", by=purse.officer)
    assert owe(purse) == 40_000
    proposal.refresh_from_db()
    assert (CorrectionProposal.objects.count(), proposal.is_owed, proposal.reason) == (1, True, "Kļūda")
    for accept in (True, False):
        with pytest.raises(operations.SameOfficer):
            operations.settle_correction(proposal.pk, accept=accept, by=purse.officer)
    assert operations.settle_correction(proposal.pk, accept=True, by=purse.second).is_accepted is True


def test_whose_learning_it_was_settles_no_return_where_there_is_no_account(purse: Purse) -> None:
    round_ = make_round("MN")
    operations.set_budget(round_, 100_000, by=SYSTEM)
    purse.hold(40_000, "MN-2026-000001", round=round_, by=SYSTEM)
    operations.pay("MN-2026-000001", reference="start:1", reason="", by=SYSTEM)
    owe(purse, "MN-2026-000001")
    proposal = CorrectionProposal.objects.get()
    owner = Actor(Role.AGENCY_OFFICER, purse.person.pk, "Pati", 1, "Aģentūra", frozenset({"MN"}))
    for accept in (True, False):
        with pytest.raises(operations.SameOfficer):
            operations.settle_correction(proposal.pk, accept=accept, by=owner)
    operations.settle_correction(proposal.pk, accept=True, by=purse.officer)
    assert queries.budget_of(round_.pk).committed_cents == 0


def test_who_may_take_no_step_gives_nothing_back(purse: Purse, paid: LedgerEntry) -> None:
    with pytest.raises(NotPermitted):
        operations.propose_return(NUMBER, owner=purse.person.pk, reason="x", by=ANONYMOUS)
