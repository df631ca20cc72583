"""Sending an application, and taking it back while the round is open."""

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import OPEN, Action, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application
from stars.applications.operations.access import must_be_applicant
from stars.applications.operations.drafts import must_be_open
from stars.applications.operations.leaving import give_back, no_correction, settle
from stars.applications.operations.perform import locked as locked_row
from stars.applications.operations.perform import perform
from stars.applications.operations.seats import give_everything_up
from stars.applications.places import place_code
from stars.applications.promise import promise, withdrawal_until
from stars.applications.queries.facts import Sent, findings_for, read
from stars.applications.queue import enqueue_registers
from stars.applications.sources import is_open
from stars.applications.steps import Steps
from stars.catalogue.models import GroupOffer
from stars.common import clock
from stars.people import operations as people
from stars.schemes.codes import SchemeCode
from stars.schemes.eligibility import is_refused
from stars.schemes.types import Finding, Step


class StepsUnfilled(Exception):
    """Some steps are not whole; the first is where the person goes."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__()
        self.first = steps[0].key


class NotEligible(Exception):
    """At least one rule is not met; all findings are told at once."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


class AlreadyOpen(Exception):
    """Another open application stands in the way; `other` is that application."""

    def __init__(self, other: Application | None) -> None:
        super().__init__()
        self.other = other


class ApplicationPeriodOver(Exception):
    """The round has closed, so that the application cannot simply be withdrawn (manual 3.4.2)."""


def submit(application: Application, *, by: Actor) -> Application:
    """Send the application: validated again as a whole, judged, numbered, promised. Sending twice is sending once.

    Raises `ProgrammeGone`, `SourceClosed`, `StepsUnfilled`, `NotEligible`, `AlreadyOpen`, `TransitionNotAllowed`,
    `DraftGone`, `NotPermitted`.
    """
    try:
        with transaction.atomic():
            return _submit(application, by=by)
    except IntegrityError as conflict:
        # Two applications were sent at once; the constraint let one through.
        other = conflicting(application)
        if other is None:
            raise
        raise AlreadyOpen(other) from conflict


def conflicting(application: Application) -> Application | None:
    """The open application that stands in the way of this one, if any."""
    others = Application.objects.filter(applicant_id=application.applicant_id, status__in=OPEN).exclude(
        pk=application.pk
    )
    in_the_way = list(
        others.filter(Q(scheme=application.scheme) | Q(programme_id=application.programme_id))
        .select_related("programme")
        .order_by("pk")
    )
    in_source = [other for other in in_the_way if other.scheme == application.scheme]
    return next(iter(in_source or in_the_way), None)


def _submit(application: Application, *, by: Actor) -> Application:
    # Submissions of one person wait for each other, so that the second is told which application was first.
    locked = locked_row(
        application, also=("applicant",), reading=("programme__institution", "applicant__profile")
    )
    must_be_applicant(locked, by=by)
    if locked.status == Status.SUBMITTED:
        return locked
    transition(Action.SUBMIT, locked.status)
    scheme, now = SchemeCode(locked.scheme), clock.now()
    offers = must_be_open(locked.programme, scheme)
    known = read(locked.applicant, locked.programme, scheme, at=now, offers=offers)
    if _in_the_way(locked, known.sent):
        raise AlreadyOpen(conflicting(locked))
    steps = Steps(locked, offers=[offer for offer in offers if is_open(offer.round, at=now)])
    if unfilled := steps.unfilled():
        raise StepsUnfilled(unfilled)
    answers = steps.answers()
    copy_back(locked, answers, by=by)
    findings = findings_for(locked.applicant, locked.programme, scheme, at=now, known=known)
    if is_refused(findings):
        raise NotEligible(findings)
    offer = chosen_offer(steps, answers)
    locked = perform(
        Action.SUBMIT,
        locked,
        by=by,
        number=next_number(locked.scheme),
        submitted_at=now,
        findings=[{"rule": finding.code, "verdict": finding.verdict.value} for finding in findings],
        promised=promise(offer, steps.scheme),
        round=offer.round,
        group=offer.group if steps.scheme.group_from_period else None,
        is_remote=offer.group.is_remote,
        municipality=offer.group.municipality,
        **_typed_columns(answers),
    )
    notices.changed(locked, Action.SUBMIT)
    enqueue_registers(locked.pk)
    return locked


@transaction.atomic
def withdraw(application: Application, *, reason: str, note: str = "", by: Actor) -> Application:
    """Withdraw until the round's application period closes (manual 3.4.2). Withdrawing twice is withdrawing once.

    From every open state and without consequence: seat, places and held money are free again; what was paid already, as
    learning had begun, is proposed to be returned.

    Raises `ApplicationPeriodOver`, `TransitionNotAllowed`.
    """
    locked = locked_row(application)
    must_be_applicant(locked, by=by)
    if locked.status == Status.WITHDRAWN:
        return locked
    transition(Action.WITHDRAW, locked.status)
    until = withdrawal_until(locked)
    if until is None or clock.now() >= until:
        raise ApplicationPeriodOver
    give_everything_up(locked)
    returning = give_back(locked, Action.WITHDRAW, by=by)
    locked = perform(
        Action.WITHDRAW,
        locked,
        by=by,
        details={"returning_cents": returning} if returning else None,
        ended_at=clock.now(),
        withdrawal_reason=reason,
        withdrawal_note=note,
        regroup_due_at=None,
        money_short_at=None,
        **no_correction(),
    )
    settle(locked, percent=0, reference=f"{Action.WITHDRAW}:{locked.pk}", by=by)
    notices.changed(locked, Action.WITHDRAW, returning_cents=returning)
    return locked


def _in_the_way(application: Application, sent: list[Sent]) -> bool:
    return any(
        other.is_open
        and (other.scheme == application.scheme or other.programme_id == application.programme_id)
        for other in sent
    )


def chosen_offer(steps: Steps, answers: dict[str, Any]) -> GroupOffer:
    """The offer that the answers name: the period's group, or the first group at the place."""
    if "period" in answers:
        return next(offer for offer in steps.offers if offer.group_id == int(answers["period"]))
    return next(offer for offer in steps.offers if place_code(offer.group) == answers["place"])


def copy_back(application: Application, answers: dict[str, Any], *, by: Actor) -> None:
    """What was confirmed or corrected in the form becomes the profile's, with history (manual 3.4.1)."""
    person = application.applicant
    people.set_contact(person, email=answers["email"], phone=answers["phone"], by=by)
    people.correct_profile(
        person,
        economic_status=answers.get("economic_status"),
        education=answers.get("education"),
        low_income=answers.get("low_income"),
        occupation=answers.get("occupation"),
        by=by,
    )


def _typed_columns(answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "email": answers["email"],
        "phone": answers["phone"],
        "region_id": answers.get("region"),
        "economic_status_id": answers.get("economic_status"),
        "education_id": answers.get("education"),
        "occupation": answers.get("occupation", ""),
        "workplace": answers.get("workplace", ""),
        "low_income": answers.get("low_income"),
        "choice_reasons": answers.get("choice_reasons", []),
    }


def next_number(scheme: str) -> str:
    """ "MN-2026-004172": from a sequence, so that two submissions never wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('application_number')")
        (count,) = cursor.fetchone()
    return f"{scheme}-{clock.today().year}-{count:06d}"
