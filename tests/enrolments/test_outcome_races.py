"""A table of outcomes against what happens to one of its people in the same moment, on the real engine."""

from datetime import timedelta

import pytest
from tests.applications.seating import counted, make_hall, me, status
from tests.crossing import crossed
from tests.world import World

from stars.applications import operations as applications
from stars.applications.enums import ExpulsionReason
from stars.applications.operations.perform import locked
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments import operations
from stars.enrolments.operations.outcomes import OutcomesImported, import_outcomes
from stars.enrolments.types import OutcomeRow

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_leaves_while_a_table_expels_their_neighbour(world: World) -> None:
    """Who leaves holds their application and wants the group and the budget, which the table may have by then."""
    hall, today = make_hall(world), clock.today()
    group = hall.group(3, starts_on=today - timedelta(days=1))
    people = [applications.admit(hall.eligible(group), group, by=hall.officer) for _ in range(2)]
    for person in people:
        operations.enrol(person, contract_number="L-1", contract_on=today, by=hall.officer)
    rows = [
        OutcomeRow(
            row=number,
            application=str(person.number),
            expulsion_reason=ExpulsionReason.ABSENCE,
            expelled_on=today,
        )
        for number, person in enumerate(people, start=2)
    ]
    _first, last = people

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
