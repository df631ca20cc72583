"""The agency opens a round and sets rules; a resident sees the account and its statement."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.factories.applications import ApplicationFactory
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import sign_in
from tests.world import make_staff

from stars.catalogue.models import Round
from stars.common import clock
from stars.funding import operations, queries
from stars.people.models import Person


def test_an_officer_opens_a_round_and_sets_rules(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP)
    seen: dict[str, list[str]] = {}
    main = page.get_by_role("main")

    def look(name: str) -> None:
        seen[name] = violations(page)

    page.goto("/provider/login")
    sign_in(page, "agency-officer")
    page.goto("/darbs/loma/")
    main.get_by_role("button").last.click()
    page.wait_for_url("**/agentura/")

    page.goto("/agentura/kartas/")
    look("rounds")
    page.goto("/agentura/kartas/jauna/")
    main.get_by_role("button").first.click()
    look("round with errors")
    day = clock.today()
    page.locator("#id_scheme").select_option("IMK")
    page.locator("#id_name").fill("Ceļojuma kārta")
    page.locator("#id_opens_at").fill(f"{day:%Y-%m-%d}T09:00")
    page.locator("#id_closes_at").fill(f"{day + timedelta(days=30):%Y-%m-%d}T23:59")
    page.locator("#id_learning_from").fill(f"{day:%Y-%m-%d}")
    page.locator("#id_learning_until").fill(f"{day + timedelta(days=700):%Y-%m-%d}")
    page.locator("#id_budget_cents").fill("5000")
    main.get_by_role("button").first.click()
    expect(main).to_contain_text("Ceļojuma kārta")
    made = Round.objects.get(name="Ceļojuma kārta")
    assert queries.budget_of(made.pk).budget_cents == 500_000
    look("round")
    page.goto(f"/agentura/kartas/{made.pk}/grupas/")
    look("groups")

    page.goto("/agentura/noteikumi/imk/jauni/")
    page.locator("#id_valid_from").fill(f"{day + timedelta(days=1):%Y-%m-%d}")
    page.locator("#id_basis").fill("Rīkojums Nr. 7")
    page.locator("#id_account_cents").fill("900,00")
    look("rules")
    main.get_by_role("button", name="Parādīt atšķirības").click()
    expect(main).to_contain_text("900,00")
    look("difference")
    main.locator("button[name=set]").click()
    page.wait_for_url("**/agentura/noteikumi/imk/")
    look("version")
    assert queries.rules_for("IMK", day + timedelta(days=1)).account_cents == 90_000
    page.goto("/agentura/labojumi/?numurs=IMK-2025-000001")
    look("corrections")
    assert {name: found for name, found in seen.items() if found} == {}


@pytest.mark.parametrize(
    ("viewport", "script"), [(PHONE, True), (DESKTOP, False)], ids=["phone", "no-script"]
)
def test_a_resident_reads_account_and_statement(
    open_page: Callable[..., Page], viewport: dict[str, int], script: bool
) -> None:
    person, round_ = Person.objects.get(given_name="Jānis"), Round.objects.filter(scheme="IMK").latest("pk")
    ApplicationFactory(applicant=person, scheme="IMK", submitted=True, round=round_)
    operations.hold(
        application_number="T-1",
        programme="Datu analīze",
        person=person,
        round=round_,
        scheme="IMK",
        amount_cents=40_000,
        reference="confirm:journey",
        by=make_staff(1, "agency"),
    )
    page = open_page(viewport, script=script)
    page.goto("/provider/login")
    sign_in(page, "imk-citizen")
    page.goto("/profils/finansejums/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Finansējuma vēsture")
    if script:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#filter-kind").select_option("reservation")
    main.get_by_role("button", name="Rādīt").click()
    page.wait_for_url("**veids=reservation*")
    kinds = main.locator(".app-statement tbody th").all_inner_texts()
    assert kinds
    assert set(kinds) == {"Rezervēts"}
