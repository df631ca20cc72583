"""What may follow what. The same table draws the buttons, the diagram in the docs and the tests."""

from dataclasses import dataclass

from stars.actors.permissions import Permission
from stars.applications.enums import OPEN, Action, Status


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources` to `target`, for whoever holds `permission`."""

    sources: frozenset[Status]
    target: Status
    permission: Permission


class TransitionNotAllowed(Exception):
    """The table has no such step from the present state."""

    def __init__(self, action: Action, status: Status) -> None:
        super().__init__(f"{action.value} from {status.value}")
        self.action, self.status = action, status


def _from(*sources: Status, to: Status, needs: Permission) -> Transition:
    return Transition(sources=frozenset(sources), target=to, permission=needs)


_FILL, _CHECK = Permission.APPLICATION_FILL, Permission.APPLICATION_CHECK
_ADMIT, _CONCLUDE = Permission.APPLICATION_ADMIT, Permission.APPLICATION_CONCLUDE

TRANSITIONS: dict[Action, Transition] = {
    # The applicant applies.
    Action.SUBMIT: _from(Status.DRAFT, to=Status.SUBMITTED, needs=_FILL),
    Action.CORRECT: _from(Status.RETURNED, to=Status.SUBMITTED, needs=_FILL),
    # The source's authority decides.
    Action.CONFIRM: _from(Status.SUBMITTED, to=Status.ELIGIBLE, needs=_CHECK),
    Action.REFUSE: _from(Status.SUBMITTED, to=Status.REFUSED, needs=_CHECK),
    Action.RETURN: _from(Status.SUBMITTED, to=Status.RETURNED, needs=_CHECK),
    Action.LAPSE: _from(Status.RETURNED, to=Status.REFUSED, needs=Permission.APPLICATION_LAPSE),
    Action.REOPEN: _from(Status.REFUSED, to=Status.SUBMITTED, needs=_CHECK),
    # The institution admits; the applicant accepts what is offered.
    Action.WAIT: _from(Status.ELIGIBLE, to=Status.WAITING, needs=_ADMIT),
    Action.JOIN: _from(Status.ELIGIBLE, to=Status.WAITING, needs=_FILL),
    Action.ADMIT: _from(Status.ELIGIBLE, Status.WAITING, to=Status.ADMITTED, needs=_ADMIT),
    Action.ACCEPT: _from(Status.ELIGIBLE, Status.WAITING, to=Status.ADMITTED, needs=_FILL),
    Action.NOT_ADMIT: _from(Status.ELIGIBLE, Status.WAITING, to=Status.REFUSED, needs=_ADMIT),
    Action.REGROUP: _from(Status.ADMITTED, Status.WAITING, Status.ELIGIBLE, to=Status.ELIGIBLE, needs=_ADMIT),
    # Learning ends.
    Action.COMPLETE: _from(Status.ADMITTED, to=Status.COMPLETED, needs=_CONCLUDE),
    Action.EXPEL: _from(Status.ADMITTED, to=Status.EXPELLED, needs=_CONCLUDE),
    Action.END: _from(Status.ADMITTED, to=Status.REFUSED, needs=_CONCLUDE),
    # The applicant goes: freely until the round closes, later by a step of its own for each state.
    Action.WITHDRAW: _from(*OPEN, to=Status.WITHDRAWN, needs=_FILL),
    Action.LEAVE: _from(Status.SUBMITTED, Status.RETURNED, Status.ELIGIBLE, to=Status.WITHDRAWN, needs=_FILL),
    Action.LEAVE_WAITING: _from(Status.WAITING, to=Status.WITHDRAWN, needs=_FILL),
    Action.LEAVE_ADMISSION: _from(Status.ADMITTED, to=Status.WITHDRAWN, needs=_FILL),
    Action.LEAVE_LEARNING: _from(Status.ADMITTED, to=Status.WITHDRAWN, needs=_FILL),
}


def transition(action: Action, status: str) -> Transition:
    """The step that `action` takes from `status`; raises `TransitionNotAllowed`."""
    step = TRANSITIONS[action]
    if status not in step.sources:
        raise TransitionNotAllowed(action, Status(status))
    return step
