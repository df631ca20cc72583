"""The record of domain events. It speaks about things above it, so it keeps labels and ids, never keys."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class AuditEvent(models.Model):
    """One thing that happened or one look at personal data (notikums). Rows are never changed or deleted."""

    at = models.DateTimeField(db_default=Now(), db_index=True)
    kind = models.CharField(max_length=60)
    actor_role = models.CharField(max_length=30)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        """An event stays as it was written."""

        indexes = [models.Index(fields=["subject", "subject_id", "at"], name="audit_subject")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
