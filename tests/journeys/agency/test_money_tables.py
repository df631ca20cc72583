"""Entries of the ledger and versions of the rules, on a phone: read whole, nothing is moved sideways within the page."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, faults
from tests.journeys.steps import begin_work
from tests.world import make_person

from stars.actors.actor import SYSTEM
from stars.catalogue.models import Round
from stars.common import clock
from stars.funding import operations, queries

# Parts of the page that hold more than they show.
_SCROLLED = """all => all.filter(one => one.scrollWidth > one.clientWidth + 1
  && ["auto", "scroll"].includes(getComputedStyle(one).overflowX)).length"""


def _paid(number: str) -> None:
    """A grant and a payment under this number."""
    operations.hold(
        application_number=number,
        programme="Digitālās prasmes mazo uzņēmumu grāmatvedībā un dokumentu apritē",
        person=make_person(900),
        round=Round.objects.filter(scheme="IMK").latest("pk"),
        scheme="IMK",
        amount_cents=40_000,
        reference="confirm:900001",
        by=SYSTEM,
    )
    operations.pay(number, reference="complete:900001", reason="", by=SYSTEM)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_entries_and_versions_are_read_without_moving_them(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    rules = replace(queries.rules_for("IMK", clock.today()), account_cents=150_000, offer_workdays=3)
    operations.set_rules("IMK", rules, valid_from=clock.today(), basis="Rīkojums Nr. 7", by=SYSTEM)
    _paid("IMK-2026-900001")
    page = open_page(viewport)
    main = page.get_by_role("main")
    begin_work(page, "agency-officer")
    for address in ("/agentura/labojumi/?numurs=IMK-2026-900001", "/agentura/noteikumi/imk/"):
        page.goto(address)
        expect(main.locator("tbody tr").first).to_be_visible()
        assert faults(page) == []
        assert main.locator("*").evaluate_all(_SCROLLED) == 0
