"""How a person is written to: address and number, the link that proves the address, the language."""

import hashlib
import secrets

from django.db import transaction

from stars.actors.actor import Actor
from stars.audit import operations as audit
from stars.common import clock
from stars.people import notices, queries
from stars.people.models import EmailConfirmation, Person


class LinkNotValid(Exception):
    """The confirmation link is of an older address, or never existed."""


def set_contact(person: Person, *, email: str, phone: str, by: Actor) -> Person:
    """Keep address and number, both in normal form; a new address gets a confirmation link.

    Nothing is written, and the row is not even read, when `person` has both already.
    """
    if (person.email, person.phone) == (email, phone):
        return person
    return _set_contact(person, email=email, phone=phone, by=by)


@transaction.atomic
def _set_contact(person: Person, *, email: str, phone: str, by: Actor) -> Person:
    locked = Person.objects.select_for_update().get(pk=person.pk)
    has_new_address = locked.email != email
    if has_new_address:
        locked.email, locked.email_confirmed_at = email, None
    if has_new_address or locked.phone != phone:
        locked.phone = phone
        locked.save(update_fields=["email", "email_confirmed_at", "phone"])
    if has_new_address:
        send_confirmation(locked, by=by)
    for name in ("email", "email_confirmed_at", "phone"):
        setattr(person, name, getattr(locked, name))
    return person


@transaction.atomic
def send_confirmation(person: Person, *, by: Actor) -> bool:
    """Send a link that proves that the address is theirs; False when as many as may went out within a day."""
    Person.objects.select_for_update().get(pk=person.pk)
    if not queries.may_be_sent_a_link(person):
        return False
    token = secrets.token_urlsafe(24)
    EmailConfirmation.objects.create(
        person=person, email=person.email, token_hash=_hashed(token), sent_at=clock.now()
    )
    notices.confirm_address(person, token)
    audit.record("email.confirmation-sent", by=by, subject="person", subject_id=person.pk)
    return True


@transaction.atomic
def confirm_email(token: str, *, by: Actor) -> Person:
    """Mark the address as confirmed; confirmed twice it is confirmed once. Raises `LinkNotValid`."""
    link = EmailConfirmation.objects.select_for_update().filter(token_hash=_hashed(token)).first()
    if link is None:
        raise LinkNotValid
    person = Person.objects.select_for_update().get(pk=link.person_id)
    if person.email != link.email or (link.used_at is not None and person.email_confirmed_at is None):
        raise LinkNotValid
    if link.used_at is not None:
        return person
    link.used_at = person.email_confirmed_at = clock.now()
    link.save(update_fields=["used_at"])
    person.save(update_fields=["email_confirmed_at"])
    audit.record("email.confirmed", by=by, subject="person", subject_id=person.pk)
    return person


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Actor) -> None:
    """Remember in which language the person is written to."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        audit.record("language.chosen", by=by, subject="person", subject_id=person.pk)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
