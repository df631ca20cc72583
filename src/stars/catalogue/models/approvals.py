"""What institutions send for the agency's approval, and how that ended."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from stars.catalogue.enums import ApprovalOutcome
from stars.catalogue.models.groups import Group
from stars.catalogue.models.programmes import Programme


class ApprovalRequest(models.Model):
    """That a programme, or with `group` one of its groups, waits or waited for approval (apstiprināšanas pieprasījums).

    `values` are the columns that a published thing shall have instead of its own, until then as they are; empty when
    the thing itself was sent.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="requests")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="requests")
    values = models.JSONField(default=dict)
    outcome = models.CharField(
        max_length=10, choices=ApprovalOutcome.choices, default=ApprovalOutcome.WAITING
    )
    sent_at = models.DateTimeField(db_default=Now())
    sent_by = models.UUIDField(null=True)
    sent_by_label = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        """A thing waits once; what was sent back says why."""

        indexes = [
            models.Index(
                fields=["sent_at", "id"],
                condition=Q(outcome=ApprovalOutcome.WAITING),
                name="approval_queue",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(outcome=ApprovalOutcome.WAITING, group__isnull=True),
                name="approval_programme_waits_once",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(outcome=ApprovalOutcome.WAITING),
                name="approval_group_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=ApprovalOutcome.values), name="approval_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=ApprovalOutcome.WAITING, settled_at__isnull=True)
                | ~Q(outcome=ApprovalOutcome.WAITING) & Q(settled_at__isnull=False),
                name="approval_settled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ApprovalOutcome.SENT_BACK) | ~Q(note=""),
                name="approval_sent_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}/{self.group_id or ''} {self.outcome}"

    @property
    def thing(self) -> Programme | Group:
        """What shall be approved."""
        return self.programme if self.group is None else self.group
