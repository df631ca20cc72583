"""The warning before an idle session ends, as somebody sees it who has gone to the door."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, violations
from tests.journeys.steps import sign_in

ADDRESS = "/profils/mans-profils/"
# The browser gives the server twelve seconds more, and the server ten.
WAIT = 45_000


def test_warning_then_end_and_what_was_typed_is_kept(open_page: Callable[..., Page], settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS, settings.SESSION_WARNING_SECONDS = 9, 4
    page = open_page(PHONE)
    page.goto(f"/provider/login?next={ADDRESS}")
    sign_in(page, "citizen")
    page.locator("#id_phone").fill("29 000 000")
    warning = page.get_by_role("dialog", name="Vai vēl esat šeit?")
    # Saving what is typed is a sign of life: the time counts from there.
    expect(page.locator("[data-autosave-status]")).to_have_text("Saglabāts")
    expect(warning).to_be_hidden()
    expect(warning).to_be_visible(timeout=WAIT)
    expect(warning.get_by_role("timer")).to_have_text(re.compile("^0:0[0-4]$"))
    expect(warning.get_by_role("button", name="Turpināt darbu")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(warning).to_be_visible()
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(page.locator("#id_phone")).to_have_value("29 000 000")

    page.wait_for_url("**/provider/login**", timeout=WAIT)

    main = page.get_by_role("main")
    expect(main).to_contain_text("Jūsu sesija ir beigusies")
    sign_in(page, "citizen")
    expect(page.locator("#id_phone")).to_have_value("29 000 000")


def test_leaving_from_the_warning_signs_out(open_page: Callable[..., Page], settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS, settings.SESSION_WARNING_SECONDS = 5, 4
    page = open_page(PHONE)
    page.goto("/provider/login")
    sign_in(page, "citizen")
    page.get_by_role("dialog", name="Vai vēl esat šeit?").get_by_role("button", name="Iziet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jūs esat izgājis/-gusi")
