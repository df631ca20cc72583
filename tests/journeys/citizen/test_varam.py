"""From “Pieteikties” at a VARAM programme through the level test to the receipt (manual 3.4.3)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.assessments.leveling import best
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import sign_in

from stars.applications.models import Application
from stars.assessments.models import Attempt, Item
from stars.catalogue import live
from stars.catalogue.of_level import Home, of_level
from stars.common import clock


def programme_of(level: int) -> int:
    """The last of the demonstration's programmes of the level that take applications now."""
    documents = [entry.document for entry in live.snapshot().entries.values()]
    return of_level(documents, level, home=Home(), now=clock.now().timestamp())[-1].id


def answer(page: Page, item: Item, *, well: bool) -> None:
    """One question, with the mouse."""
    value = str(best(item)) if well else "-"
    page.locator(f'input[name="q{item.pk}"][value="{value}"]').check()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_beginner_finds_a_level_and_applies(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    main = page.get_by_role("main")
    seen: dict[str, list[str]] = {}

    def look(name: str) -> None:
        seen[name] = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name

    programme = programme_of(2)
    page.goto(f"/programma/{programme}/")
    main.get_by_role("link", name="Pieteikties").first.click()
    sign_in(page, "varam-citizen")
    expect(main).to_contain_text("Kādēļ šis tests?")
    look("intro")
    main.get_by_role("button", name="Sākt testu").click()
    expect(main).to_contain_text("1.–5. jautājums no 20")

    attempt = Attempt.objects.get()
    items = Item.objects.in_bulk(attempt.asked)
    for number in (1, 2, 3, 4):
        look(f"page {number}")
        for key in attempt.asked[(number - 1) * 5 : number * 5]:
            # The easier half is known.
            answer(page, items[key], well=attempt.asked.index(key) < 10)
        main.get_by_role("button", name="Pabeigt testu" if number == 4 else "Turpināt", exact=True).click()
    expect(main).to_contain_text("2. līmenis – digitālās pašapkalpošanās pamatprasmes")
    expect(main).to_contain_text("Izvēlētā programma atbilst Jūsu līmenim")
    look("result")

    main.get_by_role("link", name="Turpināt pieteikšanos").click()
    look("may I apply")
    main.get_by_role("button", name="Aizpildīt iesniegumu").click()
    look("contact")
    onward = main.get_by_role("button", name="Turpināt", exact=True)
    onward.click()
    look("place")
    page.locator("input[name=place]").first.check()
    onward.click()
    look("programme")
    page.locator("#id_knows_contents").check()
    onward.click()
    look("review")
    main.get_by_role("button", name="Pieteikties").click()
    expect(main).to_contain_text("Jūsu pieteikums ir iesniegts")
    look("receipt")
    application = Application.objects.get(programme=programme)
    assert (application.scheme, application.status) == ("VARAM", "submitted")

    page.goto(f"/profils/pieteikties/{programme_of(3)}/")
    look("another level")
    page.goto("/profils/testi/limena-tests/?atkartot=1")
    look("again")
    assert {name: faults for name, faults in seen.items() if faults} == {}
