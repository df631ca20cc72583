"""What attempts came to."""

import pgtrigger
from django.db import models
from django.db.models import Q

from stars.assessments.enums import Band
from stars.assessments.models.attempts import Attempt
from stars.assessments.models.level_rules import LevelRules


class Result(models.Model):
    """What an attempt came to (rezultāts), with the version of the arithmetic; written once.

    `scores` holds for each area, competence, dimension and scale its points and how many items were answered and asked.
    A test of digital skills has a percentage and its band, the level test a percentage and its level by the rules of
    the day; the others have neither.
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="result")
    scoring_version = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField(null=True)
    band = models.CharField(max_length=12, choices=Band.choices, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    rules = models.ForeignKey(LevelRules, on_delete=models.PROTECT, related_name="+", null=True)
    straight = models.BooleanField()
    scores = models.JSONField()

    class Meta:
        """A percentage has its band or its level, and a result stays."""

        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True, band="", level__isnull=True, rules__isnull=True)
                | Q(
                    percent__isnull=False,
                    percent__lte=100,
                    band__in=Band.values,
                    level__isnull=True,
                    rules__isnull=True,
                )
                | Q(
                    percent__isnull=False,
                    percent__lte=100,
                    band="",
                    level__isnull=False,
                    level__in=[1, 2, 3],
                    rules__isnull=False,
                ),
                name="result_percent_has_meaning",
            )
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.percent}"
