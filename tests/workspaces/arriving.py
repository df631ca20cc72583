"""One browser between the platform and the national sign-in."""

import re
from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from tests.integrations.identity.visitor import Visitor

_LINK = re.compile(r'href="([^"]+)"')


class Traveller:
    """Keeps the cookies of both sides."""

    def __init__(self, national: Visitor, client: Client | None = None) -> None:
        self.client = client or Client()
        self.national = national

    def start(self, *, wanted: str = "", choice: str = "iedzivotajs") -> HttpResponse:
        """Press a choice of the list."""
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return self.client.get(f"/provider/login/{choice}/{query}")

    def chosen(self, slug: str, **options: str) -> str:
        """Press a choice and a person; the address that the browser is sent back to."""
        return self.national.choose(self.start(**options)["Location"], slug)

    def cancelled(self) -> str:
        """Press a choice and give up; the address that the browser is sent back to."""
        return self.national.cancel(self.start()["Location"])

    def sign_in(self, slug: str, **options: str) -> HttpResponse:
        """The whole way; the platform's answer to the redirect back."""
        return self.client.get(self.chosen(slug, **options))

    @property
    def person_id(self) -> str | None:
        """Whose session it is."""
        found: str | None = self.client.session.get(SESSION_KEY)
        return found


def links(response: HttpResponse) -> list[str]:
    """Where the page's links lead."""
    return [address.replace("&amp;", "&") for address in _LINK.findall(response.content.decode())]
