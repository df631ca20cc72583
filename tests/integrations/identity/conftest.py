"""The platform's side of a sign-in, without its pages: requests with a session, and a running simulator."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import RequestFactory
from tests.integrations.identity.visitor import Visitor

from stars.integrations.identity import client
from stars.integrations.identity.types import IdentityAssertion

CALLBACK = "http://127.0.0.1:8000/callback"
TODAY = date(2026, 11, 24)


class Platform:
    """One browser session on the platform."""

    def __init__(self) -> None:
        self.session = SessionBase()

    def request(self, address: str = "/") -> HttpRequest:
        request = RequestFactory().get(address)
        request.session = self.session
        return request

    def start(self, *, ui_locale: str = "lv", ask_again: bool = False) -> str:
        """Begin to sign in; return the address of the national sign-in."""
        answer = client.start(self.request(), CALLBACK, ui_locale, ask_again=ask_again)
        return str(answer["Location"])

    def finish(self, callback_url: str) -> IdentityAssertion:
        return client.finish(self.request(callback_url))

    def sign_in(self, visitor: Visitor, slug: str, *, tool: str = "eparaksts-mobile") -> IdentityAssertion:
        return self.finish(visitor.choose(self.start(), slug, tool=tool))


@pytest.fixture
def national_day() -> Callable[[], date]:
    """One day, so that the minor's code is always the same."""
    return lambda: TODAY


@pytest.fixture
def platform() -> Platform:
    return Platform()
