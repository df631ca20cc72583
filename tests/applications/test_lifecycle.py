"""The table of transitions: what it catalogue_lists can follow, and nothing else."""

import pytest

from stars.actors.permissions import ROLE_PERMISSIONS
from stars.applications.enums import OPEN, Action, Status
from stars.applications.lifecycle import TRANSITIONS, TransitionNotAllowed, transition


@pytest.mark.parametrize("action", list(TRANSITIONS))
@pytest.mark.parametrize("status", list(Status))
def test_only_what_the_table_says_follows(action: Action, status: Status) -> None:
    if status in TRANSITIONS[action].sources:
        assert transition(action, status).target is TRANSITIONS[action].target
    else:
        with pytest.raises(TransitionNotAllowed):
            transition(action, status)


def test_every_transition_can_be_taken_by_some_role() -> None:
    permitted = frozenset().union(*ROLE_PERMISSIONS.values())

    assert {step.permission for step in TRANSITIONS.values()} <= permitted


def test_nobody_is_trapped_in_an_open_application() -> None:
    assert TRANSITIONS[Action.WITHDRAW].sources == frozenset(OPEN)
