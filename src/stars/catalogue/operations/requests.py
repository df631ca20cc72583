"""Rows of the agency's approval queue."""

from typing import Any

from stars.actors.actor import Actor
from stars.audit import operations as audit
from stars.catalogue.enums import ApprovalOutcome
from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.common import clock


def waiting(thing: Programme | Group) -> ApprovalRequest | None:
    """What waits for approval about the thing, locked."""
    found = ApprovalRequest.objects.select_for_update().filter(outcome=ApprovalOutcome.WAITING)
    if isinstance(thing, Group):
        return found.filter(group=thing).first()
    return found.filter(programme=thing, group=None).first()


def send(
    programme: Programme, group: Group | None, *, by: Actor, values: dict[str, Any] | None = None
) -> ApprovalRequest:
    """Put the thing, or the values that it shall have, into the queue."""
    request = ApprovalRequest.objects.create(
        programme=programme,
        group=group,
        values=values or {},
        sent_at=clock.now(),
        sent_by=by.person_id,
        sent_by_label=by.label,
    )
    _record("change-sent" if values else "sent", request, by=by)
    return request


def recall(request: ApprovalRequest, *, by: Actor) -> None:
    """The institution takes it back."""
    settle(request, ApprovalOutcome.RECALLED, by=by)


def settle(request: ApprovalRequest, outcome: ApprovalOutcome, *, by: Actor, note: str = "") -> None:
    """Take a locked request out of the queue."""
    request.outcome, request.note = outcome, note
    request.settled_at, request.settled_by = clock.now(), by.person_id
    request.save(update_fields=["outcome", "note", "settled_at", "settled_by"])
    _record(f"change-{outcome}" if request.values else outcome.value, request, by=by)


def _record(what: str, request: ApprovalRequest, *, by: Actor) -> None:
    subject = "programme" if request.group_id is None else "group"
    audit.record(
        f"{subject}.{what}", by=by, subject=subject, subject_id=request.group_id or request.programme_id
    )
