"""Thirty applicants on one page: what can be done with those who are ticked is at hand, and hides nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.applications.seating import PROMISED
from tests.factories import ApplicationFactory
from tests.journeys.conftest import DESKTOP, PHONE, faults
from tests.journeys.steps import begin_work
from tests.world import make_group, make_round

from stars.catalogue.models import Group, Programme
from stars.demo.staff import INSTITUTION

PEOPLE = 30
# How far the control with the focus lies below the upper edge of the bar, unless it is in the bar.
HIDDEN = """() => {
  const bar = document.querySelector(".app-bulk"), now = document.activeElement;
  return bar.contains(now) ? 0 : now.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
}"""


@pytest.fixture
def group(open_page: Callable[..., Page]) -> Group:
    """All of them chose it."""
    programme = Programme.objects.filter(institution__slug=INSTITUTION, status="published").earliest("pk")
    round_ = make_round("MN", name="Ceļojuma kārta")
    made = make_group(programme, "muni-0001000", rounds=[round_], seats_max=24, name="Garā grupa")
    for _ in range(PEOPLE):
        ApplicationFactory(eligible=True, programme=programme, group=made, round=round_, promised=PROMISED)
    return made


def test_on_a_wide_screen_it_stays_in_sight(open_page: Callable[..., Page], group: Group) -> None:
    page = open_page(DESKTOP)
    begin_work(page, "institution-officer")
    page.goto(f"/iestade/grupas/{group.pk}/?atzimet=visi")
    admit = page.get_by_role("button", name="Uzņemt", exact=True)
    expect(admit).to_be_in_viewport()
    assert faults(page) == []
    boxes = page.get_by_role("main").get_by_role("checkbox")
    expect(boxes).to_have_count(PEOPLE)
    boxes.first.focus()
    deepest = []
    for _ in range(2 * PEOPLE - 1):
        page.keyboard.press("Tab")
        deepest.append(page.evaluate(HIDDEN))
    assert max(deepest) <= 1
    admit.press("Enter")
    expect(page.get_by_text("Vietu nepietiek")).to_be_visible()
    assert faults(page) == []


def test_on_a_phone_a_link_leads_there(open_page: Callable[..., Page], group: Group) -> None:
    page = open_page(PHONE)
    begin_work(page, "institution-officer")
    page.goto(f"/iestade/grupas/{group.pk}/")
    admit = page.get_by_role("button", name="Uzņemt", exact=True)
    expect(admit).not_to_be_in_viewport()
    page.get_by_role("link", name="Uz darbībām ar atzīmētajiem").press("Enter")
    expect(admit).to_be_in_viewport()
    assert faults(page) == []
