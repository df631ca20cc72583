"""A programme on its way from the institution's desk through the agency into the catalogue."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import sign_in

from stars.catalogue.models import Group, Programme
from stars.common import clock


def _go_to_work(page: Page, slug: str, address: str) -> None:
    """Sign in, choose the role of the work place, accept the texts when asked."""
    page.goto("/provider/login")
    sign_in(page, slug)
    page.goto(address)
    main = page.get_by_role("main")
    if "Jūs šeit esat kā" in (main.text_content() or ""):
        main.locator("form button[type=submit]").first.click()
    if "/piekrisana/" in page.url:
        for box in main.locator("input[type=checkbox]").all():
            box.check()
        main.locator("button[type=submit]").first.click()
    page.goto(address)


def test_made_approved_and_published(open_page: Callable[..., Page]) -> None:
    desk = open_page(DESKTOP)
    _go_to_work(desk, "institution-admin", "/iestade/")
    for address in ("/iestade/", "/iestade/pieteikumi/", "/iestade/grupas/", "/iestade/programmas/"):
        desk.goto(address)
        assert violations(desk) == [], address
    desk.get_by_role("link", name="Jauna programma").click()
    assert violations(desk) == []
    texts = {
        "title": "Lāzergriešana iesācējiem",
        "hours": "40",
        "summary": "Kā griezt plānu metālu.",
        "contents": "Drošība\nIestatījumi",
        "document": "Apliecība",
        "prior_education": "Nav prasību",
        "prior_knowledge": "Nav prasību",
    }
    for name, text in texts.items():
        desk.locator(f"#id_{name}").fill(text)
    for name in ("kind", "field"):
        desk.locator(f"#id_{name}").select_option(index=1)
    main = desk.get_by_role("main")
    main.get_by_role("button", name="Saglabāt").click()
    expect(main).to_contain_text("Lāzergriešana iesācējiem")
    programme = Programme.objects.get(title=texts["title"])

    main.get_by_role("link", name="Jauna grupa").click()
    day = clock.today() + timedelta(days=60)
    desk.locator("#id_name").fill("Vakara grupa")
    desk.locator("#id_place").select_option("attalinati")
    desk.locator("#id_starts_on").fill(day.isoformat())
    desk.locator("#id_ends_on").fill((day + timedelta(days=30)).isoformat())
    desk.locator("#id_seats_min").fill("2")
    desk.locator("#id_seats_max").fill("8")
    desk.locator("#id_price").fill("250,00")
    main.get_by_role("button", name="Saglabāt").click()
    assert violations(desk) == []
    main.locator(f'form[action="/iestade/programmas/{programme.pk}/solis/send/"] button').click()

    agency = open_page(PHONE)
    _go_to_work(agency, "agency-officer", "/agentura/apstiprinasana/")
    assert violations(agency) == []
    agency.get_by_role("link", name=texts["title"], exact=True).click()
    for _ in range(2):
        assert violations(agency) == []
        agency.locator('main form:not([action$="/atpakal/"]) button[type=submit]').first.click()
    agency.wait_for_url("**/agentura/apstiprinasana/")

    desk.goto(f"/iestade/programmas/{programme.pk}/")
    main.locator(f'form[action="/iestade/programmas/{programme.pk}/solis/publish/"] button').click()
    group = Group.objects.get(programme=programme)
    address = f"/iestade/programmas/{programme.pk}/grupas/{group.pk}/solis/publish/"
    main.locator(f'form[action="{address}"] button').click()
    main.get_by_role("link", name="Skatīt katalogā").click()
    expect(desk.get_by_role("main")).to_contain_text(texts["title"])
