""" "Iziet" ends our session and the national one: many sit at a library's computer."""

from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.integrations.identity.visitor import parameters
from tests.workspaces.arriving import Traveller, links

from stars.audit.models import AuditEvent
from stars.integrations.identity.simulator.spoil import Spoil
from stars.people.models import Person

pytestmark = pytest.mark.django_db

OUT = "/provider/logout"
PAGES = [
    "/profils/",
    "/profils/mans-profils/",
    "/noteikumi/",
    "/palidziba/",
    "/kontakti/",
    "/nav-tadas-lapas/",
]


def national_address(page) -> str:
    return str(page.context["national"])


def test_our_session_ends(traveller: Traveller) -> None:
    traveller.sign_in("citizen")
    page = traveller.client.post(OUT)
    assert page.status_code == 200
    assert Session.objects.count() == 0
    assert urlsplit(traveller.client.get("/profils/")["Location"]).path == "/provider/login"


def test_the_page_is_nobodys_already(tab) -> None:
    page = tab.post(OUT).content.decode()
    assert "Anna" not in page
    assert "session-warning" not in page


def test_it_is_in_the_audit(tab, citizen) -> None:
    tab.post(OUT)
    event = AuditEvent.objects.get(kind="session.signed-out")
    assert (event.actor_id, event.subject_id) == (citizen.pk, str(citizen.pk))


def test_the_page_leads_on_to_the_national_sign_out(traveller: Traveller, simulator) -> None:
    traveller.sign_in("citizen")
    page = traveller.client.post(OUT)
    address = national_address(page)
    assert address.startswith(f"{simulator.issuer}/sign-out?")
    asked = parameters(address)
    assert asked["post_logout_redirect_uri"] == "http://testserver/provider/logged-out"
    # The proof holds the personal code, which belongs in no address.
    assert "id_token_hint" not in asked
    assert address in links(page)
    assert (
        f'<meta http-equiv="refresh" content="0; url={address.replace("&", "&amp;")}">'
        in page.content.decode()
    )


def test_the_national_session_ends_and_comes_back(traveller: Traveller) -> None:
    traveller.sign_in("citizen")
    answer = traveller.national.open(national_address(traveller.client.post(OUT)))
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://testserver/provider/logged-out")
    assert traveller.client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("fault", [Spoil.NO_SIGN_OUT, Spoil.BROKEN_METADATA])
def test_signing_out_never_fails_for_want_of_the_provider(tab, simulator, fault: Spoil) -> None:
    simulator.spoil.add(fault)
    assert tab.post(OUT)["Location"] == "/provider/logged-out"
    assert Session.objects.count() == 0


def test_a_link_signs_nobody_out(tab) -> None:
    assert tab.get(OUT)["Location"] == "/"
    assert tab.get("/provider/session").status_code == 204


def test_a_form_of_another_site_signs_nobody_out(citizen: Person, signed_in) -> None:
    careful: Client = signed_in(citizen, enforce_csrf_checks=True)
    assert careful.post(OUT).status_code == 403
    assert careful.get("/provider/session").status_code == 204


def test_signing_out_twice_is_signing_out_once(tab) -> None:
    tab.post(OUT)
    assert tab.post(OUT).status_code in {200, 302}
    assert AuditEvent.objects.filter(kind="session.signed-out").count() == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_button(tab, page: str) -> None:
    assert f'<form method="post" action="{OUT}" data-sign-out>' in tab.get(page).content.decode()


def test_the_last_page_has_a_way_back(client) -> None:
    page = client.get("/provider/logged-out")
    assert {"/", "/provider/login"} <= set(links(page))
