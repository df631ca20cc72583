"""What the source's authority decides about a submitted application."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications import corrections, notices
from stars.applications.enums import Action, Happening, Reason, Status
from stars.applications.forms.decisions import LONGEST_NOTE
from stars.applications.judging import as_stored, is_low_income, judged, reasons_for, scheme_of
from stars.applications.lifecycle import transition
from stars.applications.models import Application, Decision
from stars.applications.operations.perform import ReasonOwed, decide, happen
from stars.applications.operations.perform import locked as locked_row
from stars.applications.operations.registers import answers_about
from stars.applications.operations.submission import AlreadyOpen, conflicting
from stars.applications.queries.rules import rules_of
from stars.common import clock, workdays
from stars.common.rows import each
from stars.funding import operations as funding
from stars.funding.queries import rules_version
from stars.people.models import Person
from stars.schemes.parameters import Parameters
from stars.schemes.types import Verdict


class UnknownFields(Exception):
    """Nothing was ticked for correction, or something that the source does not ask."""


class SameOfficer(Exception):
    """Whoever refused does not reopen: a second officer looks at it."""


class NotReopenable(Exception):
    """Only what the authority refused, or what lapsed, is examined again."""


def confirm(application: Application, *, note: str = "", by: Actor) -> Application:
    """The authority found the person eligible; public money is held for them.

    A note is owed when a rule is not met. Raises `TransitionNotAllowed`, `ReasonOwed`, `OutOfScope`, `OwnAffair`, and
    `BudgetExceeded` or `FundsExceeded` with the figures: then the application stays in the queue, marked, and the
    applicant is told.
    """
    try:
        with transaction.atomic():
            return _confirm(application, note=note, by=by)
    except funding.BudgetExceeded:
        _mark_short(application, Reason.BUDGET, by=by)
        raise
    except funding.FundsExceeded:
        _mark_short(application, Reason.ACCOUNT, by=by)
        raise


def _confirm(application: Application, *, note: str, by: Actor) -> Application:
    locked = _to_decide(Action.CONFIRM, application, by=by)
    kept, parameters = _as_judged(locked)
    if not note and any(row["verdict"] == Verdict.NOT_MET for row in kept["findings"]):
        raise ReasonOwed
    figures = figures_of(locked, kept["registers"])
    decision = decide(
        Action.CONFIRM,
        locked,
        by=by,
        rules_version=rules_version(locked.scheme, parameters),
        note=_note(note),
        decision=kept | {"figures": figures},
        support_cents=figures["support_cents"],
        copayment_cents=figures["copayment_cents"],
        money_short_at=None,
    )
    if locked.round is None or locked.number is None:
        raise AssertionError("a submitted application has a number and a round")
    funding.hold(
        application_number=locked.number,
        programme=(locked.promised or {}).get("programme", ""),
        person=locked.applicant,
        round=locked.round,
        scheme=locked.scheme,
        amount_cents=figures["support_cents"],
        reference=f"confirm:{decision.pk}",
        by=by,
    )
    notices.changed(locked, Action.CONFIRM)
    return locked


@transaction.atomic
def _mark_short(application: Application, why: Reason, *, by: Actor) -> None:
    """The money does not suffice: said once, to the queue and to the applicant, with which money it is."""
    locked = locked_row(application)
    if locked.status != Status.SUBMITTED or locked.money_short_at is not None:
        return
    locked.money_short_at = clock.now()
    locked.save(update_fields=["money_short_at"])
    codes = [why.value]
    happen(Happening.MONEY_SHORT, locked, by=by, details={"reasons": codes})
    notices.changed(locked, Happening.MONEY_SHORT, reasons=codes)


@transaction.atomic
def refuse(application: Application, *, reasons: Iterable[str], note: str = "", by: Actor) -> Application:
    """The authority refuses. Raises `TransitionNotAllowed`, `ReasonOwed`, `OutOfScope`, `OwnAffair`."""
    locked = _to_decide(Action.REFUSE, application, by=by)
    kept, parameters = _as_judged(locked)
    codes = _reasons(Action.REFUSE, locked, parameters, reasons, note)
    decide(
        Action.REFUSE,
        locked,
        by=by,
        rules_version=rules_version(locked.scheme, parameters),
        reasons=codes,
        note=_note(note),
        decision=kept,
        ended_at=clock.now(),
        money_short_at=None,
    )
    notices.changed(locked, Action.REFUSE, reasons=codes, note=_note(note))
    return locked


@transaction.atomic
def send_back(
    application: Application, *, fields: Sequence[str], reasons: Iterable[str], note: str, by: Actor
) -> Application:
    """Return for correction: only the ticked fields open, until a deadline; day and place in the queue are kept.

    Raises `TransitionNotAllowed`, `ReasonOwed`, `UnknownFields`, `OutOfScope`, `OwnAffair`.
    """
    locked = _to_decide(Action.RETURN, application, by=by)
    scheme = scheme_of(locked)
    kept, parameters = _as_judged(locked)
    codes = _reasons(Action.RETURN, locked, parameters, reasons, note)
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
        note=_note(note),
        decision=kept | {"fields": opened, "answers": stored, "due_at": due_at},
        details={"due": due_at.isoformat()},
        returned_fields=opened,
        correction_due_at=due_at,
    )
    notices.changed(locked, Action.RETURN, reasons=codes, note=_note(note), due=due_at, fields=opened)
    return locked


@transaction.atomic
def reopen(application: Application, *, reasons: Iterable[str], note: str, by: Actor) -> Application:
    """Another officer looks at a refusal again; it goes back to its old place in the queue.

    Raises `TransitionNotAllowed`, `ReasonOwed`, `NotReopenable`, `SameOfficer`, `AlreadyOpen` when the person has an
    open application in the way, `OutOfScope`, `OwnAffair`.
    """
    locked = _to_decide(Action.REOPEN, application, by=by)
    refusal = locked.decisions.order_by("-at", "-pk").first()
    if refusal is None or refusal.action not in (Action.REFUSE, Action.LAPSE):
        raise NotReopenable
    if refusal.actor_id is not None and refusal.actor_id == by.person_id:
        raise SameOfficer
    kept, parameters = _as_judged(locked)
    codes = _reasons(Action.REOPEN, locked, parameters, reasons, note)
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
                note=_note(note),
                decision=kept,
                ended_at=None,
            )
    except IntegrityError as conflict:
        raise AlreadyOpen(conflicting(locked)) from conflict
    notices.changed(locked, Action.REOPEN)
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
    kept, parameters = _as_judged(locked)
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


def figures_of(application: Application, answers: dict[str, str]) -> dict[str, int]:
    """What was promised, divided between public money and the learner, in euro cents."""
    promised: dict[str, Any] = application.promised or {}
    price = int(promised.get("price_cents") or 0)
    low_income = is_low_income(application, answers)
    share = promised.get("low_income_copayment_cents" if low_income else "copayment_cents") or 0
    copayment = min(int(share), price)
    return {"price_cents": price, "copayment_cents": copayment, "support_cents": price - copayment}


def last_refusal(application: Application) -> Decision | None:
    """The authority's refusal that the application ended with; None when it ended otherwise or did not end."""
    if application.status != Status.REFUSED:
        return None
    latest = max(application.decisions.all(), key=lambda decision: (decision.at, decision.pk), default=None)
    return latest if latest is not None and latest.action in (Action.REFUSE, Action.LAPSE) else None


