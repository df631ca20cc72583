"""From admission to learning: contract, co-payment, attendance, and the payment when learning begins."""

from datetime import date, timedelta

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.operations.perform import locked
from stars.applications.queries.rules import rules_of
from stars.audit import operations as audit
from stars.common import clock
from stars.common.rows import each
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.funding import operations as funding
from stars.schemes.parameters import PaysOn

# How long after the start the job still looks for what was not paid; later contracts are paid when they are noted.
_LOOKS_BACK = timedelta(days=14)


class NotAdmitted(Exception):
    """Only somebody who is admitted signs a contract."""


class NotLearning(Exception):
    """Learning is over, or was never begun."""


class ContractMissing(Exception):
    """The contract needs a number, and a day that is not to come."""


class DayImpossible(Exception):
    """The day lies in the future, or before there was anything to end."""


class HoursImpossible(Exception):
    """More hours than the programme has, or fewer than none."""


class OutcomeMissing(Exception):
    """Completion needs a document and a grade from 1 to 10, or that it was passed."""


def must_conclude(application: Application, *, by: Actor) -> None:
    """Raise `NotPermitted`, `OutOfScope` or `OwnAffair` unless the actor notes learning for the programme."""
    by.must(Permission.APPLICATION_CONCLUDE)
    by.must_act_for(application.programme.institution_id)
    by.must_not_be(application.applicant_id)


@transaction.atomic
def enrol(
    application: Application,
    *,
    contract_number: str,
    contract_on: date,
    copayment_paid_cents: int = 0,
    copayment_paid_on: date | None = None,
    by: Actor,
) -> Enrolment:
    """Note the contract and the co-payment; noted again they are corrected. Pays when learning has begun, if that pays.

    Raises `NotAdmitted`, `ContractMissing`, `DayImpossible`, `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    row = locked(application)
    must_conclude(row, by=by)
    if row.status != Status.ADMITTED or row.group is None:
        raise NotAdmitted
    number, today = contract_number.strip(), clock.today()
    if not number or contract_on > today:
        raise ContractMissing
    if copayment_paid_cents < 0 or (copayment_paid_cents > 0) != (copayment_paid_on is not None):
        raise DayImpossible
    if copayment_paid_on is not None and copayment_paid_on > today:
        raise DayImpossible
    values = {
        "contract_number": number[:60],
        "contract_on": contract_on,
        "copayment_paid_cents": copayment_paid_cents,
        "copayment_paid_on": copayment_paid_on,
    }
    known = Enrolment.objects.select_for_update().filter(application=row).first()
    if known is None:
        known = Enrolment(
            application=row,
            person=row.applicant,
            enrolled_at=clock.now(),
            group=row.group,
            hours_planned=row.programme.hours,
        )
    if known.status != EnrolmentStatus.LEARNING:
        # A contract with a group that was cancelled before it began; this is the next group's.
        values |= {
            "status": EnrolmentStatus.LEARNING,
            "group": row.group,
            "ended_on": None,
            "hours_attended": 0,
            "note": "",
        }
    for name, value in values.items():
        setattr(known, name, value)
    known.save()
    audit.record("enrolment.noted", by=by, subject="enrolment", subject_id=known.pk)
    _pay_begun(known, by=by)
    return known


@transaction.atomic
def note_attendance(enrolment: Enrolment, *, hours: int, by: Actor) -> Enrolment:
    """Note how many hours were attended so far.

    Raises `HoursImpossible`, `NotLearning`, `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    row, _ = locked_learning(enrolment, by=by)
    if not 0 <= hours <= row.hours_planned:
        raise HoursImpossible
    row.hours_attended = hours
    row.save(update_fields=["hours_attended"])
    audit.record("enrolment.attendance", by=by, subject="enrolment", subject_id=row.pk)
    return row


def locked_learning(enrolment: Enrolment, *, by: Actor) -> tuple[Enrolment, Application]:
    """Application and enrolment, locked in this order, for who may note about them.

    Raises `NotLearning`, `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    application = locked(enrolment.application)
    must_conclude(application, by=by)
    row = Enrolment.objects.select_for_update(of=("self",)).select_related("group").get(pk=enrolment.pk)
    if row.status != EnrolmentStatus.LEARNING:
        raise NotLearning
    return row, application


def pay_begun() -> int:
    """Pay for everybody whose learning has begun under a source that pays then; how many. Each in its own transaction."""
    today = clock.today()
    begun = Enrolment.objects.filter(
        status=EnrolmentStatus.LEARNING,
        group__starts_on__lte=today,
        group__starts_on__gte=today - _LOOKS_BACK,
    )
    return each(list(begun.select_related("application").order_by("pk")), _pay_locked)


def _pay_locked(enrolment: Enrolment) -> bool:
    locked(enrolment.application)
    row = Enrolment.objects.select_related("group", "application").get(pk=enrolment.pk)
    return row.status == EnrolmentStatus.LEARNING and _pay_begun(row, by=SYSTEM) > 0


def _pay_begun(enrolment: Enrolment, *, by: Actor) -> int:
    application = enrolment.application
    if enrolment.group.starts_on > clock.today() or rules_of(application).pays_on != PaysOn.START:
        return 0
    return funding.pay(
        str(application.number), reference=f"start:{enrolment.pk}", reason=PaysOn.START.value, by=by
    )
