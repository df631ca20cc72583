"""Signing in and out by OpenID Connect: authorization code with PKCE, state and nonce.

Views call `start`, `finish` and `end_session_url`; every failure is a `SignInFailure`. The library keeps
state, nonce and code verifier in the session until the answer comes; nothing else is kept here.
"""

import time
from functools import lru_cache
from typing import Any

import requests
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import DjangoIntegration, OAuth
from django.http import HttpRequest, HttpResponse
from joserfc.errors import ClaimError, JoseError

from stars.integrations.identity.claims import assertion_from
from stars.integrations.identity.failures import (
    ClaimsNotUnderstood,
    ProviderUnavailable,
    SignInCancelled,
    SignInFailure,
    StateMismatch,
)
from stars.integrations.identity.provider import Provider, configured_provider, discover
from stars.integrations.identity.types import IdentityAssertion

_NAME = "national"
_STATES = DjangoIntegration(_NAME)
_METADATA_SECONDS = 3600
_CLOCK_SKEW_SECONDS = 60
_REFUSED_BY_PERSON = frozenset(
    {"access_denied", "consent_required", "interaction_required", "login_required"}
)


def start(
    request: HttpRequest, redirect_uri: str, ui_locale: str, *, ask_again: bool = False
) -> HttpResponse:
    """Return the redirect to the national sign-in; raise `ProviderUnavailable`.

    `redirect_uri` is the absolute address of the view that calls `finish`. With `ask_again` the national side
    must not sign in whoever used this browser last. Answer a GET with it: a redirect after a POST is stopped
    by the content security policy.
    """
    extra = {"prompt": "login"} if ask_again else {}
    client = _client(configured_provider())
    answer: HttpResponse = client.authorize_redirect(request, redirect_uri, ui_locales=ui_locale, **extra)
    return answer


def finish(request: HttpRequest) -> IdentityAssertion:
    """Return who signed in, from the national side's redirect back; raise a `SignInFailure`.

    The state is used up whatever the outcome, so the same address never works twice.
    """
    state = request.GET.get("state")
    if not state or _STATES.get_state_data(request.session, state) is None:
        raise StateMismatch("unknown state")
    try:
        return _proven(request)
    finally:
        _STATES.clear_state_data(request.session, state)


def end_session_url(
    request: HttpRequest, *, post_logout_redirect_uri: str, ui_locale: str = "", id_token_hint: str = ""
) -> str | None:
    """Return the address that ends the national session and comes back, or None when there is none to be had.

    Sign-out must never fail for want of the provider, hence None. Leave `id_token_hint` out unless the
    provider insists on it: the token holds the personal code, which belongs in no address.
    """
    provider = configured_provider()
    try:
        metadata: dict[str, Any] = _client(provider).server_metadata
    except ProviderUnavailable:
        return None
    if "end_session_endpoint" not in metadata:
        return None
    params = {
        "client_id": provider.client_id,
        "post_logout_redirect_uri": post_logout_redirect_uri,
        "ui_locales": ui_locale,
        "id_token_hint": id_token_hint,
    }
    address: str = add_params_to_uri(
        metadata["end_session_endpoint"], [(name, value) for name, value in params.items() if value]
    )
    return address


def _proven(request: HttpRequest) -> IdentityAssertion:
    if refusal := request.GET.get("error"):
        raise _refusal(refusal)
    if not request.GET.get("code"):
        raise StateMismatch("no code")
    provider = configured_provider()
    client = _client(provider)
    _load_keys(client)
    try:
        token = client.authorize_access_token(
            request, claims_options=_claims_options(provider), leeway=_CLOCK_SKEW_SECONDS
        )
    except OAuthError as error:
        raise _token_refusal(error) from error
    except JoseError as error:
        raise ClaimsNotUnderstood(_token_fault(error)) from error
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnavailable("token endpoint") from error
    if not token.get("userinfo"):
        raise ClaimsNotUnderstood("no ID token")
    return assertion_from(token["userinfo"], id_token=token["id_token"])


def _client(provider: Provider) -> Any:
    """Return the library's client; metadata and keys are fetched anew every hour."""
    return _client_of_period(provider, int(time.monotonic() // _METADATA_SECONDS))


@lru_cache(maxsize=4)
def _client_of_period(provider: Provider, _period: int) -> Any:
    return OAuth().register(
        _NAME,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        client_kwargs={
            "scope": provider.scopes,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_basic",
            # Not `timeout`, which the library takes without a word and does not use.
            "default_timeout": provider.timeout,
        },
        **discover(provider),
    )


def _load_keys(client: Any) -> None:
    """Fetch the signing keys if not known yet, so that their absence is not taken for a bad token."""
    try:
        keys = client.fetch_jwk_set()
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnavailable("signing keys") from error
    if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
        client.server_metadata.pop("jwks", None)
        raise ProviderUnavailable("signing keys")


def _claims_options(provider: Provider) -> dict[str, dict[str, object]]:
    """Return what the library must insist on; without this it accepts any audience (seen in authlib 1.9)."""
    return {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "exp": {"essential": True},
        "nonce": {"essential": True},
    }


def _refusal(error: str) -> SignInFailure:
    """Return the failure for an error in the redirect; an unknown one is the provider's affair."""
    if error in _REFUSED_BY_PERSON:
        return SignInCancelled(error)
    return ProviderUnavailable("refused the request")


def _token_refusal(error: OAuthError) -> SignInFailure:
    if error.error == "invalid_grant":
        return StateMismatch("code refused")
    if error.error == "mismatching_state":
        return StateMismatch("unknown state")
    return ProviderUnavailable("token endpoint refused the platform")


def _token_fault(error: JoseError) -> str:
    return f"{error.error} {error.claim}" if isinstance(error, ClaimError) else error.error
