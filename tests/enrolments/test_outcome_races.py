"""A table of outcomes against what happens to one of its people in the same moment, on the real engine."""

from datetime import timedelta
from functools import partial

import pytest
from tests.applications.seating import Hall, counted, make_hall, me, status
from tests.crossing import crossed
from tests.world import World

from stars.applications import operations as applications
from stars.applications.enums import Action, ExpulsionReason
from stars.applications.models import Application, Decision
from stars.applications.operations.perform import locked
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments import operations
from stars.enrolments.enums import Act
from stars.enrolments.operations.bulk import Item, Outcome, act_on
from stars.enrolments.operations.outcomes import OutcomesImported, import_outcomes
from stars.enrolments.types import OutcomeRow

pytestmark = pytest.mark.django_db(transaction=True)
Learning = tuple[Hall, Group, list[Application]]


def table(people: list[Application]) -> list[OutcomeRow]:
    """Expels all of them."""
    return [
        OutcomeRow(
            row=number,
            application=str(person.number),
            expulsion_reason=ExpulsionReason.ABSENCE,
            expelled_on=clock.today(),
        )
        for number, person in enumerate(people, start=2)
    ]


@pytest.fixture
def learning(world: World) -> Learning:
    """A group that has begun, with two who learn in it."""
    hall, today = make_hall(world), clock.today()
    group = hall.group(3, starts_on=today - timedelta(days=1))
    people = [applications.admit(hall.eligible(group), group, by=hall.officer) for _ in range(2)]
    for person in people:
        operations.enrol(person, contract_number="L-1", contract_on=today, by=hall.officer)
    return hall, group, people


def test_somebody_leaves_while_a_table_expels_their_neighbour(learning: Learning) -> None:
    """Who leaves holds their application and wants the group and the budget, which the table may have by then."""
    hall, group, people = learning
    rows, (_first, last) = table(people), people

    left, imported = crossed(
        lambda: locked(last),
        lambda: import_outcomes(group, rows, by=hall.officer),
        then=lambda: operations.leave(last, reason="time", by=me(last)),
    )

    assert getattr(left, "status", left) == "withdrawn"
    assert isinstance(imported, OutcomesImported), imported
    assert [fault.row for fault in imported.faults] == [3]
    assert [status(person) for person in people] == ["admitted", "withdrawn"]
    assert counted(group) == Group.objects.get(pk=group.pk).seats_taken == 1


def test_a_table_sent_twice_at_once_expels_once(learning: Learning) -> None:
    hall, group, people = learning
    send = partial(import_outcomes, group, table(people), by=hall.officer)

    first, second = crossed(send, send)

    assert first == OutcomesImported(completed=0, expelled=2, attended=0, unchanged=0, told=first.told)
    assert second == OutcomesImported(completed=0, expelled=0, attended=0, unchanged=2)
    assert Decision.objects.filter(action=Action.EXPEL).count() == 2


@pytest.mark.parametrize(
    ("act", "action"), [(Act.COMPLETE, Action.COMPLETE), (Act.EXPEL, Action.EXPEL)], ids=["complete", "expel"]
)
def test_a_second_click_at_the_same_moment_is_done_and_not_refused(
    learning: Learning, act: Act, action: Action
) -> None:
    hall, group, people = learning
    values = {
        Act.COMPLETE: {"document_number": "A-1", "document_on": clock.today(), "grade": 8},
        Act.EXPEL: {"reason": ExpulsionReason.ABSENCE, "on": clock.today()},
    }
    click = partial(act_on, act, group, [Item(person, values[act]) for person in people], by=hall.officer)

    outcomes = crossed(click, click)

    assert outcomes == [[Outcome(person) for person in people]] * 2
    assert Decision.objects.filter(action=action).count() == 2
