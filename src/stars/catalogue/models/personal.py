"""What a person keeps of the catalogue."""

from django.conf import settings
from django.db import models

from stars.catalogue.models.programmes import Programme


class Favourite(models.Model):
    """A programme that somebody wants to find again (izlase)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Kept once."""

        constraints = [models.UniqueConstraint(fields=["person", "programme"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.programme_id}"


class MutedReason(models.Model):
    """A reason by which somebody does not want to be recommended programmes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=80)
    muted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Muted once."""

        constraints = [models.UniqueConstraint(fields=["person", "reason"], name="muted_reason_once")]

    def __str__(self) -> str:
        return self.reason
