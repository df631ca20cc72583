"""The provider's addresses, as a WSGI application."""

import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from stars.integrations.identity.issuers import SIMULATOR_MARK
from stars.integrations.identity.simulator import pages
from stars.integrations.identity.simulator.authority import Authority, BadRequest, TokenRefused
from stars.integrations.identity.simulator.clients import SignInRequest, origin_of
from stars.integrations.identity.simulator.spoil import Spoil
from stars.integrations.identity.simulator.texts import TEXTS, language_of
from stars.integrations.identity.simulator.tokens import ALGORITHM, public_keys
from stars.integrations.identity.simulator.tools import tool_called
from stars.integrations.identity.simulator.web import (
    Answer,
    Call,
    as_json,
    credentials,
    message,
    read_call,
    redirect,
    respond,
    session_cookie,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ASSET_TYPES = {"simulator.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}


class Application:
    """Routes calls to the authority. `slow_seconds` is how long a spoilt token endpoint thinks."""

    def __init__(self, authority: Authority, *, slow_seconds: float = 10) -> None:
        self.authority = authority
        self.slow_seconds = slow_seconds
        self.stopping = threading.Event()
        self._routes: dict[tuple[str, str], Callable[[Call], Answer]] = {
            ("GET", "/"): lambda call: message("home"),
            ("GET", "/.well-known/openid-configuration"): self._metadata,
            ("GET", "/keys"): self._keys,
            ("GET", "/authorize"): self._authorize,
            ("POST", "/choice"): self._choice,
            ("POST", "/token"): self._token,
            ("GET", "/sign-out"): self._sign_out,
        }

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return respond(self._answer(read_call(environ)), start_response)

    def _answer(self, call: Call) -> Answer:
        if call.method == "GET" and call.path.startswith("/assets/"):
            return _asset(call.path.removeprefix("/assets/"))
        handler = self._routes.get((call.method, call.path))
        if handler is None:
            return message("not_found", status=HTTPStatus.NOT_FOUND)
        try:
            return handler(call)
        except BadRequest:
            return message("bad_request", status=HTTPStatus.BAD_REQUEST)

    def _metadata(self, _call: Call) -> Answer:
        if Spoil.BROKEN_METADATA in self.authority.spoil:
            return Answer(b"<html>maintenance</html>")
        issuer = self.authority.issuer
        foreign = Spoil.FOREIGN_METADATA in self.authority.spoil
        metadata: dict[str, object] = {
            "issuer": "https://issuer.example" if foreign else issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "end_session_endpoint": f"{issuer}/sign-out",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "ui_locales_supported": sorted(TEXTS),
            SIMULATOR_MARK: True,
        }
        if Spoil.NO_SIGN_OUT in self.authority.spoil:
            del metadata["end_session_endpoint"]
        return as_json(metadata)

    def _keys(self, _call: Call) -> Answer:
        if Spoil.BROKEN_KEYS in self.authority.spoil:
            return Answer(b"", status=HTTPStatus.SERVICE_UNAVAILABLE)
        return as_json(public_keys())

    def _authorize(self, call: Call) -> Answer:
        request = self.authority.read_request(call.query)
        if request.fault:
            return redirect(request.answer(error=request.fault))
        session = self.authority.sessions.get(call.cookie)
        if session is not None and not request.always_ask:
            return redirect(self.authority.hand_out_code(request, session))
        return self._choice_page(call, request)

    def _choice_page(self, call: Call, request: SignInRequest) -> Answer:
        language = language_of(call.query.get("ui_locales", ""))
        other = urlencode({**call.query, "ui_locales": TEXTS[language]["other_language_code"]})
        page = pages.choice_page(
            self.authority.people(),
            language=language,
            request_key=self.authority.requests.keep(request),
            other_language_url=f"/authorize?{other}",
        )
        return Answer(page.encode(), form_targets=origin_of(request.redirect_uri))

    def _choice(self, call: Call) -> Answer:
        request = self.authority.requests.get(call.form.get("request", ""))
        if request is None:
            raise BadRequest
        if call.form.get("action") == "cancel":
            return redirect(request.answer(error="access_denied"))
        tool = tool_called(call.form.get("tool", ""))
        key, address = self.authority.sign_in(request, call.form.get("person", ""), tool)
        return redirect(address, headers=(session_cookie(key),))

    def _token(self, call: Call) -> Answer:
        if Spoil.SLOW_EXCHANGE in self.authority.spoil:
            self.stopping.wait(self.slow_seconds)
        if Spoil.EXCHANGE_FAILS in self.authority.spoil:
            return Answer(b"", status=HTTPStatus.INTERNAL_SERVER_ERROR)
        if not self.authority.is_own_client(*credentials(call.authorization)):
            return as_json({"error": "invalid_client"}, status=HTTPStatus.UNAUTHORIZED)
        try:
            return as_json(self.authority.redeem(call.form))
        except TokenRefused as refusal:
            return as_json({"error": str(refusal)}, status=HTTPStatus.BAD_REQUEST)

    def _sign_out(self, call: Call) -> Answer:
        self.authority.sessions.take(call.cookie)
        forget = (session_cookie(""),)
        address = self.authority.way_back_after_sign_out(call.query)
        if address is not None:
            return redirect(address, headers=forget)
        language = language_of(call.query.get("ui_locales", ""))
        return message("signed_out", language=language, headers=forget)


def _asset(name: str) -> Answer:
    if name not in _ASSET_TYPES:
        return message("not_found", status=HTTPStatus.NOT_FOUND)
    return Answer(pages.asset(name), content_type=_ASSET_TYPES[name])
