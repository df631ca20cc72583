"""Setting a round's budget."""

from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.audit import operations as audit
from stars.catalogue.models import Round
from stars.catalogue.operations.managing import must_manage_rounds
from stars.funding.models import RoundBudget
from stars.funding.operations.ledger import constraint_of


class BudgetBelowCommitted(Exception):
    """The budget would be less than what is held and paid already."""

    def __init__(self, *, committed_cents: int, wanted_cents: int) -> None:
        super().__init__(f"committed {committed_cents}, wanted {wanted_cents}")
        self.committed_cents, self.wanted_cents = committed_cents, wanted_cents


@transaction.atomic
def set_budget(round: Round, budget_cents: int, *, by: Actor) -> None:
    """Say how much the round may commit; the same as before changes nothing.

    Raises `BudgetBelowCommitted`, `NotPermitted`, `OutOfScope`, ValueError for less than nothing.
    """
    must_manage_rounds(round.scheme, by=by)
    if budget_cents < 0:
        raise ValueError("a budget is not negative")
    row, _ = RoundBudget.objects.get_or_create(round=round)
    row = RoundBudget.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.budget_cents == budget_cents:
        return
    before, row.budget_cents = row.budget_cents, budget_cents
    try:
        with transaction.atomic():
            row.save(update_fields=["budget_cents"])
    except IntegrityError as refusal:
        if constraint_of(refusal) != "budget_not_exceeded":
            raise
        raise BudgetBelowCommitted(
            committed_cents=row.committed_cents, wanted_cents=budget_cents
        ) from refusal
    audit.record(
        "budget.set",
        by=by,
        subject="round",
        subject_id=round.pk,
        details={"before_cents": before, "budget_cents": budget_cents},
    )
