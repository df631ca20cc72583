"""What can race, with real threads on the real engine."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.world import OGRE, World, make_group, make_programme

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.enums import OPEN, Status
from stars.applications.models import Application, TimelineEntry
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at the same moment, each in a thread with a connection of its own; results or exceptions."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=60)
            return call()
        except Exception as failure:
            return failure
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_programmes_sent_at_once_in_one_source_leave_one(
    filled: Callable[..., Application], person: Person, by: Actor, world: World
) -> None:
    other = make_programme("Tīkli")
    group = make_group(other, OGRE, rounds=[world.rounds["MN"]])
    drafts = [filled(person), filled(person, programme=other, group=group)]

    results = together(*[lambda draft=draft: operations.submit(draft, by=by) for draft in drafts])

    assert sorted(type(result).__name__ for result in results) == ["AlreadyOpen", "Application"]
    assert Application.objects.filter(applicant=person, status__in=OPEN).count() == 1


def test_one_programme_sent_at_once_in_two_sources_leaves_one(
    filled: Callable[..., Application], person: Person, by: Actor
) -> None:
    drafts = [filled(person, "MN"), filled(person, "IMK")]

    results = together(*[lambda draft=draft: operations.submit(draft, by=by) for draft in drafts])

    assert sorted(type(result).__name__ for result in results) == ["AlreadyOpen", "Application"]


def test_double_click_sends_once(filled: Callable[..., Application], person: Person, by: Actor) -> None:
    draft = filled(person)

    results = together(*[lambda: operations.submit(draft, by=by)] * 4)

    assert {result.number for result in results if isinstance(result, Application)} == {
        Application.objects.get(pk=draft.pk).number
    }
    assert TimelineEntry.objects.filter(application=draft).count() == 1


def test_two_tabs_begin_one_draft(person: Person, by: Actor, world: World) -> None:
    together(*[lambda: operations.start(person, world.programme, SchemeCode.IMK, by=by)] * 4)

    assert Application.objects.filter(applicant=person, status=Status.DRAFT).count() == 1


def test_withdrawing_and_discarding_at_once_never_loses_a_sent_application(
    filled: Callable[..., Application], person: Person, by: Actor
) -> None:
    draft = filled(person)

    together(lambda: operations.submit(draft, by=by), lambda: operations.discard(draft, by=by))

    left = Application.objects.filter(pk=draft.pk).first()
    assert left is None or left.status == Status.SUBMITTED