def _to_decide(action: Action, application: Application, *, by: Actor) -> Application:
    """The locked row, when this actor may take the step on it now."""
    by.must(Permission.APPLICATION_CHECK)
    locked = locked_row(application)
    by.must_decide_on(locked.scheme)
    by.must_not_be(locked.applicant_id)
    transition(action, locked.status)
    return locked


def _as_judged(application: Application) -> tuple[dict[str, Any], Parameters]:
    """What every decision keeps of the rules, under the parameters by which the application was sent."""
    parameters = rules_of(application)
    answers = answers_about(application)
    findings = as_stored(judged(application, answers, parameters))
    return {"findings": findings, "registers": answers}, parameters


def _reasons(
    action: Action, application: Application, parameters: Parameters, reasons: Iterable[str], note: str
) -> list[str]:
    """The codes, when they are reasons for this step and say enough (Administrative Procedure Law, section 67)."""
    codes = [str(code) for code in dict.fromkeys(reasons)]
    offered = reasons_for(action, scheme_of(application), parameters)
    if not codes or not set(codes) <= {reason.value for reason in offered}:
        raise ReasonOwed
    if Reason.OTHER in codes and not _note(note):
        raise ReasonOwed
    return codes


def _note(note: str) -> str:
    return note.replace("\x00", "").strip()[:LONGEST_NOTE]
