"""The way into a VARAM application is the person's own, valid result of the level test, of the programme's level."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from tests.assessments.leveling import offer_level_test, reach_level
from tests.world import OGRE, make_group, make_person, make_programme, make_round

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.models import Application
from stars.catalogue.models import Programme
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.eligibility import refusals

pytestmark = pytest.mark.django_db
VARAM = SchemeCode.VARAM
ANSWERS = {
    "contact": {"email": ["ilze@klients.example"], "phone": ["20000001"]},
    "place": {"place": [OGRE]},
    "programme": {"knows_contents": ["on"]},
}


@pytest.fixture
def programme(catalogue_lists: None) -> Programme:
    """Of the second level, in an open round."""
    made = make_programme("E-pakalpojumi", varam_level=2)
    make_group(made, OGRE, rounds=[make_round("VARAM")])
    return made


def filled(person: Person, programme: Programme, by: Actor) -> Application:
    draft = operations.start(person, programme, VARAM, by=by)
    for step, answers in ANSWERS.items():
        operations.keep_step(draft, step, MultiValueDict(answers), by=by)
    return draft


def test_whoever_is_of_the_level_applies(person: Person, by: Actor, programme: Programme) -> None:
    reach_level(person, 2)
    sent = operations.submit(filled(person, programme, by), by=by)
    assert sent.number is not None
    verdicts = {row["rule"]: row["verdict"] for row in sent.findings or []}
    assert (verdicts["level-test"], verdicts["level-fits"]) == ("met", "met")


@pytest.mark.parametrize("level", [None, 1, 3], ids=["without a result", "below", "above"])
def test_outside_the_level_nothing_begins(
    person: Person, by: Actor, programme: Programme, level: int | None
) -> None:
    if level:
        reach_level(person, level)
    with pytest.raises(operations.OutsideLevel):
        operations.start(person, programme, VARAM, by=by)
    assert not Application.objects.exists()


def test_somebody_elses_result_does_not_help(person: Person, by: Actor, programme: Programme) -> None:
    reach_level(make_person(2), 2)
    with pytest.raises(operations.OutsideLevel):
        operations.start(person, programme, VARAM, by=by)


def test_an_expired_result_begins_nothing(person: Person, by: Actor, programme: Programme) -> None:
    offer_level_test(days=3)
    reach_level(person, 2)
    with (
        time_machine.travel(timezone.now() + timedelta(days=4)),
        pytest.raises(operations.OutsideLevel),
    ):
        operations.start(person, programme, VARAM, by=by)


def test_a_result_that_expired_over_the_draft_sends_nothing(
    person: Person, by: Actor, programme: Programme
) -> None:
    offer_level_test(days=3)
    reach_level(person, 2)
    draft = filled(person, programme, by)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        with pytest.raises(operations.NotEligible) as refusal:
            operations.submit(draft, by=by)
        assert refusals(refusal.value.findings) == {"level-test"}
        reach_level(person, 2)
        assert operations.submit(draft, by=by).number is not None


def test_a_newer_result_of_another_level_sends_nothing(
    person: Person, by: Actor, programme: Programme
) -> None:
    reach_level(person, 2)
    draft = filled(person, programme, by)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        reach_level(person, 3)
        with pytest.raises(operations.NotEligible) as refusal:
            operations.submit(draft, by=by)
    assert refusals(refusal.value.findings) == {"level-fits"}


def test_what_was_sent_stays_sent_when_the_result_expires(
    person: Person, by: Actor, programme: Programme
) -> None:
    offer_level_test(days=1)
    reach_level(person, 2)
    sent = operations.submit(filled(person, programme, by), by=by)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert operations.submit(sent, by=by).number == sent.number
