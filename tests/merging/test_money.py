"""Accounts of two records: nobody keeps two grants, nothing of the ledger changes, holds live on."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from tests.crossing import crossed
from tests.merging.conftest import Twins
from tests.world import make_round

from stars.catalogue.models import Round
from stars.common import clock
from stars.funding import operations as funding
from stars.funding import queries
from stars.funding.models import LearningAccount, LedgerEntry
from stars.merging import operations
from stars.merging import queries as merging
from stars.people.models import Person

pytestmark = pytest.mark.django_db
GRANT = 120_000


@pytest.fixture
def round_(twins: Twins) -> Round:
    """A round of the source with accounts."""
    return make_round("IMK")


def hold(twins: Twins, round_: Round, person: Person, cents: int, number: str) -> None:
    funding.hold(
        application_number=number,
        programme="Datu analīze",
        person=person,
        round=round_,
        scheme=round_.scheme,
        amount_cents=cents,
        reference=f"confirm:{number}",
        by=twins.first,
    )


def pay(twins: Twins, number: str) -> None:
    funding.pay(number, reference=f"pay:{number}", reason="", by=twins.first)


def living(person: Person) -> LearningAccount:
    return LearningAccount.objects.get(person=person, closed_at=None)


def sums_follow_the_entries() -> bool:
    return all(
        account.available_cents == (account.entries.aggregate(total=Sum("amount_cents"))["total"] or 0)
        for account in LearningAccount.objects.all()
    )


def test_an_account_goes_over_as_it_is(twins: Twins, round_: Round) -> None:
    hold(twins, round_, twins.merged, 30_000, "A1")
    before = list(LedgerEntry.objects.order_by("pk").values())
    twins.settle()
    assert living(twins.kept).available_cents == GRANT - 30_000
    assert list(LedgerEntry.objects.order_by("pk").values()) == before
    funding.release("A1", reference="release:A1", reason="", by=twins.first)
    assert living(twins.kept).available_cents == GRANT


def test_of_two_grants_one_stays_less_what_was_paid_from_the_other(twins: Twins, round_: Round) -> None:
    hold(twins, round_, twins.kept, 20_000, "A1")
    pay(twins, "A1")
    hold(twins, round_, twins.merged, 30_000, "A2")
    before = list(LedgerEntry.objects.order_by("pk").values())
    committed = queries.budget_of(round_.pk).committed_cents
    twins.settle()
    # Money is held in the merged person's account, so that one stays.
    stays = living(twins.kept)
    assert stays.available_cents == GRANT - 30_000 - 20_000
    assert list(LedgerEntry.objects.order_by("pk").values())[: len(before)] == before
    assert queries.budget_of(round_.pk).committed_cents == committed
    assert sums_follow_the_entries()
    pay(twins, "A2")
    assert living(twins.kept).available_cents == GRANT - 50_000
    assert LearningAccount.objects.filter(person=twins.merged).count() == 0
    assert {account.available_cents for account in LearningAccount.objects.exclude(closed_at=None)} == {0}


def test_more_was_paid_than_is_left(twins: Twins, round_: Round) -> None:
    hold(twins, round_, twins.kept, 100_000, "A1")
    pay(twins, "A1")
    hold(twins, round_, twins.merged, 90_000, "A2")
    twins.settle()
    assert living(twins.kept).available_cents == 0
    assert sums_follow_the_entries()


def test_the_older_one_stays_where_nothing_is_held(twins: Twins, round_: Round) -> None:
    hold(twins, round_, twins.kept, 0, "A1")
    hold(twins, round_, twins.merged, 0, "A2")
    older = LearningAccount.objects.get(person=twins.merged)
    older.opens_on -= timedelta(days=3)
    older.save(update_fields=["opens_on"])
    twins.settle()
    assert living(twins.kept).pk == older.pk
    assert living(twins.kept).available_cents == GRANT


def test_one_that_has_run_out_only_expires(twins: Twins, round_: Round) -> None:
    hold(twins, round_, twins.kept, 0, "A1")
    hold(twins, round_, twins.merged, 40_000, "A2")
    pay(twins, "A2")
    over = LearningAccount.objects.get(person=twins.merged)
    over.opens_on, over.expires_on = over.opens_on - timedelta(days=400), clock.today() - timedelta(days=1)
    over.save(update_fields=["opens_on", "expires_on"])
    twins.settle()
    assert living(twins.kept).available_cents == GRANT
    assert LearningAccount.objects.get(pk=over.pk).available_cents == 0


def test_a_preview_says_that_there_are_two(twins: Twins, round_: Round) -> None:
    hold(twins, round_, twins.kept, 0, "A1")
    assert merging.preview(twins.kept, twins.merged).both_accounts == []
    hold(twins, round_, twins.merged, 0, "A2")
    assert merging.preview(twins.kept, twins.merged).both_accounts == ["IMK"]


@pytest.mark.django_db(transaction=True)
def test_what_is_corrected_in_the_account_that_a_merge_closes_at_this_moment_expires(
    twins: Twins, round_: Round
) -> None:
    hold(twins, round_, twins.kept, 20_000, "A1")
    pay(twins, "A1")
    hold(twins, round_, twins.merged, 30_000, "A2")
    goes, proposal = living(twins.kept), twins.propose()
    payment = LedgerEntry.objects.get(kind="payment")
    correction = funding.propose_correction(payment.pk, reason="Kļūda", by=twins.first)

    merged, corrected = crossed(
        lambda: operations.settle(proposal, by=twins.second),
        lambda: funding.settle_correction(correction.pk, accept=True, by=twins.second),
    )

    assert (merged, getattr(corrected, "is_accepted", corrected)) == (twins.kept, True)
    goes.refresh_from_db()
    assert (goes.available_cents, goes.closed_at is None) == (0, False)
    assert sums_follow_the_entries()
