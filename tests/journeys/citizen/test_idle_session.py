"""The warning before an idle session ends, as somebody sees it who has gone to the door.

The clock of the browser is put on, and the server's memory of the last request back; nobody waits.
"""

import re
from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import sign_in

from stars.people.session_store import SessionStore
from stars.workspaces.sessions import LAST_SEEN

ADDRESS, KEPT_AT = "/profils/mans-profils/", "**/profils/melnraksts/*/"
# Of fifteen minutes the last two are warned of. The browser gives the server twelve seconds more, the server ten.
UNTIL_WARNING, UNTIL_END, IN_SECONDS = "13:01", "02:13", 15 * 60 + 13


def go_to_the_door(page: Page) -> None:
    """Nothing is done until the warning comes."""
    page.clock.fast_forward(UNTIL_WARNING)


def stay_there(page: Page) -> None:
    """Nothing is done until the end."""
    session = SessionStore(session_key=Session.objects.get().session_key)
    session[LAST_SEEN] -= IN_SECONDS
    session.save()
    page.clock.fast_forward(UNTIL_END)


def test_warning_then_end_and_what_was_typed_is_kept(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.clock.install()
    page.goto(f"/provider/login?next={ADDRESS}")
    sign_in(page, "citizen")
    page.locator("#id_phone").fill("29 000 000")
    warning = page.get_by_role("dialog", name="Vai vēl esat šeit?")
    # Saving what is typed is a sign of life: the time counts from there.
    expect(page.locator("[data-autosave-status]")).to_have_text("Saglabāts")
    expect(warning).to_be_hidden()
    go_to_the_door(page)
    expect(warning).to_be_visible()
    expect(warning.get_by_role("timer")).to_have_text(re.compile(r"^1:\d\d$"))
    expect(warning.get_by_role("button", name="Turpināt darbu")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(warning).to_be_visible()
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(page.locator("#id_phone")).to_have_value("29 000 000")

    go_to_the_door(page)
    expect(warning).to_be_visible()
    stay_there(page)
    page.wait_for_url("**/provider/login**")

    main = page.get_by_role("main")
    expect(main).to_contain_text("Jūsu sesija ir beigusies")
    sign_in(page, "citizen")
    expect(page.locator("#id_phone")).to_have_value("29 000 000")


def test_what_is_typed_while_an_earlier_state_is_saved_is_not_taken_for_saved(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(DESKTOP)
    page.goto(f"/provider/login?next={ADDRESS}")
    sign_in(page, "citizen")
    kept_back: list[Route] = []

    def keep_back(route: Route) -> None:
        kept_back.append(route)

    page.route(KEPT_AT, keep_back)
    phone, unsaved = page.locator("#id_phone"), page.locator("form[data-typed]")
    with page.expect_request(KEPT_AT):
        phone.fill("29 000 000")
    phone.fill("29 000 001")
    # The second saving begins when the first is over.
    with page.expect_request(KEPT_AT):
        kept_back[0].continue_()
    expect(unsaved).to_have_count(1)
    expect(page.get_by_text("Saglabāts", exact=True)).to_have_count(0)
    kept_back[1].continue_()
    expect(unsaved).to_have_count(0)
    expect(page.get_by_text("Saglabāts", exact=True)).to_be_visible()
    # Nor does what was said of the last state stand beside the next one.
    page.evaluate(
        "addEventListener('input', () => { window.said = document.querySelector('[data-autosave-status]').textContent })"
    )
    phone.fill("29 000 002")
    assert page.evaluate("said") == ""


def test_leaving_from_the_warning_signs_out(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.clock.install()
    page.goto("/provider/login")
    sign_in(page, "citizen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Labdien")
    page.wait_for_load_state()
    go_to_the_door(page)
    page.get_by_role("dialog", name="Vai vēl esat šeit?").get_by_role("button", name="Iziet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jūs esat izgājis/-gusi")
