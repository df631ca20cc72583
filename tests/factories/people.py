"""Persons. Their codes are invented: right in form, wrong in the check digit."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stars.integrations.identity.simulator.people import invented_code
from stars.people.enums import Document, IdentifierKind
from stars.people.models import Consent, Person, PersonIdentifier, Profile
from stars.people.texts import current_version

BORN = date(1985, 6, 15)


def _code(number: int) -> str:
    """A different one for each number: a thousand for each birthday."""
    return invented_code(BORN + timedelta(days=number // 1000), number % 1000)


class PersonIdentifierFactory(DjangoModelFactory):
    """A dated personal code, valid since long ago."""

    class Meta:
        model = PersonIdentifier

    value = factory.Sequence(_code)
    kind = IdentifierKind.DATED
    valid_from = date(2020, 1, 1)


class ProfileFactory(DjangoModelFactory):
    """Somebody employed, with secondary education, who is interested in ICT."""

    class Meta:
        model = Profile

    economic_status_id = "econ-employee"
    education_id = "edu-05"
    registration_reasons = ["reason-find-learning"]
    fields_of_interest = ["field-ikt"]
    how_heard = ["heard-internet"]


class NewPersonFactory(DjangoModelFactory):
    """Somebody who has signed in, and neither accepted the texts nor registered. `code` gives another personal code."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    given_name = "Ilze"
    family_name = factory.Sequence(lambda number: f"Paraudziņa{number}")
    birth_date = BORN

    @factory.post_generation
    def code(self: Person, create: bool, value: str | None, **given: object) -> None:
        """The person's current code."""
        if create:
            PersonIdentifierFactory(person=self, **given | ({"value": value} if value else {}))


class PersonFactory(NewPersonFactory):
    """Somebody registered who has accepted the texts; `profile__education_id="edu-08"` and the like change the profile."""

    email = factory.Sequence(lambda number: f"ilze{number}@klients.example")
    phone = "+37120000000"

    @factory.post_generation
    def profile(self: Person, create: bool, value: object, **given: object) -> None:
        """What the person said at the registration."""
        if create:
            ProfileFactory(person=self, **given)

    @factory.post_generation
    def consents(self: Person, create: bool, value: object, **given: object) -> None:
        """Both texts in the version of today."""
        if create:
            for document in Document:
                version = current_version(document, on=timezone.localdate())
                Consent.objects.create(
                    person=self, document=document, version=version, accepted_at=timezone.now()
                )
