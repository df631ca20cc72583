"""A locked application is read as it stands once the lock is held, with what it refers to by then."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from tests.crossing import until_somebody_waits
from tests.world import World, make_person

from stars.applications import operations
from stars.applications.models import Application
from stars.applications.operations.perform import locked
from stars.people import operations as people
from stars.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def application(filled: Callable[..., Application], person: Person) -> Application:
    """Submitted for the first group."""
    return operations.submit(filled(person), by=people.actor_of(person))


def wait_and_read(application: Application) -> Application | Exception:
    try:
        with transaction.atomic():
            return locked(application)
    except Exception as failure:
        return failure
    finally:
        connection.close()


def changed_while_another_waits(application: Application, change: Callable[[], object]) -> object:
    """What somebody reads who asked for the lock before the change was there."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=application.pk)
            reading = pool.submit(wait_and_read, application)
            until_somebody_waits()
            change()
        return reading.result()


def test_the_applicant_who_came_meanwhile(application: Application) -> None:
    other = make_person(2)
    rows = Application.objects.filter(pk=application.pk)
    found = changed_while_another_waits(application, lambda: rows.update(applicant=other))
    assert isinstance(found, Application), found
    assert found.applicant == other


def test_the_group_that_came_meanwhile(application: Application, world: World) -> None:
    rows = Application.objects.filter(pk=application.pk)
    other = world.groups[1] if application.group_id == world.groups[0].pk else world.groups[0]
    found = changed_while_another_waits(application, lambda: rows.update(group=other))
    assert isinstance(found, Application), found
    assert (found.group_id, found.group) == (other.pk, other)


def test_a_row_that_is_gone(filled: Callable[..., Application], person: Person) -> None:
    draft = filled(person)
    by = people.actor_of(person)
    found = changed_while_another_waits(draft, lambda: operations.discard(draft, by=by))
    assert isinstance(found, operations.DraftGone)
