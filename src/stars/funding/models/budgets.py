"""How much public money a round may commit."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from stars.catalogue.models import Round
from stars.funding.models.balances import moved_by_ledger


@pghistory.track(fields=["round", "budget_cents"], model_name="RoundBudgetEvent")
class RoundBudget(models.Model):
    """The budget of a round (kārtas budžets) and what its open holds and payments sum up to.

    A round without a row has no money: nothing can be held in it.
    """

    round = models.OneToOneField(Round, primary_key=True, on_delete=models.PROTECT, related_name="+")
    budget_cents = models.BigIntegerField(default=0)
    committed_cents = models.BigIntegerField(default=0)

    class Meta:
        """Never more committed than there is."""

        constraints = [
            models.CheckConstraint(condition=Q(budget_cents__gte=0), name="budget_not_negative"),
            models.CheckConstraint(condition=Q(committed_cents__gte=0), name="budget_committed_not_negative"),
            models.CheckConstraint(
                condition=Q(committed_cents__lte=F("budget_cents")), name="budget_not_exceeded"
            ),
        ]
        triggers = [
            moved_by_ledger("committed_cents"),
            # Or a new row would begin with nothing committed.
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}"
