"""Institutions and authorities, and the people who act for them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind
from stars.organisations.enums import MemberRole, OrganisationKind
from stars.organisations.types import KIND_WORDS


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
    # What the national sign-in calls the organisation in `AU:<code>-PK:…`; empty where nobody comes that way.
    identity_code = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Registration numbers have eleven digits."""

        constraints = [
            models.UniqueConstraint(
                fields=["identity_code"],
                condition=~Q(identity_code=""),
                name="organisation_identity_code_once",
            ),
            models.CheckConstraint(
                condition=Q(identity_code__regex=r"^\d{0,10}$"), name="organisation_identity_code_form"
            ),
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

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return str(KIND_WORDS[self.kind])


@pghistory.track()
class Membership(models.Model):
    """That a person acts for an organisation in a role (dalība organizācijā), from a day on, by a basis document."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    job_title = models.CharField(max_length=120, blank=True)
    basis_document = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_at = models.DateTimeField(db_default=Now())
    granted_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One living membership of a person in an organisation; nobody without a basis."""

        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(ended_at__isnull=True),
                name="membership_one_living",
            ),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="membership_role_known"),
            models.CheckConstraint(condition=~Q(basis_document=""), name="membership_has_basis"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="membership_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"


class Invitation(models.Model):
    """A link by which somebody becomes a member (uzaicinājums); only the hash of its token is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    job_title = models.CharField(max_length=120, blank=True)
    basis_document = models.CharField(max_length=200)
    valid_until = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One open invitation to an address."""

        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="invitation_role_known"),
            models.CheckConstraint(condition=~Q(basis_document=""), name="invitation_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"
