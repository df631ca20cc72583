"""Signing out ends the national session too: many sit at a library's computer."""

import pytest
from tests.integrations.identity.visitor import parameters

from stars.integrations.identity import client
from stars.integrations.identity.simulator.server import Simulator
from stars.integrations.identity.simulator.spoil import Spoil

HOME = "http://127.0.0.1:8000/"


def end_session_url(platform, **kwargs: str) -> str | None:
    return client.end_session_url(platform.request(), post_logout_redirect_uri=HOME, **kwargs)


def test_the_national_session_signs_in_again_without_asking(simulator, platform, visitor) -> None:
    platform.sign_in(visitor, "citizen")
    answer = visitor.open(platform.start())
    assert answer.status_code == 303
    assert platform.finish(answer.headers["Location"]).given_name == "Anna"


def test_the_platform_can_insist_on_being_asked(simulator, platform, visitor) -> None:
    platform.sign_in(visitor, "citizen")
    assert visitor.open(platform.start(ask_again=True)).status_code == 200


def test_signing_out_ends_the_national_session_and_comes_back(simulator, platform, visitor) -> None:
    platform.sign_in(visitor, "citizen")
    answer = visitor.open(end_session_url(platform))
    assert (answer.status_code, answer.headers["Location"]) == (303, HOME)
    assert visitor.open(platform.start()).status_code == 200


def test_the_address_of_sign_out_names_nobody(simulator, platform) -> None:
    assert parameters(end_session_url(platform, ui_locale="lv")) == {
        "client_id": simulator.client.client_id,
        "post_logout_redirect_uri": HOME,
        "ui_locales": "lv",
    }


def test_a_provider_that_insists_gets_the_proof(simulator, platform, visitor) -> None:
    who = platform.sign_in(visitor, "citizen")
    address = end_session_url(platform, id_token_hint=who.id_token)
    assert parameters(address)["id_token_hint"] == who.id_token
    assert visitor.open(address).headers["Location"] == HOME


def test_nobody_else_is_sent_back_to(simulator, platform, visitor) -> None:
    stranger = client.end_session_url(
        platform.request(), post_logout_redirect_uri="https://stranger.example/"
    )
    for address in (stranger, end_session_url(platform, id_token_hint="not.a.token")):
        answer = visitor.open(address)
        assert answer.status_code == 200
        assert "Sesija ir beigta" in answer.text


@pytest.mark.parametrize("fault", [Spoil.NO_SIGN_OUT, Spoil.BROKEN_METADATA])
def test_signing_out_does_without_the_provider(simulator, platform, fault) -> None:
    simulator.spoil.add(fault)
    assert end_session_url(platform) is None


def test_signing_out_while_nobody_listens(settings, platform) -> None:
    gone = Simulator()
    with gone:
        settings.IDENTITY = {"issuer": gone.issuer, "client_id": "gone", "client_secret": "-"}
    assert end_session_url(platform) is None
