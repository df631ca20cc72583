"""Signing in over real HTTP, and every way in which it must fail."""

import json
from datetime import date

import pytest
from tests.integrations.identity.visitor import Visitor, parameters

from stars.integrations.identity.failures import (
    ClaimsNotUnderstood,
    ProviderUnavailable,
    SignInCancelled,
    SignInFailure,
    StateMismatch,
)
from stars.integrations.identity.simulator.spoil import Spoil
from stars.integrations.identity.simulator.tokens import signing_key
from stars.integrations.identity.types import Assurance, IdentityAssertion, Principal, PrincipalKind


def test_a_resident_signs_in(simulator, platform, visitor) -> None:
    who = platform.sign_in(visitor, "citizen", tool="smart-id")
    assert who == IdentityAssertion(
        person_code="22038417779",
        given_name="Anna",
        family_name="Kalniņa",
        birth_date=date(1984, 3, 22),
        assurance=Assurance.HIGH,
        tool="smart-id",
    )


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "eidas-citizen",
            IdentityAssertion(
                "70000000017",
                "Katarzyna",
                "Wiśniewska",
                date(1987, 6, 2),
                assurance=Assurance.SUBSTANTIAL,
                tool="eidas",
                is_technical=True,
            ),
        ),
        (
            "new-code-citizen",
            IdentityAssertion(
                "32000000000", "Sandra", "Vītola", None, assurance=Assurance.HIGH, tool="eparaksts-mobile"
            ),
        ),
        (
            "minor",
            IdentityAssertion(
                "01011027778",
                "Emīls",
                "Kļaviņš",
                date(2010, 1, 1),
                assurance=Assurance.HIGH,
                tool="eparaksts-mobile",
            ),
        ),
        (
            "institution-employee",
            IdentityAssertion(
                "05048117775",
                "Dace",
                "Ozola",
                date(1981, 4, 5),
                acting_as="100001",
                assurance=Assurance.HIGH,
                tool="eparaksts-mobile",
            ),
        ),
        (
            "proxy",
            IdentityAssertion(
                "26097217775",
                "Andris",
                "Krūmiņš",
                date(1972, 9, 26),
                on_behalf_of=Principal(PrincipalKind.PERSON, "01124317772"),
                assurance=Assurance.HIGH,
                tool="eparaksts-mobile",
            ),
        ),
    ],
)
def test_who_signs_in_and_as_whom(simulator, platform, visitor, slug, expected) -> None:
    assert platform.sign_in(visitor, slug) == expected


def test_the_request_is_protected_and_speaks_the_language(simulator, platform) -> None:
    asked = parameters(platform.start(ui_locale="en"))
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["ui_locales"] == "en"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20


def test_two_tabs_can_sign_in_in_any_order(simulator, platform, visitor) -> None:
    first, second = platform.start(), platform.start()
    assert platform.finish(visitor.choose(second, "citizen")).given_name == "Anna"
    # The national session is there by now, so the first tab is not asked again.
    assert platform.finish(visitor.open(first).headers["Location"]).given_name == "Anna"


def test_the_session_keeps_only_the_request_under_way(simulator, platform, visitor) -> None:
    address = platform.start()
    assert len(platform.session.keys()) == 1
    json.dumps(dict(platform.session.items()))
    platform.finish(visitor.choose(address, "citizen"))
    assert platform.session.is_empty()


def test_cancelled(simulator, platform, visitor) -> None:
    with pytest.raises(SignInCancelled) as failure:
        platform.finish(visitor.cancel(platform.start()))
    assert (failure.value.code, failure.value.reason) == ("sign-in-cancelled", "access_denied")
    assert platform.session.is_empty()


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable", "unauthorized_client"])
def test_the_provider_says_that_it_cannot(simulator, platform, error) -> None:
    state = parameters(platform.start())["state"]
    with pytest.raises(ProviderUnavailable):
        platform.finish(f"/callback?error={error}&state={state}")


def test_the_provider_is_down_at_the_start(simulator, platform) -> None:
    simulator.spoil.add(Spoil.BROKEN_METADATA)
    with pytest.raises(ProviderUnavailable):
        platform.start()
    assert platform.session.is_empty()
    simulator.spoil.clear()
    platform.start()


def test_nobody_listens(settings, platform, unused_port) -> None:
    settings.IDENTITY = {
        "issuer": f"http://127.0.0.1:{unused_port}",
        "client_id": "nobody-listens",
        "client_secret": "-",
        "allow_simulator": True,
    }
    with pytest.raises(ProviderUnavailable) as failure:
        platform.start()
    assert (failure.value.code, failure.value.reason) == ("sign-in-provider-unavailable", "metadata")


def test_the_provider_goes_down_in_between(simulator, platform, visitor) -> None:
    callback = visitor.choose(platform.start(), "citizen")
    simulator.spoil.add(Spoil.EXCHANGE_FAILS)
    with pytest.raises(ProviderUnavailable):
        platform.finish(callback)


def test_a_slow_provider_is_not_waited_for(simulator, platform, visitor, settings) -> None:
    callback = visitor.choose(platform.start(), "citizen")
    simulator.spoil.add(Spoil.SLOW_EXCHANGE)
    settings.IDENTITY = settings.IDENTITY | {"timeout": 0.3}
    with pytest.raises(ProviderUnavailable) as failure:
        platform.finish(callback)
    assert failure.value.reason == "token endpoint"


