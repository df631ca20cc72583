"""The authority found the person eligible, and holds money for them."""

from typing import Any

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import Action, Happening, Reason, Status
from stars.applications.judging import is_low_income
from stars.applications.models import Application
from stars.applications.operations.decisions.deciding import as_judged, cleaned_note, to_decide
from stars.applications.operations.perform import ReasonOwed, decide, happen
from stars.applications.operations.perform import locked as locked_row
from stars.common import clock
from stars.funding import operations as funding
from stars.funding.queries import rules_version
from stars.schemes.types import Verdict


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
    locked = to_decide(Action.CONFIRM, application, by=by)
    kept, parameters = as_judged(locked)
    if not cleaned_note(note) and any(row["verdict"] == Verdict.NOT_MET for row in kept["findings"]):
        raise ReasonOwed
    figures = figures_of(locked, kept["registers"])
    decision = decide(
        Action.CONFIRM,
        locked,
        by=by,
        rules_version=rules_version(locked.scheme, parameters),
        note=cleaned_note(note),
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


def figures_of(application: Application, answers: dict[str, str]) -> dict[str, int]:
    """What was promised, divided between public money and the learner, in euro cents."""
    promised: dict[str, Any] = application.promised or {}
    price = int(promised.get("price_cents") or 0)
    low_income = is_low_income(application, answers)
    share = promised.get("low_income_copayment_cents" if low_income else "copayment_cents") or 0
    copayment = min(int(share), price)
    return {"price_cents": price, "copayment_cents": copayment, "support_cents": price - copayment}
