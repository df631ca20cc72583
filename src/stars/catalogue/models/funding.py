"""Funding sources as people read of them, and the rounds in which one may apply."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from stars.catalogue.models.changes import log_change
from stars.schemes.codes import SchemeCode

SCHEME_CHOICES = [(code.value, code.value) for code in SchemeCode]


@pghistory.track()
class FundingSource(models.Model):
    """The wording about a funding source (finansējuma avots), kept as content that the agency can correct."""

    scheme = models.CharField(primary_key=True, max_length=10, choices=SCHEME_CHOICES)
    name_lv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    # The line that the manual shows in the choice between sources (manual 3.4).
    project_lv = models.CharField(max_length=400)
    project_en = models.CharField(max_length=400)
    publicity_lv = models.CharField(max_length=250)
    publicity_en = models.CharField(max_length=250)

    class Meta:
        """One row for each source in the code."""

        constraints = [
            models.CheckConstraint(
                condition=Q(scheme__in=[c.value for c in SchemeCode]), name="source_scheme_known"
            )
        ]

    def __str__(self) -> str:
        return self.scheme

    @property
    def name(self) -> str:
        """Name in the page's language."""
        return self.name_en if get_language() == "en" else self.name_lv

    @property
    def project(self) -> str:
        """The project's line in the page's language."""
        return self.project_en if get_language() == "en" else self.project_lv

    @property
    def publicity(self) -> str:
        """What the funder wants to be said."""
        return self.publicity_en if get_language() == "en" else self.publicity_lv


@pghistory.track()
class Round(models.Model):
    """A period in which applications for a source are taken (pieteikšanās kārta)."""

    scheme = models.CharField(max_length=10, choices=SCHEME_CHOICES)
    name = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    learning_from = models.DateField()
    learning_until = models.DateField()

    class Meta:
        """Periods are in order."""

        constraints = [
            models.UniqueConstraint(fields=["scheme", "name"], name="round_name_once_per_scheme"),
            models.CheckConstraint(
                condition=Q(scheme__in=[c.value for c in SchemeCode]), name="round_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_application_in_order"
            ),
            models.CheckConstraint(
                condition=Q(learning_until__gte=F("learning_from")), name="round_learning_in_order"
            ),
        ]
        triggers = [log_change("log_change", "NULL")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.name}"
