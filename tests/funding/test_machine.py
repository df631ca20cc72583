"""Any order of holds, releases, payments, expiry, corrections and budgets leaves the ledger true."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count, Q, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.funding.conftest import Purse

from stars.actors.actor import SYSTEM
from stars.common import clock
from stars.funding import operations, queries
from stars.funding.enums import CORRECTABLE
from stars.funding.models import LearningAccount, LedgerEntry, RoundBudget

pytestmark = pytest.mark.django_db
SUMS = st.sampled_from([0, 1, 999, 20_000, 60_000, 119_999, 120_000, 120_001])
NUMBERS = st.integers(min_value=1, max_value=5).map(lambda number: f"IMK-2026-{number:06d}")
EVENTS = st.integers(min_value=1, max_value=8)
ORIGINS = ("grant", "payment", "expiry")
SHARES = st.sampled_from([0, 1, 50, 99, 100])


class Ledger(RuleBasedStateMachine):
    """One person, one round, five applications; each event may be repeated."""

    purse: Purse

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = time_machine.travel(clock.now(), tick=False)
        self.day = self.clock.start()

    @rule(number=NUMBERS, amount=SUMS, event=EVENTS)
    def hold(self, number: str, amount: int, event: int) -> None:
        account = queries.account_of(self.purse.person.pk, "IMK")
        available = 120_000
        if account is not None and account.is_usable(clock.today()):
            available = account.available_cents
        left = queries.budget_of(self.purse.round.pk).left_cents
        reference = f"confirm:{number}:{event}"
        known = LedgerEntry.objects.filter(reference=reference).exists()
        outcome = self.outcome_of(amount, number, reference)
        expected = {None} if known or amount <= min(available, left) else set()
        if not known:
            expected |= {("held",)}
            expected |= {("funds", available, amount)} if amount > available else set()
            expected |= {("budget", left, amount)} if amount > left else set()
        assert outcome in expected

    def outcome_of(self, amount: int, number: str, reference: str) -> tuple[object, ...] | None:
        try:
            self.purse.hold(amount, number, reference=reference)
        except operations.FundsExceeded as refusal:
            return ("funds", refusal.available_cents, refusal.needed_cents)
        except operations.BudgetExceeded as refusal:
            return ("budget", refusal.left_cents, refusal.needed_cents)
        except operations.AlreadyHeld:
            return ("held",)
        return None

    @rule(number=NUMBERS, event=EVENTS)
    def release(self, number: str, event: int) -> None:
        operations.release(number, reference=f"leave:{number}:{event}", reason="", by=SYSTEM)

    @rule(number=NUMBERS, event=EVENTS, share=SHARES)
    def pay(self, number: str, event: int, share: int) -> None:
        operations.pay(number, percent=share, reference=f"pay:{number}:{event}", reason="", by=SYSTEM)

    @rule(days=st.sampled_from([1, 200, 740]))
    def time_passes(self, days: int) -> None:
        self.day.shift(timedelta(days=days))

    @rule()
    def expire(self) -> None:
        operations.expire_accounts(by=SYSTEM)
        assert queries.account_of(self.purse.person.pk, "IMK") is None or self.purse.account().is_usable(
            clock.today()
        )

    @rule(cents=st.sampled_from([0, 20_000, 200_000, 1_000_000]))
    def set_budget(self, cents: int) -> None:
        committed = queries.budget_of(self.purse.round.pk).committed_cents
        try:
            operations.set_budget(self.purse.round, cents, by=SYSTEM)
        except operations.BudgetBelowCommitted:
            assert cents < committed
        else:
            assert cents >= committed

    @rule(choice=st.integers(min_value=0, max_value=30), accept=st.booleans())
    def correct(self, choice: int, accept: bool) -> None:
        entries = list(LedgerEntry.objects.filter(kind__in=CORRECTABLE).order_by("pk"))
        if not entries:
            return
        entry = entries[choice % len(entries)]
        try:
            with transaction.atomic():
                proposal = operations.propose_correction(entry.pk, reason="Kļūda", by=self.purse.officer)
                operations.settle_correction(proposal.pk, accept=accept, by=self.purse.second)
        except (operations.NotCorrectable, operations.FundsExceeded, operations.BudgetExceeded):
            return

    @rule(number=NUMBERS)
    def give_back(self, number: str) -> None:
        paid = -sum(line.amount_cents for line in queries.payments_in_force(number))
        assert self.owe(number) == paid
        waiting = [owed for owed in queries.returns_for(number) if owed.is_returned is None]
        assert sum(owed.amount_cents for owed in waiting) == paid

    def owe(self, number: str) -> int:
        return operations.propose_return(number, owner=self.purse.person.pk, reason="Atteicies", by=SYSTEM)

    @rule(accept=st.booleans())
    def decide_on_returns(self, accept: bool) -> None:
        for proposal in list(queries.proposals({"IMK"}, is_open=True)):
            before = {each.pk for each in queries.payments_in_force(proposal.entry.application)}
            assert proposal.entry_id in before
            operations.settle_correction(proposal.pk, accept=accept, by=self.purse.officer)
            after = {each.pk for each in queries.payments_in_force(proposal.entry.application)}
            assert before - after == ({proposal.entry_id} if accept else set())

    @invariant()
    def available_is_the_sum_of_entries(self) -> None:
        for account in LearningAccount.objects.order_by("pk"):
            total = account.entries.aggregate(total=Sum("amount_cents"))["total"]
            assert account.available_cents == total
            assert total >= 0

    @invariant()
    def committed_is_what_holds_and_payments_sum_up_to(self) -> None:
        budget = RoundBudget.objects.get(pk=self.purse.round.pk)
        entries = LedgerEntry.objects.filter(round=self.purse.round, counts_in_budget=True)
        assert budget.committed_cents == -(entries.aggregate(total=Sum("amount_cents"))["total"] or 0)
        assert 0 <= budget.committed_cents <= budget.budget_cents

    @invariant()
    def a_hold_is_settled_at_most_once(self) -> None:
        holds = LedgerEntry.objects.filter(kind="reservation").annotate(
            released=Count("settlements", filter=Q(settlements__kind="release")),
            paid=Count("settlements", filter=Q(settlements__kind="payment")),
        )
        assert [hold for hold in holds.order_by("pk") if hold.released > 1 or hold.paid > hold.released] == []

    @invariant()
    def an_application_has_at_most_one_open_hold(self) -> None:
        unsettled = LedgerEntry.objects.filter(kind="reservation", settlements__isnull=True)
        counted = unsettled.order_by().values("application").annotate(count=Count("pk"))
        assert all(row["count"] == 1 for row in counted)

    @invariant()
    def an_entry_is_reversed_at_most_once_and_a_chain_adds_up_to_all_or_nothing(self) -> None:
        corrections = LedgerEntry.objects.filter(kind="correction").order_by("pk")
        assert len({row.reverses_id for row in corrections}) == len(corrections)
        sums = {
            row.pk: row.amount_cents for row in LedgerEntry.objects.filter(kind__in=ORIGINS).order_by("pk")
        }
        whole = dict(sums)
        for row in corrections:
            sums[row.origin.pk] += row.amount_cents
        assert all(total in (0, whole[pk]) for pk, total in sums.items())

    @invariant()
    def a_closed_account_is_empty_and_an_open_one_stands_alone(self) -> None:
        assert not LearningAccount.objects.filter(closed_at__isnull=False, available_cents__gt=0).exists()
        assert LearningAccount.objects.filter(closed_at__isnull=True).count() <= 1

    @invariant()
    def the_account_adds_up(self) -> None:
        for account in queries.accounts_of(self.purse.person.pk, "IMK"):
            parts = account.available_cents + account.held_cents + account.spent_cents
            assert account.granted_cents == parts + account.expired_cents
            assert min(account.held_cents, account.spent_cents, account.expired_cents) >= 0

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)


@pytest.fixture
def machine(purse: Purse) -> type[RuleBasedStateMachine]:
    """The machine over this test's person and round."""
    return type("LedgerOfTest", (Ledger,), {"purse": purse})


def test_the_ledger_stays_true(machine: type[RuleBasedStateMachine]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
