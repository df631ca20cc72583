"""The way of programmes and groups into the catalogue: sent by the institution, approved by the agency, published."""

from typing import Any

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.enums import ApprovalOutcome, GroupStatus, ProgrammeStatus
from stars.catalogue.lifecycle import GROUP_STEPS, PROGRAMME_STEPS, Step, StepNotAllowed
from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.catalogue.operations import offering, requests
from stars.common import clock

Thing = Programme | Group


class ProgrammeFirst(Exception):
    """A group cannot go before its programme."""


class AlreadySettled(Exception):
    """Somebody else approved it, sent it back or took it back meanwhile."""


@transaction.atomic
def send_programme(programme: Programme, *, by: Actor) -> int:
    """Send the programme, and its planned groups with it, for approval; how many groups. Raises `StepNotAllowed`."""
    locked = _own_programme(programme, by)
    _step(locked, Step.SEND, approval_note="")
    requests.send(locked, None, by=by)
    planned = Group.objects.select_for_update(no_key=True, of=("self",)).filter(
        programme=locked, status=GroupStatus.PLANNED, starts_on__gt=clock.today()
    )
    groups = list(planned.order_by("pk"))
    for group in groups:
        _step(group, Step.SEND, approval_note="")
        requests.send(locked, group, by=by)
    return len(groups)


@transaction.atomic
def send_group(group: Group, *, by: Actor) -> None:
    """Send one group for approval. Raises `ProgrammeFirst` while its programme is a draft, `StepNotAllowed`."""
    locked = _own_group(group, by)
    if locked.programme.status == ProgrammeStatus.DRAFT:
        raise ProgrammeFirst
    _step(locked, Step.SEND, approval_note="")
    requests.send(locked.programme, locked, by=by)


@transaction.atomic
def recall(thing: Thing, *, by: Actor) -> None:
    """Take back what waits: the thing itself, or a change of what is published. Raises `AlreadySettled`."""
    locked = _own(thing, by)
    waiting = requests.waiting(locked)
    if waiting is None:
        raise AlreadySettled
    requests.recall(waiting, by=by)
    if not waiting.values:
        _step(locked, Step.RECALL)


@transaction.atomic
def publish(thing: Thing, *, by: Actor) -> bool:
    """Show what is approved in the catalogue; False when it stands there already.

    Raises `ProgrammeFirst` for a group whose programme is not published, `StepNotAllowed`.
    """
    locked = _own(thing, by)
    if locked.status == ProgrammeStatus.PUBLISHED:
        return False
    if isinstance(locked, Group):
        if locked.programme.status != ProgrammeStatus.PUBLISHED:
            raise ProgrammeFirst
        _step(locked, Step.PUBLISH)
    else:
        _step(locked, Step.PUBLISH, published_at=locked.published_at or clock.now())
    _record(locked, "published", by=by)
    return True


@transaction.atomic
def withdraw(programme: Programme, *, by: Actor) -> bool:
    """Take the programme out of the catalogue; groups and applications go on. False when that was done before."""
    locked = _own_programme(programme, by)
    if locked.status == ProgrammeStatus.WITHDRAWN:
        return False
    _step(locked, Step.WITHDRAW)
    if (waiting := requests.waiting(locked)) is not None:
        requests.recall(waiting, by=by)
    _record(locked, "withdrawn", by=by)
    return True


@transaction.atomic
def approve(request: ApprovalRequest, *, is_applied_for: bool, by: Actor) -> None:
    """The agency agrees: what was sent may be published, what was changed is shown from now on.

    Raises `AlreadySettled`, `ProgrammeFirst`, and as `offering.adopt` does.
    """
    locked = _waiting(request, by)
    if locked.values:
        offering.adopt(locked, is_applied_for=is_applied_for)
    else:
        if locked.group is not None and locked.programme.status in (
            ProgrammeStatus.DRAFT,
            ProgrammeStatus.SENT,
        ):
            raise ProgrammeFirst
        _step(locked.thing, Step.APPROVE, approval_note="")
    requests.settle(locked, ApprovalOutcome.APPROVED, by=by)


@transaction.atomic
def send_back(request: ApprovalRequest, *, note: str, by: Actor) -> None:
    """The agency says what has to be mended; a published thing stays as it is. Raises `AlreadySettled`.

    Without a note the database refuses (IntegrityError).
    """
    locked = _waiting(request, by)
    if locked.values:
        offering.apply(locked.thing, {"approval_note": note})
    else:
        _step(locked.thing, Step.SEND_BACK, approval_note=note)
    requests.settle(locked, ApprovalOutcome.SENT_BACK, by=by, note=note)


def _waiting(request: ApprovalRequest, by: Actor) -> ApprovalRequest:
    """The request with what it is about; rows are locked as the institution locks them: thing, then request."""
    by.must(Permission.PROGRAMME_APPROVE)
    if request.group_id is not None:
        Group.objects.select_for_update(no_key=True).get(pk=request.group_id)
    else:
        Programme.objects.select_for_update(no_key=True).get(pk=request.programme_id)
    locked = (
        ApprovalRequest.objects.select_for_update(of=("self",))
        .select_related("programme", "group")
        .get(pk=request.pk)
    )
    is_cancelled = locked.group is not None and locked.group.status == GroupStatus.CANCELLED
    if locked.outcome != ApprovalOutcome.WAITING or is_cancelled:
        raise AlreadySettled
    return locked


def _own(thing: Thing, by: Actor) -> Thing:
    return _own_group(thing, by) if isinstance(thing, Group) else _own_programme(thing, by)


def _own_programme(programme: Programme, by: Actor) -> Programme:
    by.must(Permission.PROGRAMME_EDIT)
    locked = Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    by.must_act_for(locked.institution_id)
    return locked


def _own_group(group: Group, by: Actor) -> Group:
    by.must(Permission.PROGRAMME_EDIT)
    locked = (
        Group.objects.select_for_update(no_key=True, of=("self",))
        .select_related("programme")
        .get(pk=group.pk)
    )
    by.must_act_for(locked.programme.institution_id)
    return locked


def _step(thing: Thing, step: Step, **values: Any) -> None:
    """Take the step of the table, or raise `StepNotAllowed`."""
    table = PROGRAMME_STEPS if isinstance(thing, Programme) else GROUP_STEPS
    found = table.get(step)
    if found is None or thing.status not in found.sources:
        raise StepNotAllowed(step, thing.status)
    offering.apply(thing, {"status": found.target, **values})


def _record(thing: Thing, what: str, *, by: Actor) -> None:
    subject = type(thing).__name__.lower()
    audit.record(f"{subject}.{what}", by=by, subject=subject, subject_id=thing.pk)


def note_foreign_look(subject: str, subject_id: int, *, by: Actor) -> None:
    """Somebody asked for a programme or group of another institution."""
    audit.record(f"{subject}.refused-look", by=by, subject=subject, subject_id=subject_id)
