"""What every test stands on: guards that make faults loud, and the few fixtures that all of them share."""

import socket
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Playwright
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.plugin import DjangoDbBlocker
from tests.integrations.identity.visitor import Visitor

from stars.actors.actor import Actor
from stars.catalogue import live
from stars.classifiers import queries as classifiers
from stars.integrations.identity.simulator.authority import today_in_latvia
from stars.integrations.identity.simulator.clients import RegisteredClient
from stars.integrations.identity.simulator.server import Simulator
from stars.organisations.models import Membership
from stars.people import operations as people
from stars.people.models import Person
from stars.workspaces.roles import MEMBERSHIP

pytest_plugins = [
    "tests.fixtures_data",
    "tests.guards.network",
    "tests.guards.ordering",
    "tests.guards.reading",
    "tests.world",
]

# The same examples wherever and whenever the tests run, and no example is too slow for a slow machine. Whoever wants to
# look for others asks for `--hypothesis-profile=default`.
hypothesis_settings.load_profile("ci")

# How long a request that a browser left behind may still need.
_PATIENCE_SECONDS = 60
BACKEND = "stars.people.backend.IdentityBackend"
_OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What a process keeps of the database would outlive the rows of a test."""
    cache.clear()
    classifiers.forget()
    yield
    cache.clear()
    classifiers.forget()
    live.reset()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end nobody may still use the test database; who stays is named by what they asked last.

    A run without tests of the database makes none, so this stands on its setup and not beside it.
    """
    yield
    with django_db_blocker.unblock():
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while (others := _other_sessions()) and time.monotonic() < deadline:
            time.sleep(0.1)
        connection.close()
    assert others == []


@pytest.fixture(scope="session")
def playwright(django_db_setup: None, playwright: Playwright) -> Iterator[Playwright]:
    """While Playwright's event loop runs, Django keeps another connection for the same thread; it ends with the loop."""
    yield playwright
    connection.close()


def _other_sessions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state || ': ' || query FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return [said for (said,) in cursor.fetchall()]


class QueryCount(CaptureQueriesContext):
    """The statements of a block, without those that only mark transactions."""

    @property
    def statements(self) -> list[str]:
        """In the order in which they ran."""
        said = [query["sql"] for query in self.captured_queries]
        return [sql for sql in said if not sql.startswith(_OF_TRANSACTIONS)]

    def __len__(self) -> int:
        return len(self.statements)


@pytest.fixture
def query_counter() -> Callable[[], QueryCount]:
    """`with query_counter() as queries:` and afterwards `len(queries)`."""
    return lambda: QueryCount(connection)


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """A browser in which the person is signed in; `host` and other defaults as `django.test.Client` takes them."""

    def sign_in(person: Person, **options: object) -> Client:
        browser = Client(**options)
        browser.force_login(person, backend=BACKEND)
        return browser

    return sign_in


@pytest.fixture
def at_work() -> Callable[[Actor], Client]:
    """A browser in which the actor is signed in and works for their organisation; texts are accepted."""

    def sign_in(actor: Actor, **options: object) -> Client:
        person = Person.objects.get(pk=actor.person_id)
        people.accept_texts(person, by=actor)
        browser = Client(**options)
        browser.force_login(person, backend=BACKEND)
        session = browser.session
        session[MEMBERSHIP] = Membership.objects.get(
            person=person, organisation_id=actor.organisation_id, ended_at=None
        ).pk
        session.save()
        return browser

    return sign_in


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[str]]:
    """Do what waits in the queue, in the test's own thread and transaction; the names of what was done.

    A real worker runs tasks in threads with connections of their own, whose rows would outlive the test.
    """

    def run() -> list[str]:
        done = []
        while job := ProcrastinateJob.objects.filter(status="todo").order_by("id").first():
            app.tasks[job.task_name].func(**job.args)
            with connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk])
            done.append(job.task_name)
        return done

    return run


@pytest.fixture
def unused_port() -> Iterator[int]:
    """A port on which nobody listens. It is kept from everybody but servers that are told to listen on it."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        yield int(kept.getsockname()[1])


@pytest.fixture
def national_day() -> Callable[[], date]:
    """What day it is at the national sign-in."""
    return today_in_latvia


@pytest.fixture
def simulator(settings, national_day: Callable[[], date]) -> Iterator[Simulator]:
    """A running national sign-in that the settings name."""
    # A client of its own for each test: the platform keeps what it has learnt of a provider, and a free port
    # may be the one of an earlier test.
    registered = RegisteredClient(client_id=f"stars-{uuid.uuid4()}", origins=frozenset({"http://testserver"}))
    with Simulator(client=registered, slow_seconds=60, today=national_day) as running:
        settings.IDENTITY = {
            "issuer": running.issuer,
            "client_id": registered.client_id,
            "client_secret": registered.client_secret,
            "timeout": 30,
            "scopes": "openid",
            "allow_simulator": True,
        }
        yield running


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    """A person's browser at the national sign-in."""
    with Visitor() as browser:
        yield browser
