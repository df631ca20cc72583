"""Looking for a programme: filters that apply themselves, by keyboard alone, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import programme_open_in, register, sign_in

COUNT = "#result-count"


def number(page: Page) -> int:
    """How many programmes the page says that there are."""
    return int(re.sub(r"\D", "", page.locator(COUNT).inner_text()))


def test_ticks_apply_themselves_and_the_keyboard_stays_where_it_was(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    page.goto("/programmas/")
    everything = number(page)
    page.locator("#finansejums-imk").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"/programmas/\?finansejums=imk$"))
    expect(page.locator("#finansejums-imk")).to_be_focused()
    expect(page.locator("#finansejums-imk")).to_be_checked()
    expect(page.locator(".app-chip")).to_have_count(1)
    assert 0 < number(page) < everything
    page.go_back()
    expect(page.locator(".app-chip")).to_have_count(0)
    expect(page.locator("#finansejums-imk")).not_to_be_checked()
    assert number(page) == everything


def test_the_search_proposes_while_typing_and_keeps_every_letter(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    page.goto("/programmas/")
    page.locator("#q").focus()
    # At once: a slow machine would propose in between, and again while one has chosen already.
    page.keyboard.insert_text("metinas")
    proposals = page.locator("#suggestions [role=option]")
    expect(proposals.first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    proposal = proposals.first.inner_text()
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", "suggestion-1")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(proposal)
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("mark").first).to_be_visible()
    page.keyboard.type(" zz", delay=200)
    expect(page.locator("#q")).to_have_value(f"{proposal} zz")


def test_an_answer_that_breaks_off_in_the_middle_is_no_fault(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    page.goto("/programmas/")
    page.evaluate(
        "window.fetch = async () => ({ok: true, text: async () => {"
        " setTimeout(() => (document.body.dataset.brokenOff = '')); throw new DOMException('gone', 'AbortError'); }})"
    )
    page.locator("#q").focus()
    page.keyboard.insert_text("metinas")
    expect(page.locator("body[data-broken-off]")).to_have_count(1)
    expect(page.locator("#suggestions")).to_be_hidden()


def test_by_keyboard_alone_from_the_search_to_the_programme(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    page.goto("/programmas/?q=datu&finansejums=imk")
    title = page.locator(".app-result h2 a").first
    for _ in range(150):
        if title.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(title).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/programma/\d+/$"))


def test_ticked_programmes_stand_side_by_side(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/programmas/?nozare=energetika")
    ticks = page.locator(".app-result__compare input")
    ticks.nth(0).check()
    expect(page).to_have_url(re.compile(r"p=\d+$"))
    ticks.nth(1).check()
    expect(page).to_have_url(re.compile(r"p=\d+&p=\d+$"))
    page.locator("#compare-bar a").first.click()
    expect(page.locator(".app-narrow-only section")).to_have_count(2)
    assert violations(page) == []


def test_filters_on_a_phone_lie_over_the_results(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/programmas/")
    page.locator(".app-toolbar__filters").click()
    page.locator("#finansejums-mn").check()
    expect(page).to_have_url(re.compile(r"finansejums=mn$"))
    assert violations(page) == []
    page.locator(".app-filters__show").click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".app-chip")).to_have_count(1)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_scripts_everything_can_be_done(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(viewport, script=False)
    page.goto("/programmas/")
    everything = number(page)
    if viewport is PHONE:
        page.locator(".app-toolbar__filters").click()
    page.locator("#finansejums-imk").check()
    page.locator("#facets button[type=submit]").click()
    assert 0 < number(page) < everything
    page.locator("#q").fill("datu")
    page.locator("#q").press("Enter")
    expect(page).to_have_url(re.compile("q=datu.*finansejums=imk"))
    ticks = page.locator(".app-result__compare input")
    ticks.nth(0).check()
    ticks.nth(1).check()
    page.locator("#compare-bar button").click()
    expect(page.locator("th[scope=col]")).to_have_count(2)


def test_a_wish_from_before_the_sign_in_is_carried_out_after_it(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE)
    page.goto("/programmas/?nozare=energetika")
    page.locator(".app-result h2 a").first.click()
    programme = page.url
    page.get_by_role("link", name="Pievienot izlasei").click()
    sign_in(page, "new-citizen")
    page.locator("#id_accepted").check()
    page.get_by_role("button", name="Apstiprināt").click()
    register(page)
    expect(page).to_have_url(programme)
    expect(page.get_by_role("button", name="Izlasē – izņemt")).to_be_visible()


def test_a_link_from_elsewhere_only_asks(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    page.goto(f"/profils/izlase/pievienot/{programme_open_in('IMK').pk}/")
    sign_in(page, "citizen")
    button = page.get_by_role("main").get_by_role("button", name="Pievienot izlasei")
    expect(button).to_be_visible()
    assert violations(page) == []
    button.click()
    expect(page.get_by_role("button", name="Izlasē – izņemt")).to_be_visible()
