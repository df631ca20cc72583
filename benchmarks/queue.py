"""The work queue of an authority with few and with very many applications: it must not notice.

One submitted application is copied inside the database, each copy with an applicant of its own, and an officer opens
the first page and one in the middle.
"""

import time
from http import HTTPStatus
from statistics import median
from typing import Final

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure
from benchmarks.load import HOST
from stars.actors.actor import SYSTEM
from stars.applications.models import Application
from stars.applications.queries.queue import Position, QueueFilter
from stars.organisations import operations as organisations
from stars.organisations.enums import MemberRole, OrganisationKind
from stars.organisations.models import Organisation
from stars.people.models import Person
from stars.workspaces.middleware import ACCEPTED, accepted_now
from stars.workspaces.roles import MEMBERSHIP

FEW: Final = 2_000
MANY: Final = 200_000
QUEUE: Final = "/agentura/pieteikumi/"
_TIMES: Final = 22
_MOST_QUERIES: Final = 12


def measure(template: Application) -> list[Figure]:
    """How much longer the pages take with a hundred times the applications; `template` is a submitted one."""
    wanted = QueueFilter(schemes=(template.scheme,))
    desk = _desk()
    fill(template, FEW)
    few, _ = _reading(desk, wanted)
    fill(template, MANY - FEW)
    many, asked = _reading(desk, wanted)
    return [
        Figure(f"a page of a queue of {FEW:,} applications, median", 1000 * few, "ms"),
        Figure(f"a page of a queue of {MANY:,} applications", 1000 * many, "ms"),
        Figure("  ratio", many / few, "", target=1.3, digits=2),
        Figure("  queries for the page", asked, "", target=_MOST_QUERIES, digits=0),
    ]


def _desk() -> Client:
    """The browser of an officer of the agency."""
    person = Person.objects.create(given_name="Darbinieks", family_name="Rinda")
    agency = Organisation.objects.get(kind=OrganisationKind.AGENCY)
    membership = organisations.grant(
        agency, person, role=MemberRole.OFFICER, basis_document="Mērījums", by=SYSTEM
    )
    browser = Client(headers={"host": HOST})
    browser.force_login(person, backend="stars.people.backend.IdentityBackend")
    session = browser.session
    session[MEMBERSHIP], session[ACCEPTED] = membership.pk, accepted_now()
    session.save()
    return browser


def fill(template: Application, count: int) -> None:
    """So many copies of the application a second apart, and as many applicants."""
    persons, applications = Person._meta.db_table, Application._meta.db_table
    # Names of tables are Django's own; numbers are parameters.
    statement = f"""
        WITH person AS (
            INSERT INTO {persons}
            SELECT (jsonb_populate_record(row, jsonb_build_object('id', gen_random_uuid()))).*
            FROM {persons} row, generate_series(1, %(count)s) WHERE row.id = %(person)s
            RETURNING id
        ), numbered AS (SELECT id, row_number() OVER () AS place FROM person)
        INSERT INTO {applications}
        SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('{applications}', 'id')), 'public_id', gen_random_uuid(),
            'number', 'M' || (%(first)s + numbered.place), 'applicant_id', numbered.id,
            'submitted_at', row.submitted_at + numbered.place * interval '1 second'))).*
        FROM {applications} row, numbered WHERE row.id = %(application)s
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # History and counters are no part of the measure, and would take minutes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            statement,
            {
                "count": count,
                "first": Application.objects.count(),
                "person": template.applicant_id,
                "application": template.pk,
            },
        )
        cursor.execute(f"ANALYZE {persons}")
        cursor.execute(f"ANALYZE {applications}")


def _reading(desk: Client, wanted: QueueFilter) -> tuple[float, int]:
    """Median seconds of a page, the first and one in the middle in turn; and how many questions the first asks."""
    addresses = (QUEUE, f"{QUEUE}?pec={_middle(wanted)}")
    took = []
    for number in range(_TIMES):
        begun = time.perf_counter()
        _page(desk, addresses[number % 2])
        took.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as asked:
        _page(desk, QUEUE)
    said = [query["sql"] for query in asked.captured_queries]
    return median(took[2:]), sum(
        not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for sql in said
    )


def _page(desk: Client, address: str) -> None:
    answer = desk.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"the queue answered {answer.status_code}")


def _middle(wanted: QueueFilter) -> Position:
    rows = Application.objects.filter(scheme__in=wanted.schemes, status=wanted.status)
    return Position.of(rows.order_by("submitted_at", "pk")[rows.count() // 2])
