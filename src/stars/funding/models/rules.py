"""Dated parameters of the sources' rules."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from stars.catalogue.models.funding import SCHEME_CHOICES
from stars.schemes.codes import SchemeCode
from stars.schemes.parameters import PaysOn

_PERCENT = ("copayment_percent", "low_income_copayment_percent", "expulsion_percent", "leaving_percent")
_WORKDAYS = ("check_workdays", "correction_workdays", "offer_workdays", "regroup_workdays")


def _within(names: tuple[str, ...], lowest: int, highest: int) -> Q:
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__range": (lowest, highest)})
    return condition


class SchemeRules(models.Model):
    """One version of a source's parameters (finansējuma avota noteikumu versija), in force from a day on.

    The columns are those of `stars.schemes.parameters.Parameters`. A version is never changed: a mistake is mended by
    the next one. `basis` names the act or decision behind it.
    """

    scheme = models.CharField(max_length=10, choices=SCHEME_CHOICES)
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    basis = models.CharField(max_length=300)
    set_at = models.DateTimeField(db_default=Now())
    set_by = models.UUIDField(null=True)
    minimum_age = models.PositiveSmallIntegerField()
    learnings_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    months_after_completion = models.PositiveSmallIntegerField()
    months_after_interruption = models.PositiveSmallIntegerField()
    copayment_percent = models.PositiveSmallIntegerField()
    copayment_percent_by_kind = models.JSONField(default=dict)
    low_income_copayment_percent = models.PositiveSmallIntegerField()
    account_cents = models.PositiveBigIntegerField(null=True, blank=True)
    account_months = models.PositiveSmallIntegerField()
    pays_on = models.CharField(max_length=10, choices=[(event.value, event.value) for event in PaysOn])
    expulsion_percent = models.PositiveSmallIntegerField()
    leaving_percent = models.PositiveSmallIntegerField()
    leaving_admission_interrupts = models.BooleanField()
    leaving_learning_interrupts = models.BooleanField()
    check_workdays = models.PositiveSmallIntegerField()
    correction_workdays = models.PositiveSmallIntegerField()
    offer_workdays = models.PositiveSmallIntegerField()
    regroup_workdays = models.PositiveSmallIntegerField()

    class Meta:
        """Versions count up; shares are shares; deadlines leave at least a day."""

        constraints = [
            models.UniqueConstraint(fields=["scheme", "version"], name="rules_version_once"),
            models.CheckConstraint(
                condition=Q(scheme__in=[code.value for code in SchemeCode]), name="rules_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(pays_on__in=[event.value for event in PaysOn]), name="rules_event_known"
            ),
            models.CheckConstraint(condition=Q(version__gt=0), name="rules_version_positive"),
            models.CheckConstraint(condition=~Q(basis=""), name="rules_have_basis"),
            models.CheckConstraint(condition=_within(_PERCENT, 0, 100), name="rules_percent"),
            models.CheckConstraint(condition=_within(_WORKDAYS, 1, 120), name="rules_workdays"),
            models.CheckConstraint(condition=Q(account_months__gt=0), name="rules_account_lasts"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}"
