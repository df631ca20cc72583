"""HTTP calls and answers, between WSGI and the provider's addresses."""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from stars.integrations.identity.simulator import pages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_COOKIE = "national_session_simulator"
_FORM_LIMIT_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request, read."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    cookie: str
    authorization: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()
    form_targets: str = ""


def read_call(environ: "WSGIEnvironment") -> Call:
    """Return the call that the server received."""
    length = min(int(environ.get("CONTENT_LENGTH") or 0), _FORM_LIMIT_BYTES)
    body = environ["wsgi.input"].read(length).decode("utf-8", "replace") if length else ""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        cookies.clear()
    return Call(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", ""),
        query=dict(parse_qsl(environ.get("QUERY_STRING", ""))),
        form=dict(parse_qsl(body)),
        cookie=cookies[_COOKIE].value if _COOKIE in cookies else "",
        authorization=environ.get("HTTP_AUTHORIZATION", ""),
    )


def credentials(authorization: str) -> tuple[str, str]:
    """Return name and secret of HTTP basic authentication, empty when there are none."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(name), unquote(secret)


def message(
    name: str,
    *,
    language: str = "lv",
    status: HTTPStatus = HTTPStatus.OK,
    headers: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """Return a page that only says something."""
    return Answer(pages.message_page(name, language=language).encode(), status=status, headers=headers)


def as_json(content: dict[str, object], *, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """Return an answer for machines."""
    return Answer(json.dumps(content).encode(), content_type="application/json", status=status)


def redirect(address: str, *, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Return an answer that sends the browser on."""
    return Answer(b"", status=HTTPStatus.SEE_OTHER, headers=(("Location", address), *headers))


def session_cookie(key: str) -> tuple[str, str]:
    """Return the header that keeps a national session in the browser, or removes it when the key is empty."""
    age = "" if key else "; Max-Age=0"
    return "Set-Cookie", f"{_COOKIE}={key}; Path=/; HttpOnly; SameSite=Lax{age}"


def respond(answer: Answer, start_response: "StartResponse") -> Iterable[bytes]:
    """Send an answer, with the headers that every answer has."""
    headers = [
        ("Content-Type", answer.content_type),
        ("Content-Length", str(len(answer.body))),
        ("Content-Security-Policy", _content_policy(answer.form_targets)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        *answer.headers,
    ]
    start_response(f"{answer.status.value} {answer.status.phrase}", headers)
    return [answer.body]


def _content_policy(form_targets: str) -> str:
    # Browsers apply form-action to the redirect that follows a form, hence the platform's origin.
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {form_targets}".rstrip()
    )
