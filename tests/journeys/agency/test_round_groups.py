"""Choosing the groups of a round, and the round with them, on a phone: nothing lies beside the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, faults
from tests.journeys.steps import begin_work

from stars.catalogue.models import Round

# What of the rows lies beside the screen, and sums that may be broken over two lines.
_BESIDE = "all => all.filter(one => one.getBoundingClientRect().right > innerWidth).length"
# How many links and buttons a pointer cannot reach, because something else lies upon them.
_COVERED = """all => all.filter(one => {
  one.scrollIntoView({block: "center"});
  const {left, top, width, height} = one.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  return !(one.contains(hit) || hit?.contains(one));
}).length"""
_BROKEN = "all => all.filter(one => getComputedStyle(one).whiteSpace !== 'nowrap').length"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_groups_are_read_and_ticked_without_moving_sideways(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    round_ = Round.objects.filter(scheme="IMK").latest("pk")
    page = open_page(viewport)
    main = page.get_by_role("main")
    begin_work(page, "agency-officer")
    for address in (f"/agentura/kartas/{round_.pk}/grupas/", f"/agentura/kartas/{round_.pk}/"):
        page.goto(address)
        expect(main.locator("tbody tr").first).to_be_visible()
        assert faults(page) == []
        assert main.locator("tbody, tbody *").evaluate_all(_BESIDE) == 0
        assert main.locator("tbody :is(a, button)").evaluate_all(_COVERED) == 0
        assert main.locator("tbody .app-number").evaluate_all(_BROKEN) == 0
