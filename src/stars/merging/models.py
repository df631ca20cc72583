"""Proposals to join two persons."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class MergeProposal(models.Model):
    """That two persons are one (personu apvienošana): one officer proposes, another carries it out."""

    kept = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    proposed_at = models.DateTimeField(db_default=Now())
    # Empty when the platform itself found the earlier code in the population register.
    proposed_by = models.UUIDField(null=True)
    proposed_label = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_label = models.CharField(max_length=200, blank=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        """Nobody is merged into themselves; one open proposal for a person; two officers."""

        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_two_persons"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(settled_at__isnull=True), name="merge_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, is_accepted__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False, is_accepted__isnull=False),
                name="merge_settled_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | Q(is_accepted=False)
                | Q(proposed_by__isnull=True)
                | ~Q(settled_by=F("proposed_by")),
                name="merge_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id}"
