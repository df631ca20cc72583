"""The measure of the work queue fills it with what the queue really shows."""

import pytest
from benchmarks.queue import fill
from django.db import connection
from tests.applications.deciding import Filled, submitted

from stars.actors.actor import SYSTEM
from stars.applications.enums import Status
from stars.applications.queries import institution, queue
from stars.applications.queries.queue import Position, QueueFilter
from stars.organisations import operations as organisations
from stars.organisations.queries import actor_by
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


def test_a_long_list_of_applicants_is_read_by_its_index_and_counted_only_so_far(
    filled: Filled, person: Person
) -> None:
    template = submitted(filled, person)
    fill(template, institution.MOST_LISTED + 20, status=Status.ELIGIBLE)
    colleague = Person.objects.create(given_name="Darbinieks", family_name="Saraksts")
    membership = organisations.grant(
        template.programme.institution, colleague, role="officer", basis_document="Mērījums", by=SYSTEM
    )
    rows = institution.filtered(institution.applicants_of(actor_by(membership, colleague)))

    with connection.cursor() as cursor:
        # What the planner prefers depends on statistics; whether the index can give the order does not.
        cursor.execute("SET LOCAL enable_sort = off")
    plan = rows[:30].explain()
    assert "application_to_seat" in plan
    assert "Sort" not in plan
    assert institution.how_many(rows) == institution.MOST_LISTED
    assert institution.how_many(rows.filter(number__isnull=True)) == 0
