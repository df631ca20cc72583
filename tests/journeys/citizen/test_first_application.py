"""From the first look at the platform to a submitted application (manual 2–3.4)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import answer_steps, programme_open_in, register, sign_in

from stars.applications.models import Application


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_new_resident_finds_registers_and_applies(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    seen: dict[str, list[str]] = {}

    def look(name: str) -> None:
        seen[name] = violations(page)

    programme = programme_open_in("IMK", "MN")
    page.goto("/")
    look("landing")
    page.goto("/programmas/")
    look("catalogue")
    page.goto(f"/programma/{programme.pk}/")
    look("programme")
    page.goto(f"/profils/pieteikties/{programme.pk}/")
    look("sign-in")
    sign_in(page, "new-citizen")
    look("consent")
    page.get_by_role("button", name="Apstiprināt").click()
    expect(page).to_have_title(re.compile("^Kļūda:"))
    look("consent with error")
    page.locator("#id_accepted").check()
    page.get_by_role("button", name="Apstiprināt").click()
    look("registration")
    page.get_by_role("main").get_by_role("button", name="Saglabāt").click()
    look("registration with errors")
    register(page)
    expect(page).to_have_url(f"{page.url.split('/profils')[0]}/profils/pieteikties/{programme.pk}/")
    look("choice of source")
    page.get_by_role("link", name="Izvēlēties IMK").click()
    look("may I apply")
    page.get_by_role("button", name="Aizpildīt iesniegumu").click()
    answer_steps(page, look=look)
    look("review")
    page.get_by_role("main").get_by_role("button", name="Pieteikties").click()
    look("receipt")
    application = Application.objects.get(applicant__given_name="Līga")
    expect(page.get_by_role("main")).to_contain_text(application.number)
    page.goto("/profils/")
    expect(page.get_by_role("main")).to_contain_text("Aktuālais pieteikums")
    look("home")
    for name, address in (("profile", "mans-profils/"), ("recommended", "programmas/")):
        page.goto(f"/profils/{address}")
        look(name)
    for address in ("palidziba", "noteikumi", "privatuma-politika", "pieklustamiba", "kontakti"):
        page.goto(f"/{address}/")
        look(address)

    assert {name: faults for name, faults in seen.items() if faults} == {}


def test_without_script_everything_works(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP, script=False)
    programme = programme_open_in("IMK", "MN")
    page.goto("/programmas/")
    page.locator("main input[name=q]").fill(programme.title)
    page.get_by_role("button", name="Meklēt").first.click()
    page.get_by_role("main").get_by_role("link", name=programme.title).first.click()
    page.get_by_role("main").get_by_role("link", name="Pieteikties").first.click()
    sign_in(page, "citizen")
    page.get_by_role("link", name="Izvēlēties IMK").click()
    page.get_by_role("button", name="Aizpildīt iesniegumu").click()
    answer_steps(page)
    page.get_by_role("main").get_by_role("button", name="Pieteikties").click()

    expect(page.get_by_role("main")).to_contain_text("Jūsu pieteikums ir iesniegts")
    page.get_by_role("button", name="Iziet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jūs esat izgājis/-gusi")
