"""The simulator is strict where the national sign-in is, and says what it is."""

import os
import re
import signal
import subprocess
import sys
from datetime import date

import pytest
import requests
from tests.integrations.identity.conftest import CALLBACK, TODAY
from tests.integrations.identity.visitor import parameters

from stars.common.person_codes import parse
from stars.integrations.identity.simulator.clients import RegisteredClient
from stars.integrations.identity.simulator.people import simulated_people

SLUGS = [
    "new-citizen",
    "citizen",
    "imk-citizen",
    "unemployed-citizen",
    "low-income-citizen",
    "varam-citizen",
    "correcting-citizen",
    "graduate",
    "expelled-citizen",
    "tested-citizen",
    "minor",
    "eidas-citizen",
    "new-code-citizen",
    "institution-admin",
    "institution-officer",
    "other-institution-officer",
    "agency-officer",
    "second-agency-officer",
    "varam-officer",
    "two-hats",
    "institution-employee",
    "unknown-institution-employee",
    "proxy",
]
ASKED = {
    "response_type": "code",
    "scope": "openid",
    "redirect_uri": CALLBACK,
    "state": "the-state",
    "nonce": "the-nonce",
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method": "S256",
}
# The pair of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"


def authorize_url(simulator, **changes: str) -> str:
    asked = {**ASKED, "client_id": simulator.client.client_id, **changes}
    query = {name: value for name, value in asked.items() if value}
    return str(requests.Request("GET", f"{simulator.issuer}/authorize", params=query).prepare().url)


def exchange(simulator, code: str, **changes: str) -> requests.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
        **changes,
    }
    own = (simulator.client.client_id, simulator.client.client_secret)
    return requests.post(f"{simulator.issuer}/token", data=form, auth=own, timeout=60)


def code_for(simulator, visitor) -> str:
    return parameters(visitor.choose(authorize_url(simulator), "citizen"))["code"]


def test_the_page_offers_tools_people_and_a_way_out(simulator, visitor) -> None:
    page = visitor.open(authorize_url(simulator))
    assert re.findall(r'data-person="([^"]+)"', page.text) == SLUGS
    assert re.findall(r'name="tool" value="([^"]+)"', page.text) == [
        "eparaksts-mobile",
        "eid",
        "smart-id",
        "eidas",
    ]
    assert re.findall(r'data-action="([^"]+)"', page.text) == ["cancel"]
    assert "<title>Vienotās pieteikšanās modulis</title>" in page.text
    assert "Simulators izstrādei un testiem" in page.text


def test_the_page_in_english(simulator, visitor) -> None:
    page = visitor.open(authorize_url(simulator, ui_locales="en-GB lv"))
    assert '<html lang="en">' in page.text
    assert "Simulator for development and tests" in page.text
    assert "from Poland, with a technical code" in page.text


def test_pages_have_a_strict_policy_and_nothing_inline(simulator, visitor) -> None:
    page = visitor.open(authorize_url(simulator))
    assert page.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self' http://127.0.0.1:8000"
    )
    assert re.findall(r"<script|<style|\sstyle=|\son\w+=", page.text) == []
    for path in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text):
        assert visitor.open(simulator.issuer + path).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/nowhere", 404), ("/assets/../people.py", 404), ("/token", 404)]
)
def test_other_addresses(simulator, visitor, path, status) -> None:
    assert visitor.open(simulator.issuer + path).status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "stranger"},
        {"redirect_uri": "https://stranger.example/callback"},
        {"redirect_uri": "http://127.0.0.1.stranger.example/"},
        {"redirect_uri": "http://127.0.0.1/\r\nSet-Cookie: x=y"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": ""},
    ],
)
def test_strangers_get_no_redirect(simulator, visitor, changes) -> None:
    assert visitor.open(authorize_url(simulator, **changes)).status_code == 400


def test_other_origins_have_to_be_registered() -> None:
    registered = RegisteredClient(origins=frozenset({"https://stars.example"}))
    assert registered.may_return_to("https://stars.example/callback")
    assert not registered.may_return_to("https://stars.example:8443/callback")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_requests_without_protection_are_refused(simulator, visitor, changes, error) -> None:
    answer = visitor.open(authorize_url(simulator, **changes))
    assert parameters(answer.headers["Location"]) == {"error": error, "state": "the-state"}


def test_a_code_is_good_for_one_exchange(simulator, visitor) -> None:
    code = code_for(simulator, visitor)
    assert exchange(simulator, code).status_code == 200
    again = exchange(simulator, code)
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize(
    "changes",
    [{"code_verifier": "x" * 43}, {"code_verifier": ""}, {"redirect_uri": "http://127.0.0.1:8000/elsewhere"}],
)
def test_a_code_needs_its_verifier_and_address(simulator, visitor, changes) -> None:
    refused = exchange(simulator, code_for(simulator, visitor), **changes)
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize("header", ["", "Basic !", "Basic c3RyYW5nZXI6eA==", "Bearer x"])
def test_the_exchange_is_for_the_platform_only(simulator, header) -> None:
    refused = requests.post(f"{simulator.issuer}/token", headers={"Authorization": header}, timeout=60)
    assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})


@pytest.mark.parametrize("form", [{}, {"request": "invented", "person": "citizen"}])
def test_a_choice_without_a_request(simulator, form) -> None:
    assert requests.post(f"{simulator.issuer}/choice", data=form, timeout=60).status_code == 400


def test_invented_people_cannot_be_anybody() -> None:
    for person in simulated_people(TODAY):
        code = parse(person.person_code, on=TODAY, technical=True)
        assert code.check_digit_fits in {None, False}
        assert code.birth_date in {None, person.birth_date}
    assert [person.slug for person in simulated_people(TODAY)] == SLUGS


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_the_minor_is_sixteen_on_any_day(on) -> None:
    minor = next(person for person in simulated_people(on) if person.slug == "minor")
    assert on.year - minor.birth_date.year == 16
    assert (minor.birth_date.month, minor.birth_date.day) == (1, 1)


def test_it_runs_as_a_process_without_the_platform(unused_port, visitor) -> None:
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "stars.integrations.identity.simulator"],
        env=os.environ | {"IDP_PORT": str(unused_port), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == f"Sign-in simulator: http://localhost:{unused_port}\n"
    metadata = visitor.open(f"http://127.0.0.1:{unused_port}/.well-known/openid-configuration").json()
    process.send_signal(signal.SIGTERM)
    _, imported = process.communicate(timeout=60)
    assert metadata["issuer"] == f"http://localhost:{unused_port}"
    assert process.returncode == 0
    assert re.findall(r"\| +(django|authlib)\b", imported) == []
