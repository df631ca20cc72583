"""VARAM's form behind its gate: closed with a plain word today, and whole for the day when the test can be passed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.world import OGRE, make_group, make_programme, make_round

from stars.applications.models import Application
from stars.catalogue.models import Programme
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes import gates
from stars.schemes.types import Gate


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


def test_source_is_closed_with_a_plain_explanation(web: Client, programme: Programme) -> None:
    address = f"/profils/pieteikties/{programme.pk}/"
    page = web.get(address).content.decode()

    assert "Tests vēl nav pieejams" in page
    assert web.post(address, {"finansejums": "VARAM"}).status_code == 422
    assert not Application.objects.exists()


def test_form_is_the_manuals_once_the_gate_can_be_passed(
    web: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gates, "PASSABLE_GATES", frozenset({Gate.LEVEL_TEST}))
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
