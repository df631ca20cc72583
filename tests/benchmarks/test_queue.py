"""The measure of the work queue fills it with what the queue really shows."""

import json
from collections.abc import Callable

import pytest
from benchmarks.queue import fill
from django.db import connection
from django.test import Client
from tests.applications.deciding import Filled, submitted
from tests.world import make_staff

from stars.actors.actor import SYSTEM
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.queries import institution, queue
from stars.applications.queries.pages import COUNTED_UP_TO, Position
from stars.applications.queries.queue import QueueFilter
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
    fill(template, COUNTED_UP_TO + 20, status=Status.ELIGIBLE)
    colleague = Person.objects.create(given_name="Darbinieks", family_name="Saraksts")
    membership = organisations.grant(
        template.programme.institution, colleague, role="officer", basis_document="Mērījums", by=SYSTEM
    )
    officer = actor_by(membership, colleague)
    rows = institution.filtered(institution.applicants_of(officer))

    with connection.cursor() as cursor:
        # What the planner prefers depends on statistics; whether the index can give the order does not.
        cursor.execute("SET LOCAL enable_sort = off")
    plan = rows[:30].explain()
    assert "application_to_seat" in plan
    assert "Sort" not in plan
    listed = institution.listed(officer)
    assert institution.how_many(listed) == COUNTED_UP_TO + 1
    assert institution.how_many(institution.listed(officer, q="Nav")) == 0
    page, seen = institution.shown(listed), 0
    while page.following:
        seen += len(page.rows)
        page = institution.shown(listed, after=Position.read(page.following))
    assert seen + len(page.rows) == COUNTED_UP_TO + 20


def _read_by(browser: Client, address: str, query_counter: Callable) -> tuple[int, int]:
    """How many questions a page asks, and how many rows of tables they touch, those filtered out included."""
    browser.get(address)
    with query_counter() as asked:
        assert browser.get(address).status_code == 200
    touched = 0
    with connection.cursor() as cursor:
        for sql in asked.statements:
            if sql.startswith("SELECT"):
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
                (said,) = cursor.fetchone()
                for node in _nodes((said if isinstance(said, list) else json.loads(said))[0]["Plan"]):
                    if "Relation Name" in node:
                        seen = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
                        touched += round(seen * node["Actual Loops"])
    return len(asked), touched


def _nodes(plan: dict) -> list[dict]:
    return [plan, *(node for below in plan.get("Plans", []) for node in _nodes(below))]


def test_a_page_of_applicants_reads_as_much_of_many_as_of_few(
    filled: Filled,
    person: Person,
    at_work: Callable[..., Client],
    query_counter: Callable,
) -> None:
    template = submitted(filled, person)
    desk = at_work(make_staff(1, "institution"))
    fill(template, 2_000, status=Status.ELIGIBLE)
    halfway = Application.objects.filter(status=Status.ELIGIBLE).order_by("submitted_at")[1_000]
    addresses = ("/iestade/pieteikumi/", f"/iestade/pieteikumi/?pec={Position.of(halfway)}")
    few = [_read_by(desk, address, query_counter)[1] for address in addresses]
    fill(template, 18_000, status=Status.ELIGIBLE)
    asked, many = zip(*(_read_by(desk, address, query_counter) for address in addresses), strict=True)

    assert max(asked) <= 12
    assert [after <= before * 1.3 for before, after in zip(few, many, strict=True)] == [True, True], (
        few,
        many,
    )
