"""The measure of the work queue fills it with what the queue really shows."""

import pytest
from benchmarks.queue import fill
from tests.applications.deciding import Filled, submitted

from stars.applications.queries import queue
from stars.applications.queries.queue import Position, QueueFilter
from stars.people.models import Person

pytestmark = pytest.mark.django_db


def test_copies_stand_in_the_queue_each_with_its_own_applicant(filled: Filled, person: Person) -> None:
    template = submitted(filled, person)
    fill(template, 40)
    wanted = QueueFilter(schemes=(template.scheme,))
    first = queue.shown(wanted)
    rest = queue.shown(wanted, after=Position.read(first.following))

    shown = [*first.rows, *rest.rows]
    assert shown[0] == template
    assert len({row.applicant_id for row in shown}) == len({row.submitted_at for row in shown}) == 41
    assert queue.counts(wanted)[0][template.status] == 41
