"""A person's learning account under a source."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from stars.catalogue.models.funding import SCHEME_CHOICES
from stars.funding.models.balances import moved_by_ledger
from stars.schemes.codes import SchemeCode


class LearningAccount(models.Model):
    """Money that a person may use for learning in one period (individuālais mācību konts).

    `available_cents` is the sum of the account's entries; the ledger's trigger keeps it, and its constraint is what
    keeps anybody from holding more than there is. A closed account takes no new holds; those that it has live on.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    scheme = models.CharField(max_length=10, choices=SCHEME_CHOICES)
    opens_on = models.DateField()
    expires_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    available_cents = models.BigIntegerField(default=0)

    class Meta:
        """One account at a time for each person and source; never less than nothing."""

        constraints = [
            models.UniqueConstraint(
                fields=["person", "scheme"],
                condition=Q(closed_at__isnull=True),
                name="account_one_at_a_time",
            ),
            models.UniqueConstraint(fields=["person", "scheme", "opens_on"], name="account_one_per_period"),
            models.CheckConstraint(condition=Q(available_cents__gte=0), name="account_not_overdrawn"),
            models.CheckConstraint(condition=Q(expires_on__gt=F("opens_on")), name="account_period_in_order"),
            models.CheckConstraint(
                condition=Q(scheme__in=[code.value for code in SchemeCode]), name="account_scheme_known"
            ),
        ]
        triggers = [moved_by_ledger("available_cents")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.opens_on}"
