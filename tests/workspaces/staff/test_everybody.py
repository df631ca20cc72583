"""Everybody of the demonstration who works somewhere signs in and begins where they work."""

import pytest
from tests.workspaces.arriving import Traveller

from stars.common import clock
from stars.demo import operations as demo
from stars.integrations.identity.simulator.people import simulated_people

pytestmark = pytest.mark.django_db
# Slug, choice, first page, organisation, what else is open, what is closed.
WALK = (
    ("institution-admin", "darbinieks", "/iestade/", "Trešā maiņa", "/darbs/komanda/", "/agentura/"),
    ("institution-officer", "darbinieks", "/iestade/", "Trešā maiņa", "/iestade/", "/darbs/komanda/"),
    ("other-institution-officer", "darbinieks", "/iestade/", "Lugažu tehnikums", "/iestade/", "/agentura/"),
    ("institution-employee", "iedzivotajs", "/iestade/", "Trešā maiņa", "/iestade/", "/profils/"),
    ("agency-officer", "darbinieks", "/agentura/", "VIAA", "/agentura/organizacijas/", "/iestade/"),
    (
        "second-agency-officer",
        "darbinieks",
        "/agentura/",
        "VIAA",
        "/agentura/personas/",
        "/agentura/organizacijas/",
    ),
    ("varam-officer", "darbinieks", "/agentura/", "VARAM", "/agentura/", "/agentura/personas/"),
    ("two-hats", "darbinieks", "/iestade/", "Trešā maiņa", "/iestade/", "/profils/"),
    ("two-hats", "iedzivotajs", "/profils/", "", "/profils/", "/iestade/"),
)


def test_each_of_them(traveller: Traveller) -> None:
    demo.make_anew()
    known = {person.slug for person in simulated_people(clock.today())}
    assert {slug for slug, *_ in WALK} <= known
    for slug, choice, first, organisation, opened, closed in WALK:
        where = f"{slug} as {choice}"
        assert traveller.sign_in(slug, choice=choice)["Location"] == first, where
        page = traveller.client.get(first)
        assert page.status_code == 200, where
        current = [one.short_name for one in page.context["role_choices"] if one.current]
        assert current == [organisation], where
        assert traveller.client.get(opened).status_code == 200, where
        assert traveller.client.get(closed).status_code == 403, where
