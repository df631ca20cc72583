"""What staff and deadlines decided, with reasons and the rules of the day."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from stars.applications.enums import OWES_REASON, Action
from stars.applications.models.application import Application


class Decision(models.Model):
    """One decision about an application (lēmums), kept as it was taken.

    `findings` are the rules as they were judged, `registers` what the state registers said, `fields` what was opened
    for correction and `answers` how those answers stood before it. `figures` are the sums of the day in euro cents.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="decisions", db_index=False
    )
    action = models.CharField(max_length=20, choices=Action.choices)
    at = models.DateTimeField(db_default=Now())
    actor_role = models.CharField(max_length=30)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    note = models.TextField(max_length=2000, blank=True)
    rules_version = models.CharField(max_length=40)
    findings = models.JSONField(default=list)
    registers = models.JSONField(default=dict)
    fields = ArrayField(models.CharField(max_length=40), default=list)
    answers = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)

    class Meta:
        """No decision without a reason where one is owed."""

        indexes = [
            models.Index(fields=["application", "at"], name="decision_of_application"),
            models.Index(fields=["application"], condition=Q(action=Action.RETURN), name="decision_returned"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(action__in=OWES_REASON) | Q(reasons__len__gt=0), name="decision_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(action=Action.RETURN) | Q(fields__len__gt=0, due_at__isnull=False),
                name="decision_return_says_what",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d}"
