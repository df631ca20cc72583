"""The citizen's single door out: whatever the state, whether or not learning has begun."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications import operations as applications
from stars.applications.models import Application
from stars.applications.operations.access import must_be_applicant
from stars.applications.operations.perform import locked
from stars.common import clock
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment


@transaction.atomic
def leave(application: Application, *, reason: str, note: str = "", by: Actor) -> Application:
    """Leave from any open state after the round has closed; the rules say what it costs. Twice is once.

    A contract whose group has not begun is an admission still. Raises `TransitionNotAllowed`, `NotPermitted`.
    """
    row = locked(application)
    must_be_applicant(row, by=by)
    learning = _end(row)
    return applications.leave(
        row,
        reason=reason,
        note=note,
        by=by,
        learning=learning is not None and learning.group.starts_on <= clock.today(),
    )


@transaction.atomic
def withdraw(application: Application, *, reason: str, note: str = "", by: Actor) -> Application:
    """Withdraw without consequence while the round is open, from every open state; a contract ends too.

    Raises `ApplicationPeriodOver`, `TransitionNotAllowed`, `NotPermitted`.
    """
    row = locked(application)
    must_be_applicant(row, by=by)
    _end(row)
    return applications.withdraw(row, reason=reason, note=note, by=by)


def _end(row: Application) -> Enrolment | None:
    """End the learning of a locked application, if there is any in force."""
    learning = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("group")
        .filter(application=row, status=EnrolmentStatus.LEARNING)
        .first()
    )
    if learning is not None:
        # Learning that had not begun lasted no day; its end is never before its contract.
        learning.status, learning.ended_on = EnrolmentStatus.LEFT, clock.today()
        learning.save(update_fields=["status", "ended_on"])
    return learning
