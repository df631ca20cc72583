"""A test from the first question to the comparison: left on the computer, taken up on the phone (issue 4, point 1)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.factories.assessments import make_bank
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import sign_in

from stars.assessments.models import Answer, Attempt

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/profils/testi/"


def arrive(page: Page, address: str = LIST) -> Page:
    page.goto(f"/provider/login?next={address}")
    sign_in(page, "citizen")
    return page


def questions(page: Page) -> Locator:
    """The questions of the page."""
    return page.get_by_role("main").locator("form fieldset")


def answer(page: Page, which: int, *, of: int | None = None) -> None:
    """The answer at this place in every question of the page, or in the first few."""
    groups = questions(page)
    for number in range(groups.count() if of is None else of):
        groups.nth(number).get_by_role("radio").nth(which).check()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def take(page: Page, which: int) -> None:
    """From the page of the test to the result, with the same place for every answer."""
    for name in ("Turpināt", "Turpināt", "Pabeigt testu"):
        answer(page, which)
        press(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("MyDigiSkills tests")


def test_take_leave_resume_on_a_phone_see_repeat_and_compare(open_page: Callable[..., Page]) -> None:
    make_bank(21)
    seen: dict[str, list[str]] = {}
    desk = arrive(open_page(DESKTOP))
    seen["list"] = violations(desk)
    desk.get_by_role("link", name=re.compile("^Par testu.*MyDigiSkills tests$")).click()
    seen["start"] = violations(desk)
    press(desk, "Sākt testu")
    answer(desk, 0)
    press(desk, "Turpināt")
    answer(desk, 1, of=3)
    expect(desk.locator("[data-autosave-status]")).to_have_text("Saglabāts")
    attempt = Attempt.objects.get(bank__source__startswith="STARS: our own statements", finished_at=None)
    # The computer is shut: nothing was sent but what the script kept.
    desk.context.close()
    assert Answer.objects.filter(attempt=attempt).count() == 10

    phone = arrive(open_page(PHONE), "/profils/")
    seen["home"] = violations(phone)
    phone.get_by_role("link", name=re.compile("^Turpināt testu")).click()
    expect(phone).to_have_url(re.compile("/2/$"))
    expect(phone.get_by_role("main")).to_contain_text("atbildēts: 10 no 21")
    expect(phone.get_by_role("radio", checked=True)).to_have_count(3)
    press(phone, "Turpināt")
    expect(phone).to_have_title(re.compile("^Kļūda:"))
    seen["page with errors"] = violations(phone)
    phone.get_by_role("link", name="Izvēlieties atbildi uz 11. jautājumu.").click()
    expect(questions(phone).nth(3).get_by_role("radio").first).to_be_focused()
    answer(phone, 1)
    press(phone, "Turpināt")
    answer(phone, 4)
    seen["page"] = violations(phone)
    press(phone, "Pabeigt testu")
    expect(phone.get_by_role("main")).to_contain_text("7 jautājumi Jums nebija skaidri")
    seen["result"] = violations(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    phone.go_back()
    phone.reload()
    expect(phone).to_have_url(re.compile("/rezultats/"))
    phone.get_by_role("link", name="Aizpildīt vēlreiz").click()
    press(phone, "Aizpildīt vēlreiz")
    take(phone, 2)
    phone.get_by_role("link", name="Salīdzināt manus rezultātus").click()
    expect(phone.get_by_role("table", name="Jomas", exact=True).get_by_role("row").nth(1)).to_contain_text(
        "+50"
    )
    seen["compare"] = violations(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert {name: found for name, found in seen.items() if found} == {}


def test_a_page_is_answered_with_the_keyboard_alone(open_page: Callable[..., Page]) -> None:
    make_bank(3)
    page = arrive(open_page(DESKTOP), f"{LIST}digital-skills/")
    press(page, "Sākt testu")
    groups = questions(page)
    groups.first.get_by_role("radio").first.focus()
    for number in range(3):
        page.keyboard.press("Space")
        for _ in range(number):
            page.keyboard.press("ArrowDown")
        expect(groups.nth(number).get_by_role("radio").nth(number)).to_be_checked()
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Pabeigt testu")).to_be_focused()
    page.keyboard.press("Enter")
    # 0, 1 and 2 of 3.
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"33\s%"))


def test_everything_works_without_script(open_page: Callable[..., Page]) -> None:
    make_bank(9)
    page = arrive(open_page(PHONE, script=False), f"{LIST}digital-skills/")
    press(page, "Sākt testu")
    answer(page, 3, of=2)
    press(page, "Saglabāt un turpināt vēlāk")
    page.get_by_role("link", name=re.compile("^Turpināt testu")).click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(2)
    answer(page, 3)
    press(page, "Turpināt")
    answer(page, 3)
    press(page, "Pabeigt testu")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"100\s%"))
