"""Who gets into which work place, and as whom."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.world import make_staff

from stars.actors.actor import Actor
from stars.organisations.models import Membership
from stars.people.models import Person

PLACES = {"institution": "/iestade/", "agency": "/agentura/", "ministry": "/agentura/"}


@pytest.mark.parametrize("kind", PLACES)
def test_staff_enter_their_own_work_place_and_no_other(
    db: None, kind: str, at_work: Callable[[Actor], Client]
) -> None:
    browser = at_work(make_staff(1, kind))
    answers = {place: browser.get(place).status_code for place in {*PLACES.values(), "/profils/"}}
    assert answers == {place: 200 if place == PLACES[kind] else 403 for place in answers}


def test_a_resident_enters_no_work_place(tab: Client) -> None:
    assert {tab.get(place).status_code for place in PLACES.values()} == {403}


def test_a_membership_that_ended_turns_its_person_into_a_resident(
    db: None, at_work: Callable[[Actor], Client]
) -> None:
    actor = make_staff(1, "agency")
    browser = at_work(actor)
    Membership.objects.update(ended_at=timezone.now())
    assert browser.get("/agentura/").status_code == 403
    assert "membership" not in browser.session
    assert Person.objects.filter(pk=actor.person_id).exists()
