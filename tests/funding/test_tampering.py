"""Whatever code or an administrator's console tries: the database keeps the ledger true."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from tests.funding.conftest import Purse
from tests.world import make_round

from stars.actors.actor import SYSTEM
from stars.funding import operations
from stars.funding.models import CorrectionProposal, LearningAccount, LedgerEntry, RoundBudget, SchemeRules
from stars.funding.operations.ledger import constraint_of
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES

pytestmark = pytest.mark.django_db


@pytest.fixture
def hold(purse: Purse) -> LedgerEntry:
    """An open hold of 400 €."""
    purse.hold(40_000)
    return LedgerEntry.objects.get(kind="reservation")


def write(like: LedgerEntry, kind: str, amount_cents: int, **values: object) -> LedgerEntry:
    """An entry past all code of ours, like another but for the values."""
    given = {
        "round": like.round,
        "account": like.account,
        "counts_in_budget": kind in ("reservation", "release", "payment"),
        "reference": f"tampering:{LedgerEntry.objects.count()}",
        "application": like.application,
        "actor_role": "system",
        "actor_id": None,
    }
    return LedgerEntry.objects.create(kind=kind, amount_cents=amount_cents, **given | values)


def refused(act: Callable[[], object]) -> str:
    """Name of the constraint that refuses the act."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    return constraint_of(error.value)


def test_an_entry_is_never_changed_or_deleted(hold: LedgerEntry) -> None:
    for act in (
        lambda: LedgerEntry.objects.filter(pk=hold.pk).update(amount_cents=-1),
        lambda: LedgerEntry.objects.filter(pk=hold.pk).update(reason="labots"),
        lambda: LedgerEntry.objects.filter(pk=hold.pk).delete(),
        hold.save,
    ):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            act()
    assert LedgerEntry.objects.get(pk=hold.pk).amount_cents == -40_000


