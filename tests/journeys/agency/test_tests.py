"""An officer uploads a bank, looks it over, publishes it, and reads results in figures; each page looked at by axe."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.assessments.banks import finished
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.world import make_person

from stars.assessments.enums import Instrument
from stars.assessments.models import ItemBank
from stars.assessments.own_bank import load_own_banks
from stars.assessments.queries.managing import offered_version
from stars.common import clock

OpenPage = Callable[..., Page]
BANK = {
    "title_lv": "Jauna banka",
    "source": "Pārbaudes jautājumi",
    "items": [
        {"code": "a", "competence": "1.1", "scale": "skill", "text_lv": "Es protu meklēt."},
        {"code": "b", "competence": "4.1", "scale": "attitude", "text_lv": "Es sargāju savas ierīces."},
    ],
}


def is_narrow(page: Page) -> bool:
    """Nothing of the page itself stands over the edge; wide tables scroll within themselves."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def look(page: Page) -> None:
    assert violations(page) == []
    assert is_narrow(page)


@pytest.fixture
def officer(open_page: OpenPage) -> Callable[[dict[str, int]], Page]:
    """An officer of the agency at the list of tests."""

    def enter(viewport: dict[str, int]) -> Page:
        load_own_banks()
        page = open_page(viewport)
        page.goto("/provider/login/darbinieks/")
        page.locator('[data-person="agency-officer"]').click()
        expect(page).to_have_url(re.compile("/agentura/$"))
        page.goto("/agentura/testi/")
        return page

    return enter


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_bank_from_the_file_to_the_people(
    officer: Callable[[dict[str, int]], Page], viewport: dict[str, int]
) -> None:
    page = officer(viewport)
    main = page.get_by_role("main")
    look(page)
    main.get_by_role("link", name="Augšupielādēt jautājumu banku").click()
    look(page)
    faulty = {**BANK, "items": [*BANK["items"], {"code": "a"}]}
    chosen = {"name": "banka.json", "mimeType": "application/json"}
    page.locator("#id_file").set_input_files({**chosen, "buffer": json.dumps(faulty).encode()})
    main.get_by_role("button", name="Augšupielādēt").click()
    expect(main).to_contain_text("3. jautājums: kods „a” jau ir 1. jautājumam")
    look(page)
    page.locator("#id_file").set_input_files({**chosen, "buffer": json.dumps(BANK).encode()})
    main.get_by_role("button", name="Augšupielādēt").click()
    expect(main).to_contain_text("Banka ir saglabāta kā melnraksts")
    expect(main).to_contain_text("Es sargāju savas ierīces.")
    look(page)
    main.get_by_text("Jaunie jautājumi (2)").click()
    expect(main.get_by_text("Es protu meklēt.").first).to_be_visible()
    main.get_by_role("link", name="Publicēt…").click()
    expect(main).to_contain_text("Kas notiks")
    look(page)
    main.get_by_role("button", name="Publicēt versiju").click()
    expect(main).to_contain_text("Versija ir publicēta")
    look(page)
    offered = offered_version(Instrument.DIGITAL_SKILLS)
    assert offered is not None
    assert offered.title_lv == "Jauna banka"
    main.get_by_role("link", name="Izņemt no lietošanas…").click()
    expect(main).to_contain_text("Šo testu neviens nevarēs pildīt")
    look(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_results_in_figures(officer: Callable[[dict[str, int]], Page], viewport: dict[str, int]) -> None:
    page = officer(viewport)
    bank = ItemBank.objects.get(instrument="digital-skills", retired_at=None)
    for number in range(7):
        finished(
            make_person(number + 1), bank, clock.now() - timedelta(hours=1), percent=60, band="intermediate"
        )
    main = page.get_by_role("main")
    main.get_by_role("link", name=re.compile("Rezultāti skaitļos.*MyDigiSkills")).click()
    expect(main.get_by_role("heading", level=1)).to_have_text("Rezultāti skaitļos")
    look(page)
    page.locator("#filter_dalijums").select_option("vecums")
    main.get_by_role("button", name="Rādīt").click()
    expect(page).to_have_url(re.compile("dalijums=vecums"))
    expect(main.get_by_role("row", name=re.compile("Nav zināms"))).to_be_visible()
    look(page)
    with page.expect_download() as download:
        main.get_by_role("link", name="Lejupielādēt kā CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_thresholds_from_the_draft_on(
    officer: Callable[[dict[str, int]], Page], viewport: dict[str, int]
) -> None:
    page = officer(viewport)
    main = page.get_by_role("main")
    main.get_by_role("link", name="Robežas").click()
    look(page)
    main.get_by_role("link", name="Jauna versija").click()
    page.locator("#id_level_2_from").fill("70")
    main.get_by_role("button", name="Saglabāt melnrakstu").click()
    expect(main).to_contain_text("3. līmenim jāsākas augstāk par 2. līmeni")
    look(page)
    page.locator("#id_level_2_from").fill("40")
    main.get_by_role("button", name="Saglabāt melnrakstu").click()
    expect(main).to_contain_text("Melnraksts ir saglabāts")
    look(page)
    main.get_by_role("link", name="Publicēt…").click()
    look(page)
    main.get_by_role("button", name="Publicēt versiju").click()
    expect(main).to_contain_text("Robežas attiecas uz katru testu")
    look(page)
