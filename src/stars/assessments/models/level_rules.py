"""Versions of the level test's thresholds; what was published never changes."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.models.lookups import IsNull

from stars.common.published import published_stays


class LevelRules(models.Model):
    """A version of the level test's thresholds (līmeņu robežas): from which percentage which level, how long it holds.

    A draft, then published, then retired, as a bank is.
    """

    version = models.PositiveIntegerField(unique=True)
    level_2_from = models.PositiveSmallIntegerField()
    level_3_from = models.PositiveSmallIntegerField()
    valid_days = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Levels follow each other, one version holds, and what was published stays as it was."""

        constraints = [
            models.CheckConstraint(
                condition=Q(
                    level_2_from__gte=1,
                    level_3_from__gt=F("level_2_from"),
                    level_3_from__lte=100,
                    valid_days__gte=1,
                ),
                name="level_rules_in_order",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("published_at")),
                name="level_rules_retired_after_published",
            ),
            models.UniqueConstraint(
                IsNull(F("retired_at"), True),
                condition=Q(published_at__isnull=False, retired_at__isnull=True),
                name="level_rules_one_published",
            ),
        ]
        triggers = published_stays()

    def __str__(self) -> str:
        return f"{self.version}: {self.level_2_from}, {self.level_3_from}"
