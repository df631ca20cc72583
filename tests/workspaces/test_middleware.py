"""What the middleware adds to every answer."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/profils/", "/profils/mans-profils/", "/palidziba/"])
def test_the_back_button_shows_nobody_elses_page(tab: Client, path: str) -> None:
    assert tab.get(path).headers["Cache-Control"] == "no-store"


def test_a_visitors_pages_may_be_kept_by_the_browser(client: Client) -> None:
    assert "no-store" not in client.get("/palidziba/").headers.get("Cache-Control", "")
