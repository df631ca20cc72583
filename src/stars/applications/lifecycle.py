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


TRANSITIONS: dict[Action, Transition] = {
    Action.SUBMIT: _from(Status.DRAFT, to=Status.SUBMITTED, needs=Permission.APPLICATION_FILL),
    Action.CONFIRM: _from(Status.SUBMITTED, to=Status.ELIGIBLE, needs=Permission.APPLICATION_CHECK),
    Action.WITHDRAW: _from(*OPEN, to=Status.WITHDRAWN, needs=Permission.APPLICATION_FILL),
}


def transition(action: Action, status: str) -> Transition:
    """The step that `action` takes from `status`; raises `TransitionNotAllowed`."""
    step = TRANSITIONS[action]
    if status not in step.sources:
        raise TransitionNotAllowed(action, Status(status))
    return step
