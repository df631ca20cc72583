"""Going: from every open state there is a way out, and its consequence is a parameter (manual 3.4.2 is about the first)."""

from typing import Any

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.operations.access import must_be_applicant
from stars.applications.operations.perform import decide, locked
from stars.applications.operations.seats import give_everything_up
from stars.applications.queries.leaving import consequence_of
from stars.applications.queries.rules import rules_name
from stars.common import clock
from stars.funding import operations as funding


@transaction.atomic
def leave(
    application: Application, *, reason: str, note: str = "", by: Actor, learning: bool = False
) -> Application:
    """Leave by the step of the present state: seat, places and held money are free again. Leaving twice is leaving once.

    `learning` says that learning has begun (`stars.enrolments` knows); then the rules' share of the money is paid.
    Raises `TransitionNotAllowed`, `NotPermitted`.
    """
    row = locked(application)
    must_be_applicant(row, by=by)
    if row.status == Status.WITHDRAWN:
        return row
    consequence = consequence_of(row, learning=learning)
    give_everything_up(row)
    decision = decide(
        consequence.action,
        row,
        by=by,
        rules_version=rules_name(row),
        note=note,
        decision={
            "figures": {
                "on": clock.today().isoformat(),
                "interrupts": consequence.interrupts,
                "paid_percent": consequence.paid_percent,
            }
        },
        details={"reason": reason},
        ended_at=clock.now(),
        withdrawal_reason=reason,
        withdrawal_note=note,
        regroup_due_at=None,
        money_short_at=None,
        **no_correction(),
    )
    settle(row, percent=consequence.paid_percent, reference=f"{consequence.action}:{decision.pk}", by=by)
    notices.changed(row, consequence.action)
    return row


def settle(row: Application, *, percent: int, reference: str, by: Actor) -> int:
    """Pay the share of what is held for the application, or release it whole; how much was settled."""
    why = reference.split(":", maxsplit=1)[0]
    if percent:
        return funding.pay(str(row.number), percent=percent, reference=reference, reason=why, by=by)
    return funding.release(str(row.number), reference=reference, reason=why, by=by)


def no_correction() -> dict[str, Any]:
    """What an application that is no longer returned for correction does not have."""
    return {"returned_fields": [], "correction_due_at": None}
