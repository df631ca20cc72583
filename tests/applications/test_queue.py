"""The work queue of an authority: its order, its pages, what narrows it, and whose applications it shows."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from tests.applications.deciding import Filled, agency_officer, ministry_officer, sent_back, submitted
from tests.conftest import QueryCount
from tests.world import make_person

from stars.actors.actor import Actor
from stars.applications.enums import Answer, Register, Status
from stars.applications.models import Application, RegisterAnswer
from stars.applications.queries import queue, staff
from stars.applications.queries.own import NotYours
from stars.applications.queries.pages import Position
from stars.applications.queries.queue import Mark, QueueFilter
from stars.common import clock
from stars.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(catalogue_lists: None) -> Actor:
    return agency_officer()


def several(filled: Filled, count: int) -> list[Application]:
    """Submitted one after another."""
    return [submitted(filled, make_person(number)) for number in range(1, count + 1)]


def wanted(by: Actor, **narrowed: object) -> QueueFilter:
    return QueueFilter(schemes=tuple(by.schemes), **narrowed)


def numbers(rows: list[Application]) -> list[str | None]:
    return [row.number for row in rows]


def test_the_oldest_stands_first_and_pages_go_both_ways(
    filled: Filled, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    whole = numbers(several(filled, 5))
    pages = [queue.shown(wanted(officer))]
    while pages[-1].following:
        pages.append(queue.shown(wanted(officer), after=Position.read(pages[-1].following)))

    assert [numbers(page.rows) for page in pages] == [whole[:2], whole[2:4], whole[4:]]
    assert pages[0].previous == ""
    back = queue.shown(wanted(officer), before=Position.read(pages[2].previous))
    assert numbers(back.rows) == whole[2:4]
    first = queue.shown(wanted(officer), before=Position.read(back.previous))
    assert (numbers(first.rows), first.previous) == (whole[:2], "")


def test_those_of_the_same_moment_are_neither_skipped_nor_repeated(
    filled: Filled, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 1)
    several(filled, 3)
    Application.objects.update(submitted_at=clock.now())
    seen, page = [], queue.shown(wanted(officer))
    seen += page.rows
    while page.following:
        page = queue.shown(wanted(officer), after=Position.read(page.following))
        seen += page.rows

    assert [row.pk for row in seen] == sorted(Application.objects.values_list("pk", flat=True))


def test_the_neighbours_of_an_application(filled: Filled, officer: Actor) -> None:
    first, second, third = several(filled, 3)
    beside = queue.neighbours(wanted(officer), second)
    assert (beside.before, beside.after) == (first.public_id, third.public_id)
    assert queue.neighbours(wanted(officer), third).after is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1",
        "1-",
        "-1",
        "x-1",
        "1-x",
        "1-2-3",
        "²-1",
        "1-²",
        "9" * 18 + "-1",
        "1-" + "9" * 19,
        "\x00-1",
    ],
)
def test_a_position_that_is_none_is_not_read(text: str) -> None:
    assert Position.read(text) is None


@pytest.mark.parametrize("text", ["0-0", "9" * 17 + "-" + "9" * 18])
def test_the_farthest_positions_are_answered(filled: Filled, officer: Actor, text: str) -> None:
    submitted(filled, make_person(1))
    position = Position.read(text)
    assert position is not None
    assert len(queue.shown(wanted(officer), after=position).rows) == (text == "0-0")


def test_a_position_survives_the_address(filled: Filled) -> None:
    position = Position.of(submitted(filled, make_person(1)))
    assert Position.read(str(position)) == position


def test_drafts_are_never_shown(filled: Filled, officer: Actor, person: Person) -> None:
    filled(person)
    assert Status.DRAFT not in queue.STATUSES
    assert queue.shown(wanted(officer)).rows == []


def test_an_authority_sees_only_its_sources(filled: Filled, officer: Actor, person: Person) -> None:
    application = submitted(filled, person)
    ministry = ministry_officer()

    assert numbers(queue.shown(wanted(officer)).rows) == [application.number]
    assert queue.shown(wanted(ministry)).rows == []
    assert queue.shown(wanted(ministry, number=application.number)).rows == []
    assert set(queue.counts(wanted(ministry))[0].values()) == {0}
    assert staff.application_for(officer, application.public_id) == application
    with pytest.raises(NotYours):
        staff.application_for(ministry, application.public_id)
    assert staff.application_for(officer, uuid4()) is None


def test_a_draft_has_no_page_for_an_officer(filled: Filled, officer: Actor, person: Person) -> None:
    assert staff.application_for(officer, filled(person).public_id) is None


def test_each_mark_narrows_to_what_it_says(filled: Filled, officer: Actor) -> None:
    plain, short, denied, silent, unknown = several(filled, 5)
    Application.objects.filter(pk=short.pk).update(money_short_at=clock.now())
    for application, said in ((denied, Answer.NO), (silent, Answer.FAILED), (unknown, Answer.UNKNOWN)):
        RegisterAnswer.objects.update_or_create(
            application=application, register=Register.TAX, defaults={"answer": said}
        )
    Application.objects.update(findings=[{"rule": "x", "verdict": "met"}])
    Application.objects.filter(pk=plain.pk).update(findings=[{"rule": "x", "verdict": "to-check"}])

    found = {mark: numbers(queue.shown(wanted(officer, mark=mark)).rows) for mark in Mark}
    assert found == {
        Mark.TO_CHECK: [plain.number],
        Mark.DENIED: [denied.number],
        Mark.SILENT: [silent.number, unknown.number],
        Mark.MONEY_SHORT: [short.number],
        Mark.CORRECTED: [],
    }
    statuses, marks = queue.counts(wanted(officer))
    assert statuses[Status.SUBMITTED] == 5
    assert marks == {mark: len(rows) for mark, rows in found.items()}


def test_status_round_and_number_narrow(filled: Filled, officer: Actor) -> None:
    first, second = several(filled, 2)
    returned = sent_back(first, "occupation", by=officer)
    assert numbers(queue.shown(wanted(officer)).rows) == [second.number]
    assert numbers(queue.shown(wanted(officer, status=Status.RETURNED)).rows) == [returned.number]
    assert numbers(queue.shown(wanted(officer, round_id=second.round_id)).rows) == [second.number]
    assert queue.shown(wanted(officer, round_id=0)).rows == []
    assert numbers(queue.shown(wanted(officer, number=str(first.number).lower())).rows) == [first.number]
    assert queue.shown(wanted(officer, number="' OR 1=1 --")).rows == []


def test_counting_stops(filled: Filled, officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "COUNTED_UP_TO", 2)
    several(filled, 4)
    assert queue.counts(wanted(officer))[0][Status.SUBMITTED] == 3


def test_many_rows_cost_the_questions_of_one(
    filled: Filled, officer: Actor, query_counter: Callable[[], QueryCount]
) -> None:
    def asked() -> int:
        with query_counter() as counted:
            page = queue.shown(wanted(officer))
            queue.counts(wanted(officer))
            for row in page.rows:
                _ = (row.applicant.full_name, row.programme.institution.name, row.round, row.group)
                staff.client_of(row)
                staff.said_by_registers(row)
        return len(counted)

    submitted(filled, make_person(1))
    one = asked()
    for number in range(2, 31):
        submitted(filled, make_person(number))
    assert asked() == one <= 6
