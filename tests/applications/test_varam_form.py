"""VARAM's form behind the level test is the manual's (3.4.3)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.assessments.leveling import reach_level
from tests.world import OGRE, make_group, make_programme, make_round

from stars.applications.models import Application
from stars.catalogue.models import Programme
from stars.people import operations as people
from stars.people.models import Person


@pytest.fixture
def programme(catalogue_lists: None) -> Programme:
    """A programme of the first level in an open round."""
    made = make_programme("Pirmie soļi", varam_level=1, field_id="field-digitalas")
    make_group(made, OGRE, rounds=[make_round("VARAM")])
    return made


@pytest.fixture
def web(person: Person, signed_in) -> Client:
    """The person's browser, past the consent."""
    people.accept_texts(person, by=people.actor_of(person))
    return signed_in(person)


def test_form_is_the_manuals(web: Client, programme: Programme, person: Person) -> None:
    reach_level(person, 1)
    web.post(f"/profils/pieteikties/{programme.pk}/", {"finansejums": "VARAM"})
    application = Application.objects.get()
    base = f"/profils/pieteikumi/{application.public_id}/"

    place = web.get(f"{base}solis/place/").content.decode()
    assert place.index("LŪDZU UZŅEMT MANI") < place.index("Izglītības iestādes nosaukums")
    fields = {
        step: list(web.get(f"{base}solis/{step}/").context["form"].fields)
        for step in ("contact", "programme")
    }
    assert fields == {"contact": ["email", "phone"], "programme": ["knows_contents"]}
    assert web.get(f"{base}solis/background/").status_code == 404

    for step, answers in (
        ("contact", {"email": "ilze@klients.example", "phone": "20000001"}),
        ("place", {"place": OGRE}),
        ("programme", {"knows_contents": "on"}),
    ):
        assert web.post(f"{base}solis/{step}/", answers).status_code == 302
    web.post(f"{base}parskats/")

    application.refresh_from_db()
    assert (application.status, application.number[:6]) == ("submitted", "VARAM-")
    assert application.submitted_at > timezone.now() - timedelta(minutes=1)
