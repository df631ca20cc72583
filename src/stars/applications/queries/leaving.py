"""What leaving costs."""

from dataclasses import dataclass

from stars.applications.enums import Action, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application
from stars.applications.queries.rules import rules_of

_STEPS = {
    Status.SUBMITTED: Action.LEAVE,
    Status.RETURNED: Action.LEAVE,
    Status.ELIGIBLE: Action.LEAVE,
    Status.WAITING: Action.LEAVE_WAITING,
    Status.ADMITTED: Action.LEAVE_ADMISSION,
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """What leaving costs: the share of the held money that is paid, and whether a waiting period begins."""

    action: Action
    paid_percent: int = 0
    interrupts: bool = False
    months: int = 0


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
    return Consequence(action, paid, interrupts, rules.months_after_interruption if interrupts else 0)
