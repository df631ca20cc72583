"""Persons and what is known of them. A person is keyed by an identity of our own: codes and names change."""

import uuid

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind
from stars.people.enums import Document, IdentifierKind, Language


@pghistory.track(exclude=["last_login", "earlier_codes_tried_at"])
class Person(AbstractBaseUser):
    """Somebody who signs in (persona). Names come from the national sign-in; there is no password."""

    password = None  # type: ignore[assignment]  # nobody has a password here, so there is no column for one
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.LATVIAN)
    created_at = models.DateTimeField(auto_now_add=True)
    # The person whom two records were found to be; this row then holds nothing any more.
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The population register did not answer when this person was made, so earlier codes are still to be asked for.
    earlier_codes_unasked = models.BooleanField(default=False)
    # When that was last tried: whoever waits longest is next, so that nobody the register never answers about is in
    # everybody else's way.
    earlier_codes_tried_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "id"
    objects = BaseUserManager()

    class Meta:
        """Addresses are kept in one form, so that equal ones are equal."""

        indexes = [
            models.Index(
                F("earlier_codes_tried_at").asc(nulls_first=True),
                "created_at",
                "id",
                condition=Q(earlier_codes_unasked=True, merged_into__isnull=True),
                name="person_earlier_codes_unasked",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+\d{6,15}$"), name="person_phone_e164"
            ),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="person_language_known"),
        ]

    def __str__(self) -> str:
        return self.short_label

    @property
    def full_name(self) -> str:
        """Given name and surname."""
        return f"{self.given_name} {self.family_name}"

    @property
    def short_label(self) -> str:
        """What the header and timelines show: "Anna B."."""
        return f"{self.given_name} {self.family_name[:1]}."


@pghistory.track()
class PersonIdentifier(models.Model):
    """A personal code that belongs or belonged to the person (personas kods). A value is one person's for ever."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    value = models.CharField(max_length=11, unique=True)
    kind = models.CharField(max_length=12, choices=IdentifierKind.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """One code at a time; eleven digits; a period in order."""

        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_until__isnull=True), name="person_identifier_one_current"
            ),
            models.CheckConstraint(condition=Q(value__regex=r"^\d{11}$"), name="person_identifier_digits"),
            models.CheckConstraint(
                condition=Q(kind__in=IdentifierKind.values), name="person_identifier_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="person_identifier_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from}"


@pghistory.track()
class Profile(models.Model):
    """What a client said of themselves at registration and later (klienta profils; manual 3 and 3.2)."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="profile")
    economic_status = models.ForeignKey(ClassifierValue, on_delete=models.PROTECT, related_name="+")
    education = models.ForeignKey(ClassifierValue, on_delete=models.PROTECT, related_name="+")
    low_income = models.BooleanField(default=False)
    registration_reasons = ArrayField(models.CharField(max_length=60))
    fields_of_interest = ArrayField(models.CharField(max_length=60))
    how_heard = ArrayField(models.CharField(max_length=60))
    municipality = models.ForeignKey(
        ClassifierValue, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    occupation = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Each answer comes from its own list; obligatory multiple choices hold at least one value."""

        constraints = [
            of_kind("economic_status", Kind.ECONOMIC_STATUS, name="profile_economic_status_kind"),
            of_kind("education", Kind.EDUCATION, name="profile_education_kind"),
            of_kind("municipality", Kind.MUNICIPALITY, name="profile_municipality_kind"),
            models.CheckConstraint(
                condition=Q(registration_reasons__len__gt=0)
                & Q(fields_of_interest__len__gt=0)
                & Q(how_heard__len__gt=0),
                name="profile_choices_made",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Consent(models.Model):
    """That a person accepted one version of a text (piekrišana noteikumiem; manual 2)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", db_index=False)
    document = models.CharField(max_length=12, choices=Document.choices)
    version = models.DateField()
    accepted_at = models.DateTimeField()

    class Meta:
        """A version is accepted once."""

        constraints = [
            models.UniqueConstraint(
                fields=["person", "document", "version"], name="consent_once_per_version"
            ),
            models.CheckConstraint(condition=Q(document__in=Document.values), name="consent_document_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"


class EmailConfirmation(models.Model):
    """A link that was sent to an address; only the hash of its token is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.sent_at}"


class FormDraft(models.Model):
    """What a person was typing into a form when the page, the session or the day ended."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    form = models.CharField(max_length=80)
    data = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One for each form."""

        constraints = [models.UniqueConstraint(fields=["person", "form"], name="form_draft_one_per_form")]

    def __str__(self) -> str:
        return self.form
