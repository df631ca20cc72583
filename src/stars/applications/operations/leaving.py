"""Going: from every open state there is a way out, and its consequence is a parameter (manual 3.4.2 is about the first)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import Action, Status
from stars.applications.models import Application
from stars.applications.operations.access import must_be_applicant
from stars.applications.operations.perform import decide, locked
from stars.applications.operations.seats import give_everything_up
from stars.applications.queries.leaving import Consequence, consequence_of
from stars.applications.queries.rules import rules_name
from stars.common import clock
from stars.funding import operations as funding
from stars.people.enums import Language


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
    consequence, today = consequence_of(row, learning=learning), clock.today()
    give_everything_up(row)
    decision = decide(
        consequence.action,
        row,
        by=by,
        rules_version=rules_name(row),
        note=note,
        decision={
            "figures": {
                "on": today.isoformat(),
                "interrupts": consequence.interrupts,
                "paid_percent": consequence.paid_percent,
            }
        },
        details={"reason": reason} | waiting(consequence, today),
        ended_at=clock.now(),
        withdrawal_reason=reason,
        withdrawal_note=note,
        regroup_due_at=None,
        money_short_at=None,
        **no_correction(),
    )
    settle(row, percent=consequence.paid_percent, reference=f"{consequence.action}:{decision.pk}", by=by)
    notices.changed(row, consequence.action, costs=(consequence, today))
    return row


def waiting(costs: Consequence, on: date) -> dict[str, str]:
    """What the timeline notes about the waiting period after an end on this day; nothing where there is none."""
    again = costs.again_from(on)
    return {"again_from": again.isoformat()} if again else {}


def give_back(row: Application, action: Action, *, by: Actor) -> int:
    """Propose to return what was paid for the application, which a step that costs nothing ends; how much that is.

    Sources that pay when learning begins have paid by then; what is only held is released as ever.
    """
    with translation.override(Language.LATVIAN):
        reason = (
            _("Withdrawn while the round was open: that has no consequence.")
            if action == Action.WITHDRAW
            else _("The group was cancelled after learning had begun: nothing is charged for it.")
        )
    return funding.propose_return(str(row.number), owner=row.applicant_id, reason=reason, by=by)


def settle(row: Application, *, percent: int, reference: str, by: Actor) -> int:
    """Pay the share of what is held for the application, or release it whole; how much was settled."""
    why = reference.split(":", maxsplit=1)[0]
    if percent:
        return funding.pay(str(row.number), percent=percent, reference=reference, reason=why, by=by)
    return funding.release(str(row.number), reference=reference, reason=why, by=by)


def no_correction() -> dict[str, Any]:
    """What an application that is no longer returned for correction does not have."""
    return {"returned_fields": [], "correction_due_at": None}
