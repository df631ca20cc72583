"""Answering: kept as one goes, only one's own, sent once, and nothing kept that was not asked after all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.applications.test_races import together
from tests.factories.people import PersonFactory
from tests.surveys.made import invited, published, sent

from stars.actors.actor import SYSTEM, Actor, NotPermitted
from stars.audit.models import AuditEvent
from stars.people import operations as people
from stars.people.models import Person
from stars.surveys import operations, queries
from stars.surveys.models import Invitation, SurveyVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]


@pytest.fixture
def learner() -> Person:
    return PersonFactory()


@pytest.fixture
def me(learner: Person) -> Actor:
    return people.actor_of(learner)


@pytest.fixture
def invitation(learner: Person) -> Invitation:
    published()
    return invited(learner)


def kept(invitation: Invitation) -> dict[str, list[str]]:
    return dict(sorted(queries.answers_of(invitation).items()))


def test_answers_are_kept_replaced_and_taken_back(invitation: Invitation, me: Actor) -> None:
    operations.answer(invitation, {"works": ["no"], "why": ["red", "blue"]}, by=me)
    operations.answer(invitation, {"works": ["yes"], "rate": ["2"]}, by=me)
    assert kept(invitation) == {"rate": ["2"], "why": ["red", "blue"], "works": ["yes"]}
    operations.answer(invitation, {"rate": []}, by=me)
    assert kept(invitation) == {"why": ["red", "blue"], "works": ["yes"]}


def test_hidden_answers_are_neither_required_nor_kept(invitation: Invitation, me: Actor) -> None:
    operations.answer(invitation, {"works": ["no"], "why": ["red"], "rate": ["2"]}, by=me)
    operations.answer(invitation, {"works": ["yes"]}, by=me)
    operations.submit(invitation, by=me)
    assert kept(invitation) == {"rate": ["2"], "works": ["yes"]}


def test_a_shown_obligatory_question_is_required(invitation: Invitation, me: Actor) -> None:
    operations.answer(invitation, {"works": ["no"], "rate": ["2"]}, by=me)
    with pytest.raises(operations.Unanswered) as left:
        operations.submit(invitation, by=me)
    assert [question.code for question in left.value.questions] == ["why"]
    assert Invitation.objects.get().submitted_at is None


def test_sent_answers_are_final(invitation: Invitation, me: Actor) -> None:
    sent(invitation, me)
    with pytest.raises(operations.AlreadySent):
        operations.answer(invitation, {"works": ["no"]}, by=me)
    assert kept(invitation)["works"] == ["yes"]


def test_sending_twice_is_sending_once(invitation: Invitation, me: Actor) -> None:
    first = sent(invitation, me)
    assert operations.submit(invitation, by=me).submitted_at == first.submitted_at
    assert AuditEvent.objects.filter(kind="survey.sent").count() == 1


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"unknown": ["yes"]}, id="question-of-another-survey"),
        pytest.param({"works": ["maybe"]}, id="not-offered"),
        pytest.param({"works": ["yes", "no"]}, id="two-of-one"),
        pytest.param({"rate": ["4"], "works": ["yes"]}, id="one-of-two-is-wrong"),
    ],
)
def test_what_does_not_fit_is_refused_whole(
    invitation: Invitation, me: Actor, values: dict[str, list[str]]
) -> None:
    with pytest.raises(operations.UnfitAnswer):
        operations.answer(invitation, values, by=me)
    assert kept(invitation) == {}


def test_somebody_elses_survey_is_out_of_reach(invitation: Invitation, me: Actor) -> None:
    other = people.actor_of(PersonFactory())
    for deed in (
        lambda: operations.answer(invitation, {"works": ["yes"]}, by=other),
        lambda: operations.submit(invitation, by=other),
    ):
        with pytest.raises(operations.NotTheirs):
            deed()
    with pytest.raises(NotPermitted):
        operations.submit(invitation, by=SYSTEM)
    with pytest.raises(queries.NotYours):
        queries.own_invitation(other, invitation.public_id)
    found = queries.own_invitation(me, invitation.public_id)
    assert found == invitation


def test_after_the_term_answers_are_taken_until_the_version_is_retired(
    invitation: Invitation, me: Actor
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        operations.answer(invitation, {"works": ["yes"], "rate": ["1"]}, by=me)
        operations.retire(SurveyVersion.objects.get(), by=SYSTEM)
        for deed in (
            lambda: operations.answer(invitation, {"rate": ["3"]}, by=me),
            lambda: operations.submit(invitation, by=me),
        ):
            with pytest.raises(operations.Closed):
                deed()


def test_late_answers_can_be_sent(invitation: Invitation, me: Actor) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        assert sent(invitation, me).submitted_at == Invitation.objects.get().submitted_at


def test_keeping_a_page_costs_at_most_six_statements(
    invitation: Invitation, me: Actor, query_counter: Callable[[], object]
) -> None:
    with query_counter() as statements:
        operations.answer(invitation, {"works": ["yes"], "rate": ["1"], "note": []}, by=me)
    assert len(statements) <= 6, statements.statements


@pytest.mark.django_db(transaction=True)
def test_sent_and_answered_at_once_leaves_one_whole_survey() -> None:
    published()
    person = PersonFactory()
    me, invitation = people.actor_of(person), invited(person)
    operations.answer(invitation, {"works": ["yes"], "rate": ["1"]}, by=me)
    results = together(
        *[lambda: operations.submit(invitation, by=me)] * 2,
        lambda: operations.answer(invitation, {"rate": ["3"]}, by=me),
    )
    assert {type(each).__name__ for each in results} <= {"Invitation", "NoneType", "AlreadySent"}
    assert kept(invitation) == {"rate": ["3" if results[2] is None else "1"], "works": ["yes"]}
    assert AuditEvent.objects.filter(kind="survey.sent").count() == 1
