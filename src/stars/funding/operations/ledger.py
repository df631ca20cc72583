"""The one writer of the ledger: an entry, and the database's refusals in words."""

from typing import Any

from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.audit import operations as audit
from stars.common import clock
from stars.common.fixed_queries import A_CODE, FixedQuery
from stars.funding.enums import IN_BUDGET
from stars.funding.models import LearningAccount, LedgerEntry, RoundBudget

_ACCOUNT, _BUDGET = "account_not_overdrawn", "budget_not_exceeded"
# Constraints that say: another transaction moved this money first.
_DONE = (
    "funding_ledgerentry_reference_key",
    "funding_ledgerentry_reverses_id_key",
    "ledger_hold_released_once",
    "ledger_hold_paid_once",
)


_left_by = FixedQuery(lambda reference: LedgerEntry.objects.filter(reference=reference), reference=A_CODE)


class FundsExceeded(Exception):
    """The learning account has less than is needed."""

    def __init__(self, *, available_cents: int, needed_cents: int) -> None:
        super().__init__(f"available {available_cents}, needed {needed_cents}")
        self.available_cents, self.needed_cents = available_cents, needed_cents


class BudgetExceeded(Exception):
    """The round's budget has less left than is needed."""

    def __init__(self, *, left_cents: int, needed_cents: int) -> None:
        super().__init__(f"left {left_cents}, needed {needed_cents}")
        self.left_cents, self.needed_cents = left_cents, needed_cents


class MovedAlready(Exception):
    """The money of this event or hold was moved by somebody else in the meantime."""


def constraint_of(error: IntegrityError) -> str:
    """Name of the constraint that refused."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def by_reference(reference: str) -> LedgerEntry | None:
    """The entry that this event has left, if it has happened."""
    return next(iter(_left_by(reference=reference)), None)


def write(kind: str, *, amount_cents: int, by: Actor, **values: Any) -> LedgerEntry:
    """Add an entry. Sums and constraints are the database's: two who race for the last euro are told apart there.

    Raises `FundsExceeded`, `BudgetExceeded` with the figures of now, `MovedAlready`; leaves the transaction whole.
    """
    entry = LedgerEntry(
        **{
            "at": clock.now(),
            "kind": kind,
            "amount_cents": amount_cents,
            "counts_in_budget": kind in IN_BUDGET,
            "actor_role": by.role.value,
            "actor_id": by.person_id,
            "actor_label": by.label,
        }
        | values
    )
    try:
        _insert(entry)
    except IntegrityError as refusal:
        _insert_again(entry, refusal)
    audit.record(
        f"money.{kind}",
        by=by,
        subject="ledger-entry",
        subject_id=entry.pk,
        details={"amount_cents": amount_cents, "reference": entry.reference},
    )
    return entry


def _insert(entry: LedgerEntry) -> None:
    with transaction.atomic():
        entry.save(force_insert=True)


def _insert_again(entry: LedgerEntry, refusal: IntegrityError) -> None:
    """Say why the entry was refused; where the money came free a moment later, add it after all.

    What is short is read under lock, so that the figures told are those that refused.
    """
    name = constraint_of(refusal)
    if name in _DONE:
        raise MovedAlready from refusal
    if name not in (_ACCOUNT, _BUDGET):
        raise refusal
    needed = -entry.amount_cents
    if entry.account_id is not None:
        account = LearningAccount.objects.select_for_update(no_key=True).get(pk=entry.account_id)
        if account.available_cents < needed:
            raise FundsExceeded(available_cents=account.available_cents, needed_cents=needed) from refusal
    budget = RoundBudget.objects.select_for_update(no_key=True).filter(pk=entry.round_id).first()
    left = 0 if budget is None else budget.budget_cents - budget.committed_cents
    if left < needed or budget is None:
        raise BudgetExceeded(left_cents=left, needed_cents=needed) from refusal
    _insert(entry)
