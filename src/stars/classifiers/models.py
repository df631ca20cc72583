"""One table for all closed lists, with a readable primary key, so that a foreign key says what it means."""

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Left, Length
from django.db.models.lookups import Exact
from django.utils.translation import get_language

from stars.classifiers.enums import Kind


class ClassifierValue(models.Model):
    """One value of a classifier (klasifikatora vērtība), e.g. `muni-0001000` Rīga. Never deleted, only closed."""

    code = models.CharField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name_lv = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    # What a rule needs to know of the value: ISCED band, employed or not, qualification level.
    trait = models.CharField(max_length=30, blank=True)

    class Meta:
        """A code begins with its kind; a period does not end before it begins."""

        indexes = [models.Index(fields=["kind", "position"], name="classifier_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Exact(Left("code", Length("kind") + 1), Concat("kind", Value("-"))),
                name="classifier_code_begins_with_kind",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="classifier_period_in_order",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="classifier_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_lv

    def is_valid_on(self, day: date) -> bool:
        """Whether the value may be chosen on the day; closed values stay readable."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    @property
    def slug(self) -> str:
        """The code without its kind, as it stands in addresses."""
        return self.code.split("-", 1)[1]


def of_kind(field: str, kind: Kind, *, name: str) -> models.CheckConstraint:
    """A constraint for a foreign key into the classifiers: the value is of this kind, or there is none."""
    return models.CheckConstraint(
        condition=Exact(Left(F(field), Value(len(kind.prefix))), Value(kind.prefix)), name=name
    )
