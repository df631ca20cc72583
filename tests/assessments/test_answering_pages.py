"""Answers as a page sends them: by the attempt's address and the items' keys; all of them or none."""

import uuid

import pytest
from tests.factories.assessments import make_bank, taken
from tests.world import make_person

from stars.actors.actor import ANONYMOUS, Actor, NotPermitted
from stars.assessments import operations, queries
from stars.assessments.enums import Instrument
from stars.assessments.models import Answer, Attempt
from stars.people import operations as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(catalogue_lists: None, by: Actor) -> Attempt:
    make_bank(3)
    return operations.start(Instrument.DIGITAL_SKILLS, by=by)


def kept() -> list[int | None]:
    return list(Answer.objects.order_by("item__position").values_list("value", flat=True))


def test_a_page_is_kept_and_read_again(attempt: Attempt, by: Actor) -> None:
    first, second, third = attempt.asked
    operations.answer_page(attempt.public_id, {first: 3, third: None}, by=by)
    paper = queries.paper_of(attempt)
    assert {key: given.value for key, given in paper.given.items()} == {first: 3, third: None}
    shown = queries.questions(paper, paper.keys(1))
    assert [(each.key, each.number, each.given is not None) for each in shown] == [
        (first, 1, True),
        (second, 2, False),
        (third, 3, True),
    ]


def test_one_strange_answer_refuses_the_page(attempt: Attempt, by: Actor) -> None:
    first, second, _third = attempt.asked
    with pytest.raises(operations.NoSuchItem):
        operations.answer_page(attempt.public_id, {first: 1, 0: 1}, by=by)
    with pytest.raises(operations.OffScale):
        operations.answer_page(attempt.public_id, {first: 1, second: 4}, by=by)
    assert kept() == []


def test_nobody_else_answers(attempt: Attempt) -> None:
    values = {attempt.asked[0]: 1}
    for stranger, public_id in (
        (people.actor_of(make_person(2)), attempt.public_id),
        (people.actor_of(attempt.person), uuid.uuid4()),
    ):
        with pytest.raises(operations.NotTheirs):
            operations.answer_page(public_id, values, by=stranger)
    with pytest.raises(NotPermitted):
        operations.answer_page(attempt.public_id, values, by=ANONYMOUS)
    assert kept() == []


def test_nothing_is_answered_after_the_end(attempt: Attempt, by: Actor) -> None:
    finished = taken(by, 2)
    with pytest.raises(operations.Finished):
        operations.answer_page(finished.public_id, {finished.asked[0]: 0}, by=by)
    assert kept() == [2, 2, 2]


def test_an_attempt_is_found_by_its_owner_alone(attempt: Attempt, by: Actor) -> None:
    assert queries.own_attempt(by, attempt.public_id) == attempt
    assert queries.own_attempt(by, uuid.uuid4()) is None
    with pytest.raises(queries.NotYours):
        queries.own_attempt(people.actor_of(make_person(2)), attempt.public_id)
    assert queries.open_attempts(ANONYMOUS) == []
