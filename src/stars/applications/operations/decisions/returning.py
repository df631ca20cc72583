"""Returned for correction: only what is ticked opens."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications import corrections, notices
from stars.applications.enums import Action
from stars.applications.judging import scheme_of
from stars.applications.models import Application
from stars.applications.operations.decisions.deciding import as_judged, cleaned_note, given_reasons, to_decide
from stars.applications.operations.perform import decide
from stars.common import clock, workdays
from stars.funding.queries import rules_version


class UnknownFields(Exception):
    """Nothing was ticked for correction, or something that the source does not ask."""


@transaction.atomic
def send_back(
    application: Application, *, fields: Sequence[str], reasons: Iterable[str], note: str, by: Actor
) -> Application:
    """Return for correction: only the ticked fields open, until a deadline; day and place in the queue are kept.

    Raises `TransitionNotAllowed`, `ReasonOwed`, `UnknownFields`, `OutOfScope`, `OwnAffair`.
    """
    locked = to_decide(Action.RETURN, application, by=by)
    scheme = scheme_of(locked)
    kept, parameters = as_judged(locked)
    codes = given_reasons(Action.RETURN, locked, parameters, reasons, note)
    if not fields or not all(scheme.asks(name) for name in fields):
        raise UnknownFields
    opened = corrections.with_companions(scheme, fields)
    due_at = workdays.deadline(clock.now(), parameters.correction_workdays)
    stored = corrections.answers_of(locked, opened)
    decide(
        Action.RETURN,
        locked,
        by=by,
        rules_version=rules_version(locked.scheme, parameters),
        reasons=codes,
        note=cleaned_note(note),
        decision=kept | {"fields": opened, "answers": stored, "due_at": due_at},
        details={"due": due_at.isoformat()},
        returned_fields=opened,
        correction_due_at=due_at,
    )
    notices.changed(locked, Action.RETURN, reasons=codes, note=cleaned_note(note), due=due_at, fields=opened)
    return locked
