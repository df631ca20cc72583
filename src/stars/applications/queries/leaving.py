"""What leaving costs."""

from dataclasses import dataclass
from datetime import date

from stars.applications.enums import Action, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application
from stars.applications.queries.rules import rules_of
from stars.common.months import add_months
from stars.funding.queries import payments_in_force

_STEPS = {
    Status.SUBMITTED: Action.LEAVE,
    Status.RETURNED: Action.LEAVE,
    Status.ELIGIBLE: Action.LEAVE,
    Status.WAITING: Action.LEAVE_WAITING,
    Status.ADMITTED: Action.LEAVE_ADMISSION,
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """What leaving costs: the share of the held money that is paid, and whether a waiting period begins.

    `is_paid`: nothing is held any more, because learning was paid for already.
    """

    action: Action
    paid_percent: int = 0
    interrupts: bool = False
    months: int = 0
    is_paid: bool = False

    def again_from(self, on: date) -> date | None:
        """The first day on which one may apply again after leaving on this one; None where nobody has to wait."""
        return add_months(on, self.months) if self.interrupts and self.months else None


def leaving_action(application: Application, *, learning: bool = False) -> Action:
    """The step by which somebody leaves from the present state. Raises `TransitionNotAllowed`."""
    action = Action.LEAVE_LEARNING if learning else _STEPS.get(Status(application.status), Action.LEAVE)
    transition(action, application.status)
    return action


def consequence_of(application: Application, *, learning: bool = False) -> Consequence:
    """What leaving now would cost, for the page that asks. Raises `TransitionNotAllowed`."""
    action = leaving_action(application, learning=learning)
    rules = rules_of(application)
    interrupts = {
        Action.LEAVE_ADMISSION: rules.leaving_admission_interrupts,
        Action.LEAVE_LEARNING: rules.leaving_learning_interrupts,
    }.get(action, False)
    paid = rules.leaving_percent if action == Action.LEAVE_LEARNING else 0
    return Consequence(
        action,
        paid,
        interrupts,
        rules.months_after_interruption if interrupts else 0,
        is_paid=bool(payments_in_force(str(application.number))),
    )
