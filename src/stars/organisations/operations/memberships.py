"""Who acts for an organisation, from when, as what, until when."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from stars.actors.actor import Actor, NotPermitted
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common import clock
from stars.organisations.enums import MemberRole
from stars.organisations.models import Membership, Organisation
from stars.organisations.queries import memberships_in_force
from stars.people.models import Person


class AlreadyMember(Exception):
    """The person acts for the organisation already, or will from a later day on."""


class LastAdministrator(Exception):
    """Without this administrator nobody could invite, change or end anybody in the organisation any more."""


class PeriodNotInOrder(Exception):
    """The membership would end before it begins, or before today."""


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
    """Let the person act for the organisation. Raises `AlreadyMember`, `PeriodNotInOrder`, `OwnAffair`."""
    by.must(Permission.MEMBER_GRANT)
    by.must_not_be(person.pk)
    lock(organisation.pk)
    membership = join(
        organisation.pk,
        person,
        role=role,
        basis_document=basis_document,
        job_title=job_title,
        valid_from=valid_from or clock.today(),
        valid_until=valid_until,
        granted_by=by.person_id,
    )
    _note("membership.granted", membership, by=by)
    return membership


@transaction.atomic
def change(
    membership: Membership,
    *,
    role: str,
    job_title: str,
    basis_document: str,
    valid_until: date | None,
    by: Actor,
) -> Membership:
    """Change what somebody else is in the organisation, and until when.

    Raises `NotPermitted`, `OutOfScope`, `OwnAffair`, `LastAdministrator`, `PeriodNotInOrder`, and
    `Membership.DoesNotExist` when it has ended meanwhile.
    """
    row = _locked(membership, by=by)
    by.must_not_be(row.person_id)
    if valid_until is not None and valid_until < max(clock.today(), row.valid_from):
        raise PeriodNotInOrder
    if row.role == MemberRole.ADMIN:
        stays = valid_until if role == MemberRole.ADMIN else clock.today()
        if stays is not None:
            _must_leave_an_administrator(row, beyond=stays)
    row.role, row.job_title = role, job_title
    row.basis_document, row.valid_until = basis_document, valid_until
    row.save(update_fields=["role", "job_title", "basis_document", "valid_until"])
    _note("membership.changed", row, by=by)
    return row


@transaction.atomic
def end(membership: Membership, *, by: Actor) -> Membership:
    """Let a membership end now; whoever has it may always give it up, but for the last administrator.

    Raises `NotPermitted`, `OutOfScope`, `LastAdministrator`, and `Membership.DoesNotExist` when it has ended already.
    """
    row = _locked(membership, by=by, is_own_affair=by.person_id == membership.person_id)
    if row.role == MemberRole.ADMIN and _is_in_force(row):
        _must_leave_an_administrator(row, beyond=None)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    _note("membership.ended", row, by=by)
    return row


def lock(organisation_id: int) -> None:
    """Who belongs to an organisation changes one change after the other."""
    Organisation.objects.select_for_update().get(pk=organisation_id)


def must_manage(organisation_id: int, *, by: Actor) -> None:
    """Raise `NotPermitted` or `OutOfScope` unless the actor may say who belongs to the organisation, and still is who may.

    Two administrators who end each other at the same moment would otherwise both succeed: the second one acts by a
    membership that is over.
    """
    if not by.may(Permission.MEMBER_GRANT):
        by.must(Permission.MEMBER_INVITE)
        by.must_act_for(organisation_id)
    if by.person_id is not None and by.organisation_id is not None:
        own = memberships_in_force().filter(person_id=by.person_id, organisation_id=by.organisation_id)
        if not own.filter(role=MemberRole.ADMIN).exists():
            raise NotPermitted(Permission.MEMBER_INVITE)


def join(
    organisation_id: int,
    person: Person,
    *,
    role: str,
    basis_document: str,
    job_title: str,
    valid_from: date,
    valid_until: date | None,
    granted_by: UUID | None,
) -> Membership:
    """Make the membership of an organisation that is locked. One that has run out gives way to it.

    Raises `PeriodNotInOrder`, and `AlreadyMember` when one is in force or begins later.
    """
    today = clock.today()
    if valid_until is not None and valid_until < max(valid_from, today):
        raise PeriodNotInOrder
    living = Membership.objects.filter(organisation_id=organisation_id, person=person, ended_at=None)
    living.filter(valid_until__lt=today).update(ended_at=clock.now())
    if living.exists():
        raise AlreadyMember
    return Membership.objects.create(
        organisation_id=organisation_id,
        person=person,
        role=role,
        job_title=job_title,
        basis_document=basis_document,
        valid_from=valid_from,
        valid_until=valid_until,
        granted_by=granted_by,
    )


def _locked(membership: Membership, *, by: Actor, is_own_affair: bool = False) -> Membership:
    lock(membership.organisation_id)
    if is_own_affair:
        by.must(Permission.SESSION_USE)
    else:
        must_manage(membership.organisation_id, by=by)
    return Membership.objects.select_for_update().get(pk=membership.pk, ended_at=None)


def _is_in_force(membership: Membership) -> bool:
    return memberships_in_force().filter(pk=membership.pk).exists()


def _must_leave_an_administrator(membership: Membership, *, beyond: date | None) -> None:
    """Somebody else must be an administrator today, and after the day `beyond` too."""
    others = memberships_in_force().filter(organisation_id=membership.organisation_id, role=MemberRole.ADMIN)
    others = others.exclude(pk=membership.pk)
    if beyond is not None and beyond > clock.today():
        others = others.filter(Q(valid_until=None) | Q(valid_until__gt=beyond))
    if not others.exists():
        raise LastAdministrator


def _note(kind: str, membership: Membership, *, by: Actor) -> None:
    audit.record(
        kind,
        by=by,
        subject="person",
        subject_id=membership.person_id,
        details={"organisation": membership.organisation_id, "role": membership.role},
    )
