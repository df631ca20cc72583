"""What a person does on the pages, in words that journeys share."""

from collections.abc import Callable

from playwright.sync_api import Page

from stars.applications.sources import sources_of
from stars.catalogue.models import Programme
from stars.catalogue.queries.offers import published_programmes
from stars.common import clock


def programme_open_in(*schemes: str, but: Programme | None = None) -> Programme:
    """The first programme of the demonstration that all the sources pay for now."""
    for programme in published_programmes().order_by("pk"):
        opened = {option.scheme.value for option in sources_of(programme, at=clock.now()) if option.is_open}
        if set(schemes) <= opened and programme != but:
            return programme
    raise LookupError(schemes)


def sign_in(page: Page, slug: str) -> None:
    """From the sign-in page through the national one."""
    main = page.get_by_role("main")
    main.locator("summary").click()
    main.get_by_role("link", name="iedzīvotājs").click()
    page.locator(f'[data-person="{slug}"]').click()


def begin_work(page: Page, slug: str, *, choice: str = "darbinieks") -> None:
    """Straight to the national sign-in, as somebody who works; `choice` is another way in."""
    page.goto(f"/provider/login/{choice}/")
    page.locator(f'[data-person="{slug}"]').click()


def register(page: Page) -> None:
    """Fill in the registration form."""
    page.locator("#id_email").fill("liga.jaunzeme@klients.example")
    page.locator("#id_phone").fill("20000123")
    for name in ("economic_status", "education", "registration_reasons", "fields_of_interest", "how_heard"):
        page.locator(f"input[name={name}]").first.check()
    page.get_by_role("main").get_by_role("button", name="Saglabāt").click()


def answer_steps(page: Page, *, look: Callable[[str], None] = lambda name: None) -> None:
    """The four steps of an IMK application."""
    main = page.get_by_role("main")
    onward = main.get_by_role("button", name="Turpināt", exact=True)
    look("contact")
    page.locator("#id_region").select_option(index=1)
    onward.click()
    look("place")
    page.locator("input[name=place]").first.check()
    onward.click()
    look("about the programme")
    page.locator("#id_knows_contents").check()
    page.locator("#id_not_learned_before").check()
    page.locator("input[name=choice_reasons]").first.check()
    onward.click()
    look("background")
    page.locator("#id_occupation").fill("Pavāre")
    onward.click()
