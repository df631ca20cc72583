"""Somebody explores themselves in the two tests, leaves one in the middle, and reads what came of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import sign_in

from stars.assessments.own_bank import load_own_banks

pytestmark = pytest.mark.django_db(transaction=True)


def answer_page(page: Page, *, turn: int) -> None:
    """Answer all questions of the page, differently from question to question."""
    groups = page.get_by_role("main").locator("fieldset")
    for place in range(groups.count()):
        options = groups.nth(place).get_by_role("radio")
        options.nth((place + turn) % (options.count() - 1)).check()


def take(page: Page, slug: str) -> None:
    """From the start of a test to its result, leaving it once on the way."""
    main = page.get_by_role("main")
    page.goto(f"/profils/testi/{slug}/")
    main.get_by_role("button", name=re.compile("^(Sākt testu|Aizpildīt vēlreiz)$")).click()
    answer_page(page, turn=0)
    main.get_by_role("button", name="Turpināt", exact=True).click()
    page.goto(f"/profils/testi/{slug}/")
    main.get_by_role("link", name="Turpināt testu").click()
    for turn in range(1, 10):
        answer_page(page, turn=turn)
        last = main.get_by_role("button", name="Pabeigt testu")
        if last.count():
            last.click()
            break
        main.get_by_role("button", name="Turpināt", exact=True).click()
    expect(main).to_contain_text("nevis psiholoģiska diagnostika")


@pytest.mark.parametrize(
    ("viewport", "script"),
    [(PHONE, True), (DESKTOP, True), (PHONE, False)],
    ids=["phone", "desktop", "plain"],
)
def test_explored_and_read(open_page: Callable[..., Page], viewport: dict[str, int], *, script: bool) -> None:
    load_own_banks()
    page = open_page(viewport, script=script)
    main = page.get_by_role("main")
    page.goto("/provider/login")
    sign_in(page, "citizen")
    for slug, pictures, link in (("work-values", 2, None), ("growth", 0, "Izvēlēties programmu")):
        take(page, slug)
        expect(main.get_by_role("img")).to_have_count(pictures)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if script:
            assert violations(page) == []
        if link:
            expect(main.get_by_role("link", name=link).first).to_be_visible()
    take(page, "growth")
    expect(main.get_by_role("heading", name="Kas ir mainījies")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if script:
        assert violations(page) == []
