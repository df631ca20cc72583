"""Writing to the record."""

from contextvars import ContextVar
from typing import Any

from stars.actors.actor import Actor
from stars.audit.models import AuditEvent

# Set by the middleware for the length of one request, so that the events of one click can be read together.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(
    kind: str, *, by: Actor, subject: str = "", subject_id: object = "", details: dict[str, Any] | None = None
) -> AuditEvent:
    """Write that `kind` happened to the subject.

    `details` holds plain values and no personal data: the subject's id says whom it concerns.
    """
    return AuditEvent.objects.create(
        kind=kind,
        actor_role=by.role.value,
        actor_id=by.person_id,
        actor_label=by.label,
        subject=subject,
        subject_id=str(subject_id),
        request_id=request_id.get(),
        details=details or {},
    )
