"""How much money a round has."""

from collections.abc import Iterable

from stars.funding.models import RoundBudget
from stars.funding.types import Budget


def budget_of(round_id: int) -> Budget:
    """The budget of a round; nothing where none was set."""
    return budgets_of([round_id]).get(round_id, Budget())


def budgets_of(round_ids: Iterable[int]) -> dict[int, Budget]:
    """Budgets by round; rounds without one are absent."""
    rows = RoundBudget.objects.filter(round_id__in=list(round_ids))
    return {row.pk: Budget(row.budget_cents, row.committed_cents) for row in rows}
