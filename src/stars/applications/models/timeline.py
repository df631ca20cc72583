"""What happened to an application, for its owner."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from stars.applications.enums import Action, Happening, Status
from stars.applications.models.application import Application


class TimelineEntry(models.Model):
    """One change in the life of an application, as its owner reads it. Never changed or deleted."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="timeline", db_index=False
    )
    at = models.DateTimeField(db_default=Now())
    action = models.CharField(max_length=20, choices=[*Action.choices, *Happening.choices])
    status = models.CharField(max_length=10, choices=Status.choices)
    actor_role = models.CharField(max_length=30)
    actor_label = models.CharField(max_length=200, blank=True)
    # What the words need beside the action: a deadline, the group's name, a reason's code. No personal data.
    details = models.JSONField(default=dict)

    class Meta:
        """Written once."""

        indexes = [models.Index(fields=["application", "at"], name="timeline_of_application")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.action}"
