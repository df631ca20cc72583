"""Who acts for an organisation."""

from datetime import date

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common import clock
from stars.organisations.models import Membership, Organisation
from stars.people.models import Person


@transaction.atomic
def grant(
    organisation: Organisation,
    person: Person,
    *,
    role: str,
    basis_document: str,
    job_title: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    by: Actor,
) -> Membership:
    """Let the person act for the organisation. Raises IntegrityError when they do already."""
    by.must(Permission.MEMBER_GRANT)
    membership = Membership.objects.create(
        organisation=organisation,
        person=person,
        role=role,
        job_title=job_title,
        basis_document=basis_document,
        valid_from=valid_from or clock.today(),
        valid_until=valid_until,
        granted_by=by.person_id,
    )
    audit.record(
        "membership.granted",
        by=by,
        subject="person",
        subject_id=person.pk,
        details={"organisation": organisation.pk, "role": role},
    )
    return membership