def test_versions_of_rules_are_never_changed_or_deleted(purse: Purse) -> None:
    operations.set_rules(
        "IMK",
        SCHEMES[SchemeCode.IMK].parameters,
        valid_from=date(2099, 1, 1),
        basis="Rīkojums",
        by=purse.officer,
    )
    for act in (
        lambda: SchemeRules.objects.update(account_cents=1),
        lambda: SchemeRules.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            act()


def test_a_kept_sum_is_not_written_directly(hold: LedgerEntry, purse: Purse) -> None:
    accounts = LearningAccount.objects.filter(pk=hold.account_id)
    budgets = RoundBudget.objects.filter(pk=purse.round.pk)
    assert refused(lambda: accounts.update(available_cents=1)) == "available_cents_follows_ledger"
    assert refused(lambda: budgets.update(committed_cents=0)) == "committed_cents_follows_ledger"


def test_signs_belong_to_kinds(hold: LedgerEntry) -> None:
    for kind, amount in [("grant", -1), ("reservation", 1), ("expiry", 1), ("reservation", 0), ("grant", 0)]:
        assert refused(lambda kind=kind, amount=amount: write(hold, kind, amount)) == "ledger_sign_of_kind"
    assert refused(lambda: write(hold, "gift", 1, counts_in_budget=False)) in (
        "ledger_kind_known",
        "ledger_sign_of_kind",
        "ledger_budget_of_kind",
    )


def test_what_counts_in_the_budget_belongs_to_kinds(hold: LedgerEntry) -> None:
    assert refused(lambda: write(hold, "reservation", -1, counts_in_budget=False)) == "ledger_budget_of_kind"
    assert refused(lambda: write(hold, "expiry", -1, counts_in_budget=True)) == "ledger_budget_of_kind"


def test_a_payment_needs_a_release_first(hold: LedgerEntry) -> None:
    assert refused(lambda: write(hold, "payment", -40_000, hold=hold)) == "ledger_payment_after_release"


def test_a_settlement_fits_its_hold(hold: LedgerEntry, purse: Purse) -> None:
    other = make_round("IMK", name="2. kārta")
    operations.set_budget(other, 500_000, by=SYSTEM)
    fits = "ledger_settlement_fits_hold"
    assert refused(lambda: write(hold, "release", 39_999, hold=hold)) == fits
    assert refused(lambda: write(hold, "release", 40_000, hold=hold, round=other)) == fits
    assert refused(lambda: write(hold, "release", 40_000, hold=hold, account=None)) == fits
    grant = LedgerEntry.objects.get(kind="grant")
    assert refused(lambda: write(hold, "release", 40_000, hold=grant)) == fits
    write(hold, "release", 40_000, hold=hold)
    assert refused(lambda: write(hold, "payment", -40_001, hold=hold)) == fits


def test_a_settlement_names_its_hold(hold: LedgerEntry) -> None:
    assert refused(lambda: write(hold, "release", 40_000)) == "ledger_settlement_names_hold"
    assert (
        refused(lambda: write(hold, "expiry", -1, hold=hold, account=None)) == "ledger_settlement_fits_hold"
    )
    assert refused(lambda: write(hold, "expiry", -1, hold=hold)) == "ledger_settlement_names_hold"


def test_a_hold_is_released_once_and_paid_once(hold: LedgerEntry) -> None:
    write(hold, "release", 40_000, hold=hold)
    assert refused(lambda: write(hold, "release", 40_000, hold=hold)) == "ledger_hold_released_once"
    write(hold, "payment", -40_000, hold=hold)
    assert refused(lambda: write(hold, "payment", -1, hold=hold)) == "ledger_hold_paid_once"


def test_a_hold_is_not_corrected(hold: LedgerEntry, purse: Purse) -> None:
    two = {"actor_id": purse.officer.person_id, "second_actor_id": purse.second.person_id, "reason": "x"}
    assert (
        refused(lambda: write(hold, "correction", 40_000, reverses=hold, counts_in_budget=True, **two))
        == "ledger_correction_reverses"
    )


def test_a_correction_reverses_the_whole_entry_by_two_with_a_reason(hold: LedgerEntry, purse: Purse) -> None:
    operations.pay(hold.application, reference="complete:1", reason="", by=SYSTEM)
    payment = LedgerEntry.objects.get(kind="payment")
    officer, second = purse.officer.person_id, purse.second.person_id

    def correct(amount_cents: int = 40_000, **values: object) -> LedgerEntry:
        given = {
            "reverses": payment,
            "counts_in_budget": True,
            "actor_id": officer,
            "second_actor_id": second,
            "reason": "Kļūda",
        }
        return write(payment, "correction", amount_cents, **given | values)

    assert refused(lambda: correct(39_999)) == "ledger_correction_reverses"
    assert refused(lambda: correct(counts_in_budget=False)) == "ledger_correction_reverses"
    assert refused(lambda: correct(account=None)) == "ledger_correction_reverses"
    for values in (
        {"second_actor_id": officer},
        {"second_actor_id": None},
        {"reason": ""},
        {"reverses": None},
    ):
        assert refused(lambda values=values: correct(**values)) == "ledger_correction_by_two"
    correct()
    assert refused(correct) == "funding_ledgerentry_reverses_id_key"


def test_an_account_is_granted_once_and_lives_alone(hold: LedgerEntry) -> None:
    assert refused(lambda: write(hold, "grant", 1)) == "ledger_one_grant_per_account"
    assert refused(lambda: write(hold, "grant", 1, account=None)) == "ledger_entitlement_has_account"
    account = hold.account
    twin = {"person": account.person, "scheme": "IMK", "expires_on": date(2099, 1, 1)}
    assert (
        refused(lambda: LearningAccount.objects.create(opens_on=date(2020, 1, 1), **twin))
        == "account_one_at_a_time"
    )
    assert (
        refused(
            lambda: LearningAccount.objects.create(
                opens_on=account.opens_on, closed_at="2099-01-01T00:00Z", **twin
            )
        )
        == "account_one_per_period"
    )


def test_neither_account_nor_budget_is_overdrawn(hold: LedgerEntry, purse: Purse) -> None:
    assert refused(lambda: write(hold, "reservation", -80_001)) == "account_not_overdrawn"
    assert refused(lambda: write(hold, "reservation", -460_001, account=None)) == "budget_not_exceeded"
    poor = make_round("IMK", name="2. kārta", budget=0)
    assert refused(lambda: write(hold, "reservation", -1, account=None, round=poor)) == "budget_not_exceeded"


def test_an_event_moves_money_once(hold: LedgerEntry) -> None:
    assert (
        refused(lambda: write(hold, "expiry", -1, reference=hold.reference))
        == "funding_ledgerentry_reference_key"
    )


def test_what_money_was_moved_in_stays(hold: LedgerEntry, purse: Purse) -> None:
    def delete(row: Model) -> None:
        row._meta.base_manager.filter(pk=row.pk)._raw_delete("default")
        connection.check_constraints()

    for row in (hold.account, purse.round):
        with pytest.raises(IntegrityError), transaction.atomic():
            delete(row)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        delete(RoundBudget.objects.get(pk=purse.round.pk))


def test_a_proposal_is_accepted_by_another(hold: LedgerEntry, purse: Purse) -> None:
    grant = LedgerEntry.objects.get(kind="grant")
    proposal = operations.propose_correction(grant.pk, reason="Kļūda", by=purse.officer)
    rows = CorrectionProposal.objects.filter(pk=proposal.pk)
    own = {"settled_at": "2099-01-01T00:00Z", "settled_by": purse.officer.person_id, "is_accepted": True}
    assert refused(lambda: rows.update(**own)) == "correction_by_two"
    assert refused(lambda: rows.update(is_accepted=True)) == "correction_settled_is_whole"
    assert refused(lambda: rows.update(reason="")) == "correction_has_reason"
