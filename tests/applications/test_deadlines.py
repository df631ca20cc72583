"""The rules of the source say how long people may take; each parameter moves its own deadline and no other."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.utils import timezone
from tests.applications.deciding import Filled, agency_officer, sent_back, submitted
from tests.applications.seating import Hall, make_hall, me
from tests.world import World

from stars.actors.actor import SYSTEM
from stars.applications import operations
from stars.applications.models import WaitingPlace
from stars.common import clock
from stars.common.workdays import deadline
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES

DEADLINES = ("offer_workdays", "regroup_workdays", "correction_workdays")
CHANGED = 17


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def deadlines(hall: Hall, filled: Filled, person: Person) -> dict[str, datetime | None]:
    """One application is offered a seat, and its holder declines; another one is returned for correction."""
    group = hall.group(1)
    waiting = operations.wait(hall.eligible(group), [group], by=hall.officer)
    operations.offer_freed_seats(group, by=SYSTEM)
    offer = WaitingPlace.objects.get(application=waiting, group=group)
    operations.decline(waiting, group, by=me(waiting))
    waiting.refresh_from_db()
    returned = sent_back(submitted(filled, person), "email", by=agency_officer())
    returned.refresh_from_db()
    return dict(
        zip(DEADLINES, (offer.offer_due_at, waiting.regroup_due_at, returned.correction_due_at), strict=True)
    )


@pytest.mark.parametrize("changed", DEADLINES)
def test_a_changed_rule_moves_its_deadline_only(
    hall: Hall, filled: Filled, person: Person, rules: Callable[..., None], changed: str
) -> None:
    declared = SCHEMES[SchemeCode.MN].parameters
    with time_machine.travel(timezone.now(), tick=False):
        rules(**{changed: CHANGED})
        expected = {name: getattr(declared, name) for name in DEADLINES} | {changed: CHANGED}

        assert deadlines(hall, filled, person) == {
            name: deadline(clock.now(), workdays) for name, workdays in expected.items()
        }
