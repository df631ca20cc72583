"""A real browser, the real server, the real national sign-in simulator, and the demonstration's catalogue."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from stars.demo import operations as demo
from stars.integrations.identity.simulator.clients import RegisteredClient
from stars.integrations.identity.simulator.server import Simulator

# Playwright keeps an event loop in the thread; Django would otherwise refuse to touch the database from it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# However slow the machine is: what is expected comes, or a test fails for good.
_PATIENCE_MILLISECONDS = 60_000
expect.set_options(timeout=_PATIENCE_MILLISECONDS)
AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(
    encoding="utf-8"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, as `scripts/chromium` found it."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }


@pytest.fixture
def place(transactional_db: None, live_server: LiveServer, settings: Any) -> Iterator[str]:
    """Address of the running platform, with the demonstration's data."""
    demo.make_anew()
    client = RegisteredClient(client_id=f"journey-{uuid.uuid4()}", origins=frozenset({live_server.url}))
    with Simulator(client=client) as simulator:
        settings.IDENTITY = {
            "issuer": simulator.issuer,
            "client_id": client.client_id,
            "client_secret": client.client_secret,
            "timeout": 30,
            "scopes": "openid",
            "allow_simulator": True,
        }
        yield live_server.url


@pytest.fixture
def open_page(browser: Browser, place: str) -> Iterator[Callable[..., Page]]:
    """A page at the given width; faults of the page's scripts and of its security policy fail the test."""
    faults: list[str] = []
    contexts = []

    def open_one(viewport: dict[str, int], *, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=place,
            viewport=viewport,
            java_script_enabled=script,
            reduced_motion="reduce",  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MILLISECONDS)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands when all of it is there, in words."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}}).then(r => r.violations)")
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page has to be moved sideways to be read."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*violations(page), *(["sideways scrolling"] if wide else [])]
