"""An officer's day at the queue: confirm, refuse, return, confirm many; a second officer examines a refusal again."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from tests.applications.seating import PROMISED
from tests.factories import ApplicationFactory
from tests.journeys.conftest import DESKTOP, PHONE, faults
from tests.journeys.steps import begin_work, programme_open_in

from stars.applications.models import Application
from stars.catalogue.models import Round
from stars.common import clock

QUEUE = "/agentura/pieteikumi/"


def _queue() -> list[Application]:
    """Five who wait for a decision, oldest first; the first of them does not meet a rule."""
    programme = programme_open_in("MN")
    round_ = Round.objects.filter(scheme="MN", opens_at__lt=clock.now(), closes_at__gt=clock.now()).latest(
        "pk"
    )
    begun = clock.now() - timedelta(days=4)
    return [
        ApplicationFactory(
            submitted=True,
            applicant__family_name=name,
            findings=[{"rule": "adult", "verdict": "not-met" if name == "Pirmā" else "met"}],
            programme=programme,
            round=round_,
            promised=PROMISED | {"programme": programme.title},
            submitted_at=begun + timedelta(minutes=number),
        )
        for number, name in enumerate(("Pirmā", "Otrā", "Trešā", "Ceturtā", "Piektā"))
    ]


def _choose(main: Locator, form: str, reason: str) -> Locator:
    """The form of a step with a reason ticked; its part of the page is opened by the keyboard."""
    part = main.locator(f'details:has(form[action*="/{form}/"])')
    part.locator("summary").press("Enter")
    part.get_by_label(reason, exact=True).check()
    return part


def _text_of(download: Callable[[], object], page: Page) -> str:
    with page.expect_download() as kept:
        download()
    content = Path(kept.value.path()).read_bytes()
    return " ".join(" ".join(leaf.extract_text() for leaf in PdfReader(BytesIO(content)).pages).split())


def _stands(application: Application) -> str:
    application.refresh_from_db()
    return application.status


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_officer_decides_and_another_examines_again(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    first, second, third, fourth, fifth = _queue()
    page = open_page(viewport)
    main = page.get_by_role("main")
    begin_work(page, "agency-officer")
    page.goto(QUEUE)
    expect(main.locator("tbody tr")).to_have_count(5)
    assert faults(page) == []
    page.goto(f"{QUEUE}?avots=MN&karta={first.round_id}")
    assert faults(page) == []
    main.get_by_role("link", name=re.compile("Pirmā")).click()
    page.wait_for_url(f"**/{first.public_id}/**")
    assert faults(page) == []

    # A rule is not met: without a note nothing happens, and what is missing is said.
    confirm = main.get_by_role("button", name="Apstiprināt", exact=True)
    confirm.press("Enter")
    expect(page.locator("#id_confirm-note")).to_have_attribute("aria-invalid", "true")
    assert faults(page) == []
    page.locator("#id_confirm-note").fill("Iesniegta izziņa no darba devēja.")
    page.keyboard.press("Tab")
    expect(confirm).to_be_focused()
    page.keyboard.press("Enter")
    expect(main).to_contain_text(f"{second.number}")
    assert (_stands(first), first.decisions.get().note) == ("eligible", "Iesniegta izziņa no darba devēja.")

    # On to the next by itself: refused with a reason, and its document can be read.
    part = _choose(main, "atteikt", "Nodarbinātība pieteikuma iesniegšanas dienā nav apstiprināta")
    part.get_by_role("button", name="Parādīt ziņu").click()
    expect(main).to_contain_text("Ziņa, kas tiktu nosūtīta")
    assert faults(page) == []
    main.locator('form[action*="/atteikt/"]').get_by_role("button", name="Noraidīt", exact=True).click()
    expect(main).to_contain_text(f"{third.number}")
    assert _stands(second) == "refused"
    page.goto(f"{QUEUE}{second.public_id}/")
    expect(main).to_contain_text("Jūs to noraidījāt")
    assert faults(page) == []
    said = _text_of(main.get_by_role("link", name="Lejupielādēt lēmumu (PDF)").click, page)
    assert "Nodarbinātība pieteikuma iesniegšanas dienā nav apstiprināta" in said
    assert "Kā apstrīdēt lēmumu" in said

    page.goto(f"{QUEUE}{third.public_id}/")
    part = _choose(main, "atpakal", "Sniegtā informācija ir nepilnīga vai pretrunīga")
    part.locator('input[value="phone"]').check()
    assert faults(page) == []
    part.get_by_role("button", name="Atgriezt", exact=True).click()
    expect(main).to_contain_text(f"{fourth.number}")
    assert (_stands(third), third.returned_fields) == ("returned", ["phone"])

    _confirm_many(page, [fourth, fifth])
    _examined_again(open_page(viewport), second)


def _confirm_many(page: Page, rows: list[Application]) -> None:
    """Ticked in the queue, read as messages, then decided."""
    main = page.get_by_role("main")
    page.goto(QUEUE)
    for each in rows:
        main.get_by_role("checkbox", name=re.compile(str(each.number))).press("Space")
    main.get_by_role("button", name=re.compile("Apstiprināt izvēlētos")).press("Enter")
    expect(main.locator("tbody tr")).to_have_count(2)
    main.locator("tbody summary").first.press("Enter")
    assert faults(page) == []
    assert [_stands(each) for each in rows] == ["submitted", "submitted"]
    main.get_by_role("button", name="Apstiprināt visus šos").press("Enter")
    expect(main).to_contain_text("Pieņemti lēmumi par 2 pieteikumiem.")
    assert faults(page) == []
    assert [_stands(each) for each in rows] == ["eligible", "eligible"]
    page.goto(QUEUE)
    expect(main).to_contain_text("Neviens pieteikums negaida lēmumu")
    assert faults(page) == []


def _examined_again(page: Page, refused: Application) -> None:
    """By somebody else than the one who refused; it stands in the queue again."""
    main = page.get_by_role("main")
    begin_work(page, "second-agency-officer")
    page.goto(f"{QUEUE}?statuss=refused")
    assert faults(page) == []
    main.get_by_role("link", name=re.compile("Otrā")).click()
    page.wait_for_url(f"**/{refused.public_id}/**")
    again = main.locator('form[action*="/izskatit-velreiz/"]')
    again.get_by_label("Atklājušies jauni apstākļi").check()
    assert faults(page) == []
    again.get_by_role("button", name="Izskatīt vēlreiz").press("Enter")
    expect(main).to_contain_text("Apstiprināt")
    assert _stands(refused) == "submitted"
    assert list(refused.decisions.order_by("at").values_list("action", flat=True)) == ["refuse", "reopen"]
    _refuse_many(page, refused)


def _refuse_many(page: Page, waiting: Application) -> None:
    """All of the page ticked at once; refused only after the messages were shown with their reasons."""
    main = page.get_by_role("main")
    page.goto(QUEUE)
    main.get_by_role("link", name="Atzīmēt visus šajā lapā").press("Enter")
    expect(main.get_by_role("checkbox").first).to_be_checked()
    assert faults(page) == []
    main.get_by_role("button", name=re.compile("Noraidīt izvēlētos")).press("Enter")
    expect(main.get_by_role("button", name="Noraidīt visus šos")).to_have_count(0)
    assert faults(page) == []
    main.get_by_label("Nav izpildīts vecuma nosacījums").check()
    main.get_by_role("button", name="Parādīt ziņas").press("Enter")
    main.locator("tbody summary").first.press("Enter")
    expect(main.locator("tbody")).to_contain_text("Nav izpildīts vecuma nosacījums")
    assert faults(page) == []
    assert _stands(waiting) == "submitted"
    main.get_by_role("button", name="Noraidīt visus šos").press("Enter")
    expect(main).to_contain_text("Pieņemts lēmums par 1 pieteikumu.")
    assert _stands(waiting) == "refused"
