"""Institutions and authorities."""

import pghistory
from django.db import models
from django.db.models import Q

from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind


class OrganisationKind(models.TextChoices):
    """What an organisation is on the platform."""

    INSTITUTION = "institution"
    MUNICIPALITY = "municipality"
    AGENCY = "agency"
    MINISTRY = "ministry"


@pghistory.track()
class Organisation(models.Model):
    """An institution that teaches (izglītības iestāde), a municipality, the agency or a ministry."""

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    registration_number = models.CharField(max_length=11, unique=True)
    municipality = models.ForeignKey(
        ClassifierValue, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(max_length=250, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(blank=True)
    description = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Registration numbers have eleven digits."""

        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(registration_number__regex=r"^\d{11}$"),
                name="organisation_registration_number_form",
            ),
            of_kind("municipality", Kind.MUNICIPALITY, name="organisation_municipality_kind"),
        ]

    def __str__(self) -> str:
        return self.name
