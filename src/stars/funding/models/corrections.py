"""A correction is proposed by one officer, or owed by a step of an application, and carried out by another."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from stars.funding.models.ledger import LedgerEntry


class CorrectionProposal(models.Model):
    """That an entry shall be reversed (labojuma priekšlikums), until another officer agrees or declines.

    `is_owed`: not an officer's idea, a step of the application promised it. Then whoever was paid for is the first hand,
    whatever account there is, so that an officer settles it and never they themselves.
    """

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    proposed_at = models.DateTimeField(db_default=Now())
    proposed_by = models.UUIDField()
    proposed_label = models.CharField(max_length=200)
    is_owed = models.BooleanField(default=False, db_default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_label = models.CharField(max_length=200, blank=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        """One open proposal for an entry; nobody settles their own."""

        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(settled_at__isnull=True), name="correction_one_open_per_entry"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, is_accepted__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False, is_accepted__isnull=False),
                name="correction_settled_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | Q(is_accepted=False) | ~Q(settled_by=F("proposed_by")),
                name="correction_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"
