"""How much money a round has."""

from collections.abc import Iterable
from typing import Any

from stars.catalogue.models import Round
from stars.funding.models import RoundBudget
from stars.funding.types import Budget


def budget_of(round_id: int) -> Budget:
    """The budget of a round; nothing where none was set."""
    return budgets_of([round_id]).get(round_id, Budget())


def budgets_of(round_ids: Iterable[int]) -> dict[int, Budget]:
    """Budgets by round; rounds without one are absent."""
    rows = RoundBudget.objects.filter(round_id__in=list(round_ids))
    return {row.pk: Budget(row.budget_cents, row.committed_cents) for row in rows}


def round_standing(round: Round) -> dict[str, Any]:
    """What can be changed about a round, as the form shows it."""
    names = ("name", "opens_at", "closes_at", "learning_from", "learning_until")
    return {name: getattr(round, name) for name in names} | {"budget_cents": budget_of(round.pk).budget_cents}
