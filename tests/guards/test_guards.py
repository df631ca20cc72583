"""The guards themselves can fail."""

import random
import socket

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client
from django.urls import path
from tests.guards.network import is_here
from tests.guards.reading import written

from stars.actors.actor import SYSTEM
from stars.audit import operations as audit
from stars.audit.models import AuditEvent
from stars.people.models import Person


class Writing:
    """A page that makes a person and an event whenever somebody looks or sends."""

    is_public = True

    def __call__(self, request: HttpRequest) -> HttpResponse:
        Person.objects.create(given_name="Anna", family_name="Kalniņa")
        audit.record("looked", by=SYSTEM)
        return HttpResponse("ok")


urlpatterns = [path("writes", Writing())]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", b"localhost", "127.0.0.77", None, ""])
def test_this_machine_is_here(host: object) -> None:
    assert is_here(host) is True


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "2001:db8::1", "stars.example", "localhost.example", b"10.0.0.1"]
)
def test_everything_else_is_not(host: object) -> None:
    assert is_here(host) is False


@pytest.mark.parametrize("host", ["192.0.2.1", "stars.example"])
def test_nobody_connects_beyond_this_machine(host: str) -> None:
    with pytest.raises(pytest.fail.Exception):
        socket.create_connection((host, 80), timeout=0.1)


def test_an_undefined_variable_fails() -> None:
    with pytest.raises(pytest.fail.Exception):
        Template("{{ nowhere.to_be_found }}").render(Context())


def test_asking_whether_something_is_there_is_allowed() -> None:
    template = Template("{% if nowhere %}{{ nowhere }}{% else %}nothing{% endif %}")
    assert template.render(Context()) == "nothing"


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ('INSERT INTO "people_person" ("id") VALUES (1)', {"people_person"}),
        ("SELECT set_config('a', 'b', true); UPDATE \"people_person\" SET \"phone\" = ''", {"people_person"}),
        ('DELETE FROM "people_formdraft"', {"people_formdraft"}),
        ("TRUNCATE people_person", {"people_person"}),
        ("SELECT procrastinate_defer_jobs_v1(ARRAY[1])", {"procrastinate_defer_jobs_v1"}),
        ("SELECT nextval('application_number')", {"nextval"}),
        ('SELECT "id" FROM "people_person" FOR UPDATE', set()),
        ('SELECT "id" FROM "people_person" FOR UPDATE OF "people_person"', set()),
        ('SELECT "id" FROM "people_person" FOR NO KEY UPDATE SKIP LOCKED', set()),
        ('INSERT INTO "a" ("x") VALUES (1) ON CONFLICT ("x") DO UPDATE SET "x" = 2', {"a"}),
    ],
)
def test_what_counts_as_writing(statement: str, tables: set[str]) -> None:
    assert written(statement) == tables


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("method", "faults"), [("get", 1), ("head", 1), ("post", 0)])
def test_a_look_that_writes_is_noticed(reading_writes_nothing: list[str], method: str, faults: int) -> None:
    getattr(Client(), method)("/writes")
    found = [fault.split(":")[0] for fault in reading_writes_nothing]
    reading_writes_nothing.clear()
    assert found == [f"{method.upper()} /writes wrote people_person"] * faults
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_rows_without_an_order_are_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "shuffle", list.reverse)
    made = [Person.objects.create(given_name=name, family_name="B") for name in ("A", "B", "C")]
    plain = list(Person.objects.filter(family_name="B"))
    ordered = list(Person.objects.order_by("given_name"))
    assert [plain == list(reversed(made)), ordered == made] == [True, True]
