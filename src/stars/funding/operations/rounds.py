"""A round with its budget, and the prices at which it pays for groups: what stands on the round's pages."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from stars.actors.actor import Actor
from stars.catalogue.models import Group, Round
from stars.catalogue.operations import rounds as catalogue
from stars.catalogue.types import RoundDraft
from stars.common.seen import must_be_seen
from stars.funding.models import RoundBudget
from stars.funding.operations.budgets import set_budget
from stars.funding.queries.budgets import round_standing
from stars.funding.queries.offers import usual_offer


@transaction.atomic
def open_round(draft: RoundDraft, *, budget_cents: int, by: Actor) -> Round:
    """A new round with its budget. Raises as `create_round` does."""
    made = catalogue.create_round(draft, by=by)
    set_budget(made, budget_cents, by=by)
    return made


@transaction.atomic
def change_round(
    round: Round, draft: RoundDraft, *, budget_cents: int, seen: str | None = None, by: Actor
) -> Round:
    """Other dates and another budget, both or neither. Raises as `change_round` and `set_budget` do.

    `seen` says how it stood for whoever changes it; raises `ChangedMeanwhile`.
    """
    if seen is not None:
        # Nobody changes it between the look and the change.
        list(RoundBudget.objects.select_for_update(no_key=True).filter(pk=round.pk))
        now = round_standing(Round.objects.select_for_update(no_key=True).get(pk=round.pk))
        must_be_seen(now, asdict(draft) | {"budget_cents": budget_cents}, seen=seen)
    # Whoever holds money has the budget when their commit asks for the round: the same order here.
    set_budget(round, budget_cents, by=by)
    return catalogue.change_round(round, draft, by=by)


@transaction.atomic
def offer_groups(round: Round, groups: Iterable[Group], *, by: Actor) -> int:
    """Let the round pay for the groups at their institutions' prices; the co-payments are those of the rules.

    Groups that cannot be offered any more are left out. Returns how many were added.
    """
    added = 0
    for group in sorted(groups, key=lambda group: group.pk):
        try:
            catalogue.add_offer(group, usual_offer(round, group), by=by)
        except catalogue.NotOfferable:
            continue
        added += 1
    return added
