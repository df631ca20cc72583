"""What may be continued and what is not to be repeated, read from a person's own learning."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.applications import ApplicationFactory
from tests.factories.catalogue import GroupFactory
from tests.factories.learning import EnrolmentFactory, past
from tests.factories.people import PersonFactory

from stars.catalogue.recommendations import Learned
from stars.enrolments.queries.learned import Past, past_of
from stars.people import operations as people
from stars.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    return made


def past_for(person: Person) -> Past:
    return past_of(people.actor_of(person))


def test_completed_and_just_expelled_lie_behind_and_only_the_completed_is_continued(person: Person) -> None:
    made = past(person)
    past(PersonFactory())
    programme = made["completed"].programme
    programme.digcomp_competences, programme.digcomp_level = ["dccomp-3-4"], 4
    programme.qualification_id = "qual-aprupetajs"
    programme.save()
    found = past_for(person)
    assert found.behind == {programme.pk, made["expelled"].programme_id}
    assert found.learned == (Learned(programme.pk, "ikt", "aprupetajs", ("3-4",), 4, None),)


@pytest.mark.parametrize(("days", "is_behind"), [(1, True), (170, True), (190, False)])
def test_what_was_broken_off_may_be_recommended_again_after_half_a_year(
    person: Person, days: int, is_behind: bool
) -> None:
    ended = timezone.now() - timedelta(days=days)
    left = ApplicationFactory(applicant=person, withdrawn=True, ended_at=ended)
    EnrolmentFactory(application=left, group=GroupFactory(), expelled=True)
    assert past_for(person) == Past((), frozenset({left.programme_id} if is_behind else ()))


def test_giving_up_before_learning_began_is_no_learning(person: Person) -> None:
    ApplicationFactory(applicant=person, withdrawn=True)
    assert past_for(person) == Past((), frozenset())


def test_the_latest_comes_first(person: Person) -> None:
    made = [
        ApplicationFactory(applicant=person, completed=True, ended_at=timezone.now() - timedelta(days=days))
        for days in (400, 20, 900)
    ]
    assert [done.id for done in past_for(person).learned] == [made[n].programme_id for n in (1, 0, 2)]
