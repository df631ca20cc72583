"""Accepting the platform's texts."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.audit import operations as audit
from stars.common import clock
from stars.people.enums import Document
from stars.people.models import Consent, Person
from stars.people.texts import current_version


@transaction.atomic
def accept_texts(person: Person, *, by: Actor) -> None:
    """Record that the person accepts the versions in force today of both texts (manual 2)."""
    today, now = clock.today(), clock.now()
    for document in Document:
        Consent.objects.get_or_create(
            person=person,
            document=document,
            version=current_version(document, on=today),
            defaults={"accepted_at": now},
        )
    audit.record("consent.accepted", by=by, subject="person", subject_id=person.pk)
