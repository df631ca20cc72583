"""The agency publishes a new version of a survey, after a faulty file, and looks at the report."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.factories.people import PersonFactory
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.surveys.made import invited, question, sent, table
from tests.world import make_round

from stars.people import operations as people


def _file(content: object) -> dict[str, object]:
    raw = json.dumps(content).encode()
    return {"name": "anketa.json", "mimeType": "application/json", "buffer": raw}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_a_file_to_a_report(open_page: Callable[..., Page], viewport: dict[str, int]) -> None:
    page = open_page(viewport)
    main = page.get_by_role("main")
    page.goto("/provider/login")
    main.locator("summary").click()
    main.get_by_role("link", name="darbinieks").click()
    page.locator('[data-person="agency-officer"]').click()
    expect(main).to_be_visible()

    page.goto("/agentura/anketas/")
    expect(main).to_contain_text("Anketu vēl nav")
    assert violations(page) == []
    main.get_by_role("link", name="Jauna versija").click()
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(_file(table(question("a"), question("a"))))
    main.get_by_role("button", name="Pārbaudīt un saglabāt").click()
    expect(main).to_contain_text("kods „a” ir norādīts divreiz")
    assert violations(page) == []
    chooser.set_input_files(_file(table()))
    main.get_by_role("button", name="Pārbaudīt un saglabāt").click()
    expect(main).to_contain_text("Kā to redz klienti")
    assert violations(page) == []
    main.get_by_role("button", name="Publicēt").click()
    expect(main).to_contain_text("Versija ir publicēta.")
    assert violations(page) == []

    round_ = make_round("MN", name="Pārskata kārta")
    for _ in range(7):
        person = PersonFactory()
        sent(invited(person, round=round_), people.actor_of(person))
    main.get_by_role("link", name="Pārskats").click()
    expect(main).to_contain_text("Aizpildījuši: 7")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_label("Vecuma grupa").select_option("55+")
    main.get_by_role("button", name="Rādīt").click()
    expect(main).to_contain_text("Mazāk par piecām atbildēm")
    assert violations(page) == []
