"""Withdrawing and choosing another programme (manual 3.4.2), and the whole way by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import answer_steps, programme_open_in, sign_in

from stars.applications.models import Application


def _apply(page: Page, programme_id: int) -> None:
    page.goto(f"/profils/pieteikties/{programme_id}/?finansejums=IMK")
    page.get_by_role("button", name="Aizpildīt iesniegumu").click()
    answer_steps(page)
    page.get_by_role("main").get_by_role("button", name="Pieteikties").click()
    expect(page.get_by_role("main")).to_contain_text("Jūsu pieteikums ir iesniegts")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_withdraw_and_choose_another(open_page: Callable[..., Page], viewport: dict[str, int]) -> None:
    page = open_page(viewport)
    first = programme_open_in("IMK")
    second = programme_open_in("IMK", but=first)
    page.goto("/provider/login")
    sign_in(page, "citizen")
    _apply(page, first.pk)

    page.goto(f"/profils/pieteikties/{second.pk}/?finansejums=IMK")
    expect(page.get_by_role("button", name="Aizpildīt iesniegumu")).to_have_count(0)
    page.goto("/profils/")
    page.get_by_role("main").get_by_role("link", name="Atteikties").click()
    assert violations(page) == []
    page.get_by_label("Izvēlējos citu programmu").check()
    page.get_by_role("button", name="Atteikties").click()
    expect(page.get_by_role("main")).to_contain_text("Jūs esat atteicies/-kusies")
    _apply(page, second.pk)

    left = Application.objects.filter(applicant__given_name="Anna").order_by("pk")
    assert list(left.values_list("programme", "status")) == [
        (first.pk, "withdrawn"),
        (second.pk, "submitted"),
    ]


def _tab_to(page: Page, selector: str, *, limit: int = 250) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_keyboard_alone_goes_through_catalogue_and_form(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    programme = programme_open_in("IMK", "MN")
    page.goto("/provider/login")
    sign_in(page, "citizen")
    page.goto("/programmas/")
    _tab_to(page, "main input[name=q]")
    page.keyboard.type(programme.title)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    _tab_to(page, f'main a[href^="/programma/{programme.pk}/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/programma/{programme.pk}/**")
    _tab_to(page, f'a[href^="/profils/pieteikties/{programme.pk}/"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    _tab_to(page, 'a[href$="finansejums=IMK"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**finansejums=IMK**")
    _tab_to(page, "main form[method=post] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/solis/contact/")
    _tab_to(page, "#id_region")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/solis/place/")
    _tab_to(page, "input[name=place]")
    page.keyboard.press("Space")
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/solis/programme/")
    for selector in ("#id_knows_contents", "#id_not_learned_before", "input[name=choice_reasons]"):
        _tab_to(page, selector)
        page.keyboard.press("Space")
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/solis/background/")
    _tab_to(page, "#id_occupation")
    page.keyboard.type("Pavāre")
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/parskats/")
    _tab_to(page, 'main form[method="post"] button')
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_contain_text("Jūsu pieteikums ir iesniegts")
