"""Inviting somebody by e-mail, and what becomes of the invitation."""

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction

from stars.actors.actor import Actor, NotPermitted
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common import clock
from stars.organisations import notices
from stars.organisations.models import Invitation, Membership, Organisation
from stars.organisations.operations.memberships import PeriodNotInOrder, join, lock, must_manage
from stars.organisations.queries import valid_invitations
from stars.people.models import Person

VALID_FOR = timedelta(days=14)


class InvitationNotValid(Exception):
    """The link was used, withdrawn, replaced, has run out, never existed, or its sender may invite no more."""


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    email: str,
    role: str,
    basis_document: str,
    job_title: str = "",
    valid_until: date | None = None,
    by: Actor,
) -> Invitation:
    """Send a link by which its receiver becomes a member; an open one to the same address is replaced.

    `email` is in normal form. Raises `NotPermitted`, `OutOfScope`, `PeriodNotInOrder`.
    """
    by.must(Permission.MEMBER_INVITE)
    by.must_act_for(organisation.pk)
    lock(organisation.pk)
    must_manage(organisation.pk, by=by)
    if by.person_id is None:
        raise NotPermitted(Permission.MEMBER_INVITE)
    if valid_until is not None and valid_until < clock.today():
        raise PeriodNotInOrder
    now, token = clock.now(), secrets.token_urlsafe(32)
    earlier = Invitation.objects.filter(organisation=organisation, email__iexact=email)
    earlier.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        job_title=job_title,
        basis_document=basis_document,
        valid_until=valid_until,
        token_hash=hashed(token),
        invited_by=by.person_id,
        sent_at=now,
        expires_at=now + VALID_FOR,
    )
    notices.invited(invitation, token, inviter=by.label)
    _note("invitation.sent", invitation, by=by)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Actor) -> None:
    """Take an open invitation back. Raises `NotPermitted`, `OutOfScope`, `InvitationNotValid`."""
    lock(invitation.organisation_id)
    must_manage(invitation.organisation_id, by=by)
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at is not None or row.withdrawn_at is not None:
        raise InvitationNotValid
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    _note("invitation.withdrawn", row, by=by)


@transaction.atomic
def accept(token: str, person: Person, *, by: Actor) -> Membership:
    """Become a member by the link of an invitation, once. Accepting twice is accepting once.

    Raises `InvitationNotValid`, `AlreadyMember`, `PeriodNotInOrder`.
    """
    by.must(Permission.SESSION_USE)
    found = Invitation.objects.filter(token_hash=hashed(token)).first()
    if found is None:
        raise InvitationNotValid
    lock(found.organisation_id)
    row = valid_invitations().select_for_update().filter(pk=found.pk).first()
    if row is None:
        return _joined_by(found, person)
    membership = join(
        row.organisation_id,
        person,
        role=row.role,
        basis_document=row.basis_document,
        job_title=row.job_title,
        valid_from=clock.today(),
        valid_until=row.valid_until,
        granted_by=row.invited_by,
    )
    row.accepted_at = clock.now()
    row.save(update_fields=["accepted_at"])
    _note("invitation.accepted", row, by=by)
    notices.joined(membership, person)
    return membership


def _joined_by(invitation: Invitation, person: Person) -> Membership:
    """What the person became by the invitation a moment ago. Raises `InvitationNotValid`."""
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=False).exists():
        raise InvitationNotValid
    made = Membership.objects.filter(
        organisation_id=invitation.organisation_id,
        person=person,
        role=invitation.role,
        basis_document=invitation.basis_document,
        granted_by=invitation.invited_by,
        ended_at=None,
    ).first()
    if made is None:
        raise InvitationNotValid
    return made


def hashed(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _note(kind: str, invitation: Invitation, *, by: Actor) -> None:
    audit.record(
        kind,
        by=by,
        subject="invitation",
        subject_id=invitation.pk,
        details={"organisation": invitation.organisation_id, "role": invitation.role},
    )
