"""A refusal is looked at again by a second officer."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import Action
from stars.applications.models import Application
from stars.applications.operations.decisions.deciding import as_judged, cleaned_note, given_reasons, to_decide
from stars.applications.operations.perform import decide
from stars.applications.operations.submission import AlreadyOpen, conflicting
from stars.funding.queries import rules_version
from stars.people.models import Person


class SameOfficer(Exception):
    """Whoever refused does not reopen: a second officer looks at it."""


class NotReopenable(Exception):
    """Only what the authority refused, or what lapsed, is examined again."""


@transaction.atomic
def reopen(application: Application, *, reasons: Iterable[str], note: str, by: Actor) -> Application:
    """Another officer looks at a refusal again; it goes back to its old place in the queue.

    Raises `TransitionNotAllowed`, `ReasonOwed`, `NotReopenable`, `SameOfficer`, `AlreadyOpen` when the person has an
    open application in the way, `OutOfScope`, `OwnAffair`.
    """
    locked = to_decide(Action.REOPEN, application, by=by)
    refusal = locked.decisions.order_by("-at", "-pk").first()
    if refusal is None or refusal.action not in (Action.REFUSE, Action.LAPSE):
        raise NotReopenable
    if refusal.actor_id is not None and refusal.actor_id == by.person_id:
        raise SameOfficer
    kept, parameters = as_judged(locked)
    codes = given_reasons(Action.REOPEN, locked, parameters, reasons, note)
    # As a submission: whoever applies elsewhere at this moment waits, and is told.
    Person.objects.select_for_update().get(pk=locked.applicant_id)
    other = conflicting(locked)
    if other is not None:
        raise AlreadyOpen(other)
    try:
        with transaction.atomic():
            decide(
                Action.REOPEN,
                locked,
                by=by,
                rules_version=rules_version(locked.scheme, parameters),
                reasons=codes,
                note=cleaned_note(note),
                decision=kept,
                ended_at=None,
            )
    except IntegrityError as conflict:
        raise AlreadyOpen(conflicting(locked)) from conflict
    notices.changed(locked, Action.REOPEN)
    return locked
