"""Refusals: by the authority, and by a deadline that passed."""

from collections.abc import Iterable

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications import notices
from stars.applications.enums import Action, Reason, Status
from stars.applications.models import Application, Decision
from stars.applications.operations.decisions.deciding import as_judged, cleaned_note, given_reasons, to_decide
from stars.applications.operations.perform import decide
from stars.applications.operations.perform import locked as locked_row
from stars.common import clock
from stars.common.rows import each
from stars.funding.queries import rules_version


@transaction.atomic
def refuse(application: Application, *, reasons: Iterable[str], note: str = "", by: Actor) -> Application:
    """The authority refuses. Raises `TransitionNotAllowed`, `ReasonOwed`, `OutOfScope`, `OwnAffair`."""
    locked = to_decide(Action.REFUSE, application, by=by)
    kept, parameters = as_judged(locked)
    codes = given_reasons(Action.REFUSE, locked, parameters, reasons, note)
    decide(
        Action.REFUSE,
        locked,
        by=by,
        rules_version=rules_version(locked.scheme, parameters),
        reasons=codes,
        note=cleaned_note(note),
        decision=kept,
        ended_at=clock.now(),
        money_short_at=None,
    )
    notices.changed(locked, Action.REFUSE, reasons=codes, note=cleaned_note(note))
    return locked


def lapse_corrections(*, by: Actor) -> int:
    """Refuse everything whose deadline for correction is over; returns how many. Repeated, it finds nothing more."""
    by.must(Permission.APPLICATION_LAPSE)
    overdue = Application.objects.filter(status=Status.RETURNED, correction_due_at__lt=clock.now())
    return each(overdue.order_by("pk").iterator(), lambda application: _lapse(application, by=by))


def _lapse(application: Application, *, by: Actor) -> bool:
    """False when it was corrected or withdrawn meanwhile."""
    locked = locked_row(application)
    if locked.status != Status.RETURNED or locked.correction_due_at is None:
        return False
    if locked.correction_due_at >= clock.now():
        return False
    kept, parameters = as_judged(locked)
    codes = [Reason.NOT_CORRECTED.value]
    decide(
        Action.LAPSE,
        locked,
        by=by,
        rules_version=rules_version(locked.scheme, parameters),
        reasons=codes,
        decision=kept,
        ended_at=clock.now(),
    )
    notices.changed(locked, Action.LAPSE, reasons=codes)
    return True


def last_refusal(application: Application) -> Decision | None:
    """The authority's refusal that the application ended with; None when it ended otherwise or did not end."""
    if application.status != Status.REFUSED:
        return None
    latest = max(application.decisions.all(), key=lambda decision: (decision.at, decision.pk), default=None)
    return latest if latest is not None and latest.action in (Action.REFUSE, Action.LAPSE) else None
