"""The factories make whole things: what the database refuses would fail here first."""

import pytest
from tests.factories import (
    ApplicationFactory,
    GroupFactory,
    GroupOfferFactory,
    NewPersonFactory,
    PersonFactory,
    ProgrammeFactory,
    RoundFactory,
)

from stars.classifiers.models import ClassifierValue
from stars.common import clock, person_codes
from stars.people import queries as people


def test_persons_differ_in_name_and_code(db):
    one, other = PersonFactory(), PersonFactory()
    codes = [person.identifiers.get().value for person in (one, other)]
    assert len({*codes}) == 2
    assert [person_codes.parse(code, on=clock.today()).check_digit_fits for code in codes] == [False, False]


def test_a_person_is_registered_and_a_new_one_is_not(db):
    known, new = PersonFactory(profile__education_id="edu-08"), NewPersonFactory()
    assert (people.is_registered(known), people.has_accepted_texts(known)) == (True, True)
    assert known.profile.education_id == "edu-08"
    assert (people.is_registered(new), people.has_accepted_texts(new)) == (False, False)


def test_a_person_may_be_given_a_code(db):
    assert NewPersonFactory(code="32000000001", code__kind="undated").identifiers.get().value == "32000000001"


@pytest.mark.parametrize("trait", ["draft", "withdrawn"])
def test_programmes_may_be_out_of_the_catalogue(db, trait):
    assert ProgrammeFactory(**{trait: True}).status == trait


def test_rounds_lie_around_today(db):
    now = clock.now()
    past, present, coming = RoundFactory(past=True), RoundFactory(), RoundFactory(coming=True)
    assert past.closes_at < now < coming.opens_at
    assert present.opens_at < now < present.closes_at


def test_groups_may_be_remote_or_full(db):
    assert GroupFactory(remote=True).municipality_id is None
    assert GroupFactory(full=True).seats_free == 0
    assert GroupOfferFactory(round__scheme="IMK").round.scheme == "IMK"


@pytest.mark.parametrize("state", ["submitted", "eligible", "admitted", "refused", "completed", "withdrawn"])
def test_applications_in_every_state(db, state):
    application = ApplicationFactory(**{state: True})
    assert application.status == state
    assert application.round.scheme == application.scheme


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_classifiers_are_there_again_after_real_transactions(time):
    assert ClassifierValue.objects.filter(kind="muni").count() == 43
