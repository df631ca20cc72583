"""A group that will not take place, or that stops: what it means for each of its people."""

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.applications import notices
from stars.applications import operations as applications
from stars.applications.enums import Action, Reason, Status
from stars.applications.models import Application
from stars.applications.operations.leaving import give_back, settle
from stars.applications.operations.perform import decide, locked
from stars.applications.operations.seats import lock_groups
from stars.applications.queries.rules import rules_name
from stars.audit import operations as audit
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import Group
from stars.common import clock
from stars.common.rows import each
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.enrolments.queries import belonging_to
from stars.enrolments.queue import enqueue_settling


class GroupOver(Exception):
    """Learning in the group has ended, so there is nothing to cancel."""


def cancel_group(group: Group, *, reason: str, not_formed: bool = False, by: Actor) -> int:
    """Cancel the group, and settle everybody in it; how many were settled. Cancelling twice is cancelling once.

    First nobody can be admitted to it any more, then each person follows in a transaction of its own; a job finishes
    what a killed process leaves. Before the start people choose another group, afterwards learning ends without charge
    and without waiting period. `reason` is told to them; `not_formed`: it was below its minimum.

    Raises `GroupOver`, `ReasonOwed` without a reason, `NotPermitted`, `OutOfScope`; `RowsFailed` when the group is
    cancelled and all but some are settled, whom a job tries again.
    """
    by.must(Permission.APPLICATION_CONCLUDE)
    by.must_act_for(group.programme.institution_id)
    if not reason.strip():
        raise applications.ReasonOwed
    has_begun = _cancel(group, reason=reason.strip()[:500], not_formed=not_formed, by=by)
    return settle_cancelled(group, has_begun=has_begun, not_formed=not_formed, by=by)


@transaction.atomic
def _cancel(group: Group, *, reason: str, not_formed: bool, by: Actor) -> bool:
    row = lock_groups([group.pk])[group.pk]
    today = clock.today()
    has_begun = row.starts_on <= today
    if row.status == GroupStatus.CANCELLED:
        return has_begun
    if row.ends_on < today:
        raise GroupOver
    row.status, row.cancelled_reason = GroupStatus.CANCELLED, reason
    row.save(update_fields=["status", "cancelled_reason"])
    audit.record("group.cancelled", by=by, subject="group", subject_id=row.pk)
    enqueue_settling(row.pk, has_begun=has_begun, not_formed=not_formed)
    return has_begun


def settle_cancelled(
    group: Group, *, has_begun: bool | None = None, not_formed: bool = False, by: Actor = SYSTEM
) -> int:
    """Settle everybody who still belongs to a cancelled group; how many. Repeating it does nothing.

    `has_begun` None: as it is today. Raises `RowsFailed` when all but some are settled.
    """
    group = Group.objects.select_related("programme").get(pk=group.pk)
    if group.status != GroupStatus.CANCELLED:
        return 0
    begun = group.starts_on <= clock.today() if has_begun is None else has_begun
    reason = Reason.GROUP_NOT_FORMED if not_formed else Reason.GROUP_CANCELLED
    rows = list(belonging_to(group))
    each(rows, lambda row: _settle(row, group, begun=begun, reason=reason, by=by))
    return len(rows)


def _settle(application: Application, group: Group, *, begun: bool, reason: Reason, by: Actor) -> None:
    row = locked(application)
    if row.applicant_id == by.person_id:
        # Nobody decides on their own application: the group was cancelled for all, so this follows by itself.
        by = SYSTEM
    is_seated = row.status == Status.ADMITTED and row.group_id == group.pk
    if is_seated:
        _end_learning(row, group, note=group.cancelled_reason)
    if is_seated and begun:
        _end(row, group, reason=reason, by=by)
    else:
        applications.regroup(row, group, reason=reason, note=group.cancelled_reason, by=by)


def _end_learning(row: Application, group: Group, *, note: str) -> None:
    learning = Enrolment.objects.select_for_update().filter(
        application=row, group=group, status=EnrolmentStatus.LEARNING
    )
    for enrolment in learning:
        enrolment.status, enrolment.ended_on, enrolment.note = EnrolmentStatus.ENDED, clock.today(), note
        enrolment.save(update_fields=["status", "ended_on", "note"])


def _end(row: Application, group: Group, *, reason: Reason, by: Actor) -> None:
    lock_groups([group.pk])
    returning = give_back(row, Action.END, by=by)
    decision = decide(
        Action.END,
        row,
        by=by,
        rules_version=rules_name(row),
        reasons=[reason.value],
        note=group.cancelled_reason,
        decision={"figures": {"on": clock.today().isoformat(), "paid_percent": 0, "interrupts": False}},
        details={"group": group.name, "group_id": group.pk}
        | ({"returning_cents": returning} if returning else {}),
        ended_at=clock.now(),
    )
    settle(row, percent=0, reference=f"{Action.END}:{decision.pk}", by=by)
    notices.changed(
        row,
        Action.END,
        reasons=[reason.value],
        note=group.cancelled_reason,
        group=group.name,
        returning_cents=returning,
    )
