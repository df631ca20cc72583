"""The work queue of an authority, and an institution's list of applicants, with few and with very many: no difference.

One submitted application is copied inside the database, each copy with an applicant of its own, and an officer opens
the first page and one further on.
"""

import time
from http import HTTPStatus
from statistics import median
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure
from benchmarks.load import HOST
from stars.actors.actor import SYSTEM
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.queries.pages import Position
from stars.applications.queries.queue import QueueFilter
from stars.organisations import operations as organisations
from stars.organisations.enums import MemberRole, OrganisationKind
from stars.organisations.models import Organisation
from stars.people.models import Person
from stars.workspaces.middleware import ACCEPTED, accepted_now
from stars.workspaces.roles import MEMBERSHIP

FEW: Final = 2_000
MANY: Final = 200_000
QUEUE: Final = "/agentura/pieteikumi/"
APPLICANTS: Final = "/iestade/pieteikumi/"
_TIMES: Final = 22
_MOST_QUERIES: Final = 12


def measure(template: Application) -> list[Figure]:
    """How much longer the pages take with a hundred times the applications; `template` is a submitted one."""
    wanted = QueueFilter(schemes=(template.scheme,))
    desk = _desk(Organisation.objects.get(kind=OrganisationKind.AGENCY))
    fill(template, FEW)
    few, _ = _reading(desk, QUEUE, f"{QUEUE}?pec={_middle(wanted)}")
    fill(template, MANY - FEW)
    many, asked = _reading(desk, QUEUE, f"{QUEUE}?pec={_middle(wanted)}")
    figures = [
        Figure(f"a page of a queue of {FEW:,} applications, median", 1000 * few, "ms"),
        Figure(f"a page of a queue of {MANY:,} applications", 1000 * many, "ms"),
        Figure("  ratio", many / few, "", target=1.3, digits=2),
        Figure("  queries for the page", asked, "", target=_MOST_QUERIES, digits=0),
    ]
    return figures + _applicants(template)


def _applicants(template: Application) -> list[Figure]:
    """The same for the institution of the programme, with confirmed applications."""
    desk = _desk(template.programme.institution)
    eligible = Application.objects.filter(programme=template.programme, status=Status.ELIGIBLE)
    fill(template, FEW, status=Status.ELIGIBLE)
    few, _ = _reading(desk, APPLICANTS, f"{APPLICANTS}?pec={_middle_of(eligible)}")
    fill(template, MANY - FEW, status=Status.ELIGIBLE)
    many, asked = _reading(desk, APPLICANTS, f"{APPLICANTS}?pec={_middle_of(eligible)}")
    return [
        Figure(f"a page of {FEW:,} applicants of one institution, median", 1000 * few, "ms"),
        Figure(f"a page of {MANY:,} applicants of one institution", 1000 * many, "ms"),
        Figure("  ratio", many / few, "", target=1.3, digits=2),
        Figure("  queries for the page", asked, "", target=_MOST_QUERIES, digits=0),
    ]


def _desk(organisation: Organisation) -> Client:
    """The browser of an officer of the organisation."""
    person = Person.objects.create(given_name="Darbinieks", family_name="Rinda")
    membership = organisations.grant(
        organisation, person, role=MemberRole.OFFICER, basis_document="Mērījums", by=SYSTEM
    )
    browser = Client(headers={"host": HOST})
    browser.force_login(person, backend="stars.people.backend.IdentityBackend")
    session = browser.session
    session[MEMBERSHIP], session[ACCEPTED] = membership.pk, accepted_now()
    session.save()
    return browser


def fill(template: Application, count: int, *, status: Status = Status.SUBMITTED) -> None:
    """So many copies of the application in that state a second apart, and as many applicants."""
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
            'status', %(status)s::text,
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
                "status": status.value,
                "first": Application.objects.count(),
                "person": template.applicant_id,
                "application": template.pk,
            },
        )
        cursor.execute(f"ANALYZE {persons}")
        cursor.execute(f"ANALYZE {applications}")


def _reading(desk: Client, first: str, further: str) -> tuple[float, int]:
    """Median seconds of a page, the first and one further on in turn; and how many questions the first asks."""
    addresses = (first, further)
    took = []
    for number in range(_TIMES):
        begun = time.perf_counter()
        _page(desk, addresses[number % 2])
        took.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as asked:
        _page(desk, first)
    said = [query["sql"] for query in asked.captured_queries]
    return median(took[2:]), sum(
        not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for sql in said
    )


def _page(desk: Client, address: str) -> None:
    answer = desk.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _middle(wanted: QueueFilter) -> Position:
    return _middle_of(Application.objects.filter(scheme__in=wanted.schemes, status=wanted.status))


def _middle_of(rows: QuerySet[Application]) -> Position:
    return Position.of(rows.order_by("submitted_at", "pk")[rows.count() // 2])
