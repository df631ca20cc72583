"""What happened stays as it was written."""

import uuid

import pytest
from django.db import ProgrammingError, transaction
from tests.factories import NewPersonFactory

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Role
from stars.audit import operations
from stars.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_who_what_when_and_in_which_request() -> None:
    person, token = uuid.uuid4(), operations.request_id.set("abc")
    try:
        operations.record(
            "profile.changed",
            by=Actor(Role.CITIZEN, person, "Anna K."),
            subject="person",
            subject_id=person,
            details={"fields": ["phone"]},
        )
    finally:
        operations.request_id.reset(token)
    event = AuditEvent.objects.get()
    assert (event.kind, event.actor_role, event.actor_id, event.actor_label) == (
        "profile.changed",
        "citizen",
        person,
        "Anna K.",
    )
    assert (event.subject, event.subject_id, event.request_id, event.details) == (
        "person",
        str(person),
        "abc",
        {"fields": ["phone"]},
    )
    assert event.at is not None


@pytest.mark.parametrize("change", [lambda rows: rows.update(kind="x"), lambda rows: rows.delete()])
def test_no_row_is_changed_or_deleted(change) -> None:
    operations.record("something", by=SYSTEM)
    with pytest.raises(ProgrammingError), transaction.atomic():
        change(AuditEvent.objects.all())
    assert list(AuditEvent.objects.values_list("kind", flat=True)) == ["something"]


def test_events_of_one_request_carry_its_number(client, signed_in) -> None:
    answer = signed_in(NewPersonFactory()).post("/piekrisana/", {"accepted": "on"})
    assert AuditEvent.objects.get(kind="consent.accepted").request_id == answer["X-Request-ID"]
    assert client.get("/kontakti/")["X-Request-ID"] != answer["X-Request-ID"]