def test_without_signing_keys_nothing_can_be_proven(simulator, platform, visitor) -> None:
    callback = visitor.choose(platform.start(), "citizen")
    simulator.spoil.add(Spoil.BROKEN_KEYS)
    with pytest.raises(ProviderUnavailable) as failure:
        platform.finish(callback)
    assert failure.value.reason == "signing keys"


def test_metadata_of_another_issuer(simulator, platform) -> None:
    simulator.spoil.add(Spoil.FOREIGN_METADATA)
    with pytest.raises(ProviderUnavailable) as failure:
        platform.start()
    assert failure.value.reason == "metadata of another issuer"


def test_the_simulator_is_refused_unless_allowed(simulator, platform, settings) -> None:
    settings.IDENTITY = {key: value for key, value in settings.IDENTITY.items() if key != "allow_simulator"}
    with pytest.raises(ProviderUnavailable) as failure:
        platform.start()
    assert failure.value.reason == "simulator not allowed"


def test_the_platform_itself_is_refused(simulator, platform, visitor, settings) -> None:
    settings.IDENTITY = settings.IDENTITY | {"client_secret": "not-the-secret"}
    with pytest.raises(ProviderUnavailable) as failure:
        platform.sign_in(visitor, "citizen")
    assert failure.value.reason == "token endpoint refused the platform"


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=", "?code=x&state=invented", "?error=access_denied"]
)
def test_an_answer_to_nothing(simulator, platform, query) -> None:
    platform.start()
    with pytest.raises(StateMismatch) as failure:
        platform.finish(f"/callback{query}")
    assert failure.value.code == "sign-in-state-mismatch"


def test_an_answer_to_somebody_elses_browser(simulator, platform, visitor) -> None:
    """An attacker who sends the victim a link to his own sign-in does not get her into his account."""
    callback = visitor.choose(platform.start(), "citizen")
    with pytest.raises(StateMismatch):
        type(platform)().finish(callback)


def test_the_same_answer_twice(simulator, platform, visitor) -> None:
    callback = visitor.choose(platform.start(), "citizen")
    platform.finish(callback)
    with pytest.raises(StateMismatch):
        platform.finish(callback)


def test_the_same_code_in_another_sign_in(simulator, platform, visitor) -> None:
    used = visitor.choose(platform.start(), "citizen")
    platform.finish(used)
    fresh = parameters(platform.start())["state"]
    with pytest.raises(StateMismatch) as failure:
        platform.finish(f"/callback?code={parameters(used)['code']}&state={fresh}")
    assert failure.value.reason == "code refused"


def test_a_stolen_code_is_worthless_without_its_verifier(simulator, platform, visitor) -> None:
    stolen = parameters(visitor.choose(platform.start(), "citizen"))["code"]
    thief = type(platform)()
    state = parameters(thief.start())["state"]
    with pytest.raises(StateMismatch) as failure:
        thief.finish(f"/callback?code={stolen}&state={state}")
    assert failure.value.reason == "code refused"


def test_a_state_without_a_code(simulator, platform) -> None:
    state = parameters(platform.start())["state"]
    with pytest.raises(StateMismatch) as failure:
        platform.finish(f"/callback?state={state}")
    assert failure.value.reason == "no code"
    assert platform.session.is_empty()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Spoil.WRONG_ISSUER, "invalid_claim iss"),
        (Spoil.WRONG_AUDIENCE, "invalid_claim aud"),
        (Spoil.WRONG_NONCE, "invalid_claim nonce"),
        (Spoil.MISSING_NONCE, "missing_claim nonce"),
        (Spoil.EXPIRED, "expired_token exp"),
        (Spoil.FOREIGN_SIGNATURE, "bad_signature"),
        (Spoil.NO_PROOF, "no ID token"),
        (Spoil.MISSING_SUBJECT, "missing_claim sub"),
        (Spoil.MISSING_NAMES, "missing given_name"),
        (Spoil.UNKNOWN_IDENTIFIER, "identifier"),
    ],
)
def test_a_proof_that_is_none(simulator, platform, visitor, fault, reason) -> None:
    simulator.spoil.add(fault)
    with pytest.raises(ClaimsNotUnderstood) as failure:
        platform.sign_in(visitor, "citizen")
    assert (failure.value.code, failure.value.reason) == ("sign-in-claims-not-understood", reason)
    assert platform.session.is_empty()


def test_a_missing_birth_date_is_unknown(simulator, platform, visitor) -> None:
    simulator.spoil.add(Spoil.MISSING_BIRTH_DATE)
    assert platform.sign_in(visitor, "citizen").birth_date is None


def test_the_provider_may_change_its_signing_key(simulator, platform, visitor) -> None:
    platform.sign_in(visitor, "citizen")
    signing_key.cache_clear()
    with Visitor() as another:
        assert platform.sign_in(another, "imk-citizen").given_name == "Jānis"


def test_failures_have_codes_of_their_own() -> None:
    codes = {failure.code for failure in SignInFailure.__subclasses__()}
    assert codes == {
        "sign-in-cancelled",
        "sign-in-provider-unavailable",
        "sign-in-state-mismatch",
        "sign-in-claims-not-understood",
    }
