"""Deciding on many applications at once: each by itself, in the order of submission."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from stars.actors.actor import Actor, OutOfScope, OwnAffair
from stars.actors.permissions import Permission
from stars.applications.enums import Action
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application
from stars.applications.operations.decisions import confirm, refuse
from stars.applications.operations.perform import ReasonOwed
from stars.applications.queries.queue import with_what_lists_show
from stars.funding import operations as funding

MOST_AT_ONCE = 100


class Outcome(StrEnum):
    """How one of many came out."""

    DONE = "done"
    BUDGET_SHORT = "budget-short"
    FUNDS_SHORT = "funds-short"
    NOT_REACHED = "not-reached"
    OWN = "own"
    STALE = "stale"
    REASON_OWED = "reason-owed"


@dataclass(frozen=True, slots=True)
class Decided:
    """One application and what became of it; figures in euro cents where money did not suffice."""

    application: Application
    outcome: Outcome
    left_cents: int = 0
    needed_cents: int = 0


def decide_many(
    public_ids: Iterable[UUID], action: Action, *, reasons: Iterable[str] = (), note: str = "", by: Actor
) -> list[Decided]:
    """Confirm or refuse each, in order of submission, each in a transaction of its own.

    When the budget of a round ends, the rest of that round is not tried: nobody overtakes. Applications of sources on
    which the actor does not decide are left out. Raises `NotPermitted`, ValueError for another action or too many.
    """
    by.must(Permission.APPLICATION_CHECK)
    wanted = list(dict.fromkeys(public_ids))
    if action not in (Action.CONFIRM, Action.REFUSE) or len(wanted) > MOST_AT_ONCE:
        raise ValueError(action)
    codes = list(reasons)
    ended: set[int | None] = set()
    decided = []
    for application in chosen(wanted, by=by):
        if action is Action.CONFIRM and application.round_id in ended:
            decided.append(Decided(application, Outcome.NOT_REACHED))
            continue
        result = _one(application, action, codes, note, by=by)
        if result.outcome is Outcome.BUDGET_SHORT:
            ended.add(application.round_id)
        decided.append(result)
    return decided


def chosen(public_ids: Iterable[UUID], *, by: Actor) -> list[Application]:
    """The applications of one's own sources among these, with what lists show, in the order of submission."""
    return list(
        with_what_lists_show(
            Application.objects.filter(public_id__in=list(public_ids), scheme__in=by.schemes)
        )
        .exclude(submitted_at=None)
        .order_by("submitted_at", "pk")
    )


def _one(application: Application, action: Action, reasons: list[str], note: str, *, by: Actor) -> Decided:
    try:
        if action is Action.CONFIRM:
            confirm(application, note=note, by=by)
        else:
            refuse(application, reasons=reasons, note=note, by=by)
    except funding.BudgetExceeded as short:
        return Decided(application, Outcome.BUDGET_SHORT, short.left_cents, short.needed_cents)
    except funding.FundsExceeded as short:
        return Decided(application, Outcome.FUNDS_SHORT, short.available_cents, short.needed_cents)
    except (OwnAffair, OutOfScope):
        return Decided(application, Outcome.OWN)
    except TransitionNotAllowed:
        return Decided(application, Outcome.STALE)
    except ReasonOwed:
        return Decided(application, Outcome.REASON_OWED)
    return Decided(application, Outcome.DONE)
