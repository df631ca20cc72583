"""People for a measurement: registered, with accepted texts and a session each, written a table at a time."""

import time
from datetime import date, timedelta
from typing import Final

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

from stars.people.enums import Document, IdentifierKind
from stars.people.models import Consent, Person, PersonIdentifier, Profile
from stars.people.session_store import SessionStore
from stars.people.texts import current_version
from stars.workspaces.middleware import ACCEPTED, accepted_now
from stars.workspaces.sessions import LAST_SEEN

_BACKEND: Final = "stars.people.backend.IdentityBackend"


def registered(numbers: range) -> list[Person]:
    """A person for each number; a number may be used once."""
    persons = Person.objects.bulk_create(
        Person(
            given_name="Ilze",
            family_name=f"Pieteicēja{number}",
            birth_date=date(1985, 6, 15),
            email=f"p{number}@klients.example",
            phone="+37120000000",
            email_confirmed_at=timezone.now(),
        )
        for number in numbers
    )
    PersonIdentifier.objects.bulk_create(
        PersonIdentifier(
            person=person,
            value=f"33{number:09d}",
            kind=IdentifierKind.UNDATED,
            valid_from=date(2020, 1, 1),
        )
        for number, person in zip(numbers, persons, strict=True)
    )
    Profile.objects.bulk_create(
        Profile(
            person=person,
            economic_status_id="econ-employee",
            education_id="edu-06",
            occupation="Pavāre",
            registration_reasons=["reason-apply"],
            fields_of_interest=["field-ikt"],
            how_heard=["heard-friends"],
        )
        for person in persons
    )
    Consent.objects.bulk_create(
        Consent(
            person=person,
            document=document,
            version=current_version(document, on=timezone.localdate()),
            accepted_at=timezone.now(),
        )
        for person in persons
        for document in Document
    )
    return persons


def sessions_of(persons: list[Person]) -> list[str]:
    """Each person's session, begun a moment ago, as the session's key."""
    store = SessionStore()
    rows = [
        Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: _BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                    LAST_SEEN: time.time() + 600,
                    ACCEPTED: accepted_now(),
                }
            ),
            expire_date=timezone.now() + timedelta(hours=12),
        )
        for person in persons
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]
