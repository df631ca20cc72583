"""Whoever does whatever in whatever order, at any time: the application goes only where the table leads."""

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.applications.machine import Life
from tests.applications.scene import BEGIN, make_scene

from stars.applications.lifecycle import TRANSITIONS

# So many sets of lives are led at least; more until every step of the table was taken.
_LEAST_LIVES, _MOST_LIVES = 2, 8


@pytest.mark.django_db
def test_applications_go_only_where_the_table_leads(request: pytest.FixtureRequest) -> None:
    # The rounds are dated from the day on which the life begins.
    with time_machine.travel(BEGIN, tick=False):
        scene = make_scene(request.getfixturevalue("world"), request.getfixturevalue("filled"))
    steps = {action.value for action in TRANSITIONS}
    for number in range(_MOST_LIVES):
        if number >= _LEAST_LIVES and steps <= set(scene.reached):
            break
        # Each seed is a set of lives of its own, and always the same one.
        machine = seed(number)(type("LifeInThisWorld", (Life,), {"scene": scene}))
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=4,
                stateful_step_count=25,
                deadline=None,
                database=None,
                # Without shrinking, which takes minutes: the steps that failed are few enough to read.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    # Each step was taken, or the machine proves nothing about it.
    assert steps - set(scene.reached) == set(), scene.reached
