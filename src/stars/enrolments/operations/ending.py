"""How learning ends: completed with a document, or expelled with a reason."""

from datetime import date

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import Action, ExpulsionReason
from stars.applications.operations.leaving import settle, waiting
from stars.applications.operations.perform import decide
from stars.applications.operations.seats import lock_groups
from stars.applications.queries.leaving import Consequence
from stars.applications.queries.rules import rules_name, rules_of
from stars.applications.queue import enqueue_offering
from stars.common import clock
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.enrolments.operations.learning import DayImpossible, OutcomeMissing, locked_learning
from stars.surveys.operations import open_for

_GRADES = range(1, 11)
_ALL = 100


@transaction.atomic
def complete(
    enrolment: Enrolment,
    *,
    document_number: str,
    document_on: date,
    grade: int | None = None,
    passed: bool | None = None,
    by: Actor,
) -> Enrolment:
    """Completed: the document, and a grade of the ten-point scale or that it was passed. What is still held is paid.

    Which grade passes is the programme's affair. Raises `OutcomeMissing`, `DayImpossible`, `NotLearning`,
    `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    row, application = locked_learning(enrolment, by=by)
    number = document_number.strip()
    if not number or (grade is None and not passed) or (grade is not None and grade not in _GRADES):
        raise OutcomeMissing
    if not row.group.starts_on <= document_on <= clock.today():
        raise DayImpossible
    row.status = EnrolmentStatus.COMPLETED
    row.document_number, row.document_on = number[:60], document_on
    row.grade, row.passed, row.ended_on = grade, passed, document_on
    row.save()
    decision = decide(
        Action.COMPLETE,
        application,
        by=by,
        rules_version=rules_name(application),
        decision={"figures": {"on": document_on.isoformat(), "paid_percent": _ALL}},
        details={"document": row.document_number},
        ended_at=clock.now(),
    )
    settle(application, percent=_ALL, reference=f"{Action.COMPLETE}:{decision.pk}", by=by)
    notices.changed(application, Action.COMPLETE)
    open_for(application, by=by)
    return row


@transaction.atomic
def expel(enrolment: Enrolment, *, reason: str, on: date, note: str = "", by: Actor) -> Enrolment:
    """Expelled: the rules' share of the held money is paid, the rest released; the source's waiting period begins.

    Raises `OutcomeMissing` for an unknown reason, `DayImpossible`, `NotLearning`, `NotPermitted`, `OutOfScope`,
    `OwnAffair`.
    """
    row, application = locked_learning(enrolment, by=by)
    if reason not in ExpulsionReason.values:
        raise OutcomeMissing
    if not row.contract_on <= on <= clock.today():
        raise DayImpossible
    lock_groups([row.group_id])
    rules = rules_of(application)
    costs = Consequence(
        Action.EXPEL, rules.expulsion_percent, interrupts=True, months=rules.months_after_interruption
    )
    row.status, row.expulsion_reason = EnrolmentStatus.EXPELLED, reason
    row.ended_on, row.note = on, note[:500]
    row.save()
    decision = decide(
        Action.EXPEL,
        application,
        by=by,
        rules_version=rules_name(application),
        reasons=[reason],
        note=note,
        decision={"figures": {"on": on.isoformat(), "paid_percent": costs.paid_percent, "interrupts": True}},
        details=waiting(costs, on),
        ended_at=clock.now(),
    )
    enqueue_offering([row.group_id])
    settle(application, percent=costs.paid_percent, reference=f"{Action.EXPEL}:{decision.pk}", by=by)
    notices.changed(application, Action.EXPEL, reasons=[reason], note=note, costs=(costs, on))
    open_for(application, by=by)
    return row
