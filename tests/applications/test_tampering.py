"""Whatever code or an administrator's console tries: the database keeps status, seats and what was said."""

from collections.abc import Callable
from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.applications.seating import Hall, make_hall
from tests.factories.learning import DecisionFactory
from tests.world import World

from stars.applications import operations
from stars.applications.enums import Action, Status
from stars.applications.lifecycle import TRANSITIONS
from stars.applications.models import Application, Decision, TimelineEntry
from stars.catalogue.models import Group
from stars.funding.operations.ledger import constraint_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def refusal(act: Callable[[], object]) -> str:
    """What the database says to it."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    return str(error.value)


def test_a_status_changes_by_the_table_only(hall: Hall) -> None:
    """Each pair of states: the trigger knows exactly the steps of `lifecycle`, which it was made from."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE 'pgtrigger_status_by_the_table%'")
        ((source,),) = cursor.fetchall()
    steps = {(one, step.target) for step in TRANSITIONS.values() for one in step.sources} - {
        (Status.ELIGIBLE, Status.ELIGIBLE)
    }
    assert {(one, other) for one, other in product(Status, Status) if f"{one}:{other}" in source} == steps


@pytest.mark.parametrize("wanted", ["draft", "submitted", "returned", "completed", "expelled"])
def test_a_console_cannot_jump(hall: Hall, wanted: str) -> None:
    rows = Application.objects.filter(pk=hall.eligible(hall.group(1)).pk)
    said = refusal(lambda: rows.update(status=wanted))
    assert f'from "eligible" to "{wanted}"' in said


def test_seats_are_counted_by_whoever_holds_them(hall: Hall) -> None:
    group = hall.group(2)
    operations.admit(hall.eligible(group), group, by=hall.officer)
    for count in (0, 2):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Group.objects.filter(pk=group.pk).update(seats_taken=count)
        assert constraint_of(error.value) == "seats_follow_holders"
    Group.objects.filter(pk=group.pk).update(seats_taken=1, name="Cits nosaukums")


def test_more_seats_than_there_are_cannot_be_held(hall: Hall) -> None:
    group = hall.group(1)
    operations.admit(hall.eligible(group), group, by=hall.officer)
    other = Application.objects.filter(pk=hall.eligible(group).pk)
    assert "group_seats_not_exceeded" in refusal(lambda: other.update(status="admitted"))


def test_what_was_decided_and_told_stays(hall: Hall) -> None:
    application = hall.eligible(hall.group(1))
    operations.not_admit(application, reasons=["no-seats"], by=hall.officer)
    DecisionFactory(application=application, action=Action.CONFIRM)
    for model, column in ((Decision, "note"), (TimelineEntry, "actor_label")):
        assert "Cannot update or delete" in refusal(lambda m=model, c=column: m.objects.update(**{c: "x"}))
        assert "Cannot update or delete" in refusal(lambda m=model: m.objects.all()._raw_delete("default"))
