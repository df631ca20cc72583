"""What is sent to an address. The text belongs to whoever speaks; here it is delivered and remembered."""

from django.db import models
from django.db.models import Q


class DeliveryStatus(models.TextChoices):
    """How far a delivery came."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Delivery(models.Model):
    """One e-mail (paziņojums): to whom, what kind, and whether it left."""

    kind = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    to_address = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    status = models.CharField(max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Names what must be said once only, such as the reminder before one deadline.
    once = models.CharField(max_length=80, null=True, blank=True, unique=True)

    class Meta:
        """Sent means that there is a time of sending."""

        constraints = [
            models.CheckConstraint(
                condition=Q(status=DeliveryStatus.SENT, sent_at__isnull=False)
                | (~Q(status=DeliveryStatus.SENT) & Q(sent_at__isnull=True)),
                name="delivery_sent_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class NoticePreference(models.Model):
    """That a person wants no e-mails of a category (paziņojumu izvēle). Without a row e-mails are sent."""

    person_id = models.UUIDField()
    category = models.CharField(max_length=20)
    by_email = models.BooleanField(default=True)
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One choice for each category."""

        constraints = [
            models.UniqueConstraint(fields=["person_id", "category"], name="notice_preference_once")
        ]

    def __str__(self) -> str:
        return self.category
