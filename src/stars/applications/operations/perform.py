"""The one writer of an application's status, and of what it leaves behind: timeline, audit, decision."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import QuerySet

from stars.actors.actor import Actor
from stars.applications.enums import Action, Happening, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application, Decision, TimelineEntry
from stars.applications.operations.drafts import DraftGone
from stars.audit import operations as audit
from stars.common import clock
from stars.common.fixed_queries import A_KEY, FixedQuery


class ReasonOwed(Exception):
    """The decision needs a reason of its list, and a note where the reason alone says nothing."""


def locked(
    application: Application,
    *,
    also: tuple[str, ...] = (),
    reading: tuple[str, ...] = ("programme__institution", "round", "group", "municipality", "applicant"),
) -> Application:
    """The application's row, locked and read anew with what stands in `reading`; rows of `also` are locked after it.

    Raises `DraftGone` when there is none any more.
    """
    rows = _rows(also, reading)
    found = next(iter(rows(pk=application.pk)), None)
    if found is None or _is_torn(found, reading):
        # While this waited the row went over to another person or group, and PostgreSQL joined it with the one from
        # before. The lock is held now, or the row is gone: a new statement sees which.
        found = next(iter(rows(pk=application.pk)), None)
    if found is None:
        raise DraftGone
    return found


@cache
def _rows(also: tuple[str, ...], reading: tuple[str, ...]) -> FixedQuery[Application]:
    def compose(pk: int) -> QuerySet[Application]:
        rows = Application.objects.select_for_update(of=("self", *also)).select_related(*reading)
        return rows.filter(pk=pk).order_by()

    return FixedQuery(compose, pk=A_KEY)


def _is_torn(application: Application, reading: tuple[str, ...]) -> bool:
    names = {path.partition("__")[0] for path in reading}
    return any(
        getattr(application, f"{name}_id") is not None and getattr(application, name) is None
        for name in names
    )


def perform(
    action: Action,
    application: Application,
    *,
    by: Actor,
    details: dict[str, Any] | None = None,
    **values: Any,
) -> Application:
    """Take the step of the table on a locked application, write its line on the timeline and in the audit.

    `details` are what the timeline's words need, `values` columns to set. Raises `TransitionNotAllowed`,
    `NotPermitted`.
    """
    step = transition(action, application.status)
    by.must(step.permission)
    if application.status == Status.RETURNED:
        # Whatever comes next, nothing is open for correction any more.
        values = {"returned_fields": [], "correction_due_at": None} | values
    for name, value in values.items():
        setattr(application, name, value)
    application.status = step.target
    application.save(update_fields=["status", *values])
    _tell(action, application, by=by, details=details)
    audit.record(f"application.{action}", by=by, subject="application", subject_id=application.pk)
    return application


def happen(
    what: Happening, application: Application, *, by: Actor, details: dict[str, Any] | None = None
) -> None:
    """Write a line about something that leaves the status as it is."""
    _tell(what, application, by=by, details=details)
    audit.record(f"application.{what}", by=by, subject="application", subject_id=application.pk)


def decide(
    action: Action,
    application: Application,
    *,
    by: Actor,
    rules_version: str,
    reasons: Iterable[str] = (),
    note: str = "",
    decision: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
    **values: Any,
) -> Decision:
    """Take a step that is a decision: as `perform`, and the decision is kept with its reasons and rules.

    `decision` holds further columns of `Decision`. Raises IntegrityError when a reason is owed and none is given.
    """
    codes = list(reasons)
    perform(action, application, by=by, details={"reasons": codes} | (details or {}), **values)
    return Decision.objects.create(
        application=application,
        action=action,
        at=clock.now(),
        actor_role=by.role.value,
        actor_id=by.person_id,
        actor_label=by.label,
        organisation=by.organisation,
        reasons=codes,
        note=note,
        rules_version=rules_version,
        **(decision or {}),
    )


def _tell(
    what: Action | Happening, application: Application, *, by: Actor, details: dict[str, Any] | None
) -> None:
    TimelineEntry.objects.create(
        application=application,
        at=clock.now(),
        action=what,
        status=application.status,
        actor_role=by.role.value,
        actor_label=by.label,
        details=details or {},
    )
