"""What leaving costs, and who has interrupted learning before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from stars.applications.enums import Action, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application, Decision
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


@dataclass(frozen=True, slots=True)
class Interruption:
    """That learning, or an admission, was interrupted: from this day the source's waiting period runs."""

    scheme: str
    on: date
    application_id: int


def interruptions_of(person_id: UUID) -> list[Interruption]:
    """Every interruption of the person in all sources, the latest first: left or expelled, as the rules of then said."""
    rows = Decision.objects.filter(
        application__applicant_id=person_id,
        action__in=[Action.LEAVE_ADMISSION, Action.LEAVE_LEARNING, Action.EXPEL],
        figures__interrupts=True,
    ).order_by("-at", "-pk")
    return [
        Interruption(scheme, date.fromisoformat(figures["on"]), application_id)
        for scheme, figures, application_id in rows.values_list(
            "application__scheme", "figures", "application_id"
        )
    ]
