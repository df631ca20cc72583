"""The side navigation shows what one may use, and where one is."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.world import make_staff

from stars.actors.actor import Actor
from stars.workspaces.navigation import staff_links


@pytest.mark.parametrize(("kind", "home"), [("institution", "/iestade/"), ("agency", "/agentura/")])
def test_staff_see_the_sections_of_their_own_work_place(db: None, kind: str, home: str) -> None:
    links = staff_links(make_staff(1, kind), home)

    assert {link.url[: len(home)] for link in links} == {home}
    assert [link.url for link in links if link.current] == [home]


def test_a_work_place_has_its_navigation_and_leads_home_to_itself(
    db: None, at_work: Callable[[Actor], Client]
) -> None:
    page = at_work(make_staff(1, "agency")).get("/agentura/")

    assert page.context["profile_navigation"][0].url == "/agentura/"
    assert page.context["home_url"] == "/agentura/"
    assert page.context["role_label"] == "Organizācija agency"


def test_a_resident_sees_the_sections_of_the_profile_only(tab: Client) -> None:
    page = tab.get("/profils/")

    assert {link.url[:9] for link in page.context["profile_navigation"]} == {"/profils/"}
    assert page.context["home_url"] == "/profils/"
