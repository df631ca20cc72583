"""Changing roles, inviting and accepting, and two officers who merge two records; each page looked at by axe."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import begin_work

from stars.notices.models import Delivery
from stars.organisations.models import Membership
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

OpenPage = Callable[..., Page]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_two_hats_changes_and_comes_back(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport)
    begin_work(page, "two-hats")
    expect(page).to_have_url(re.compile("/iestade/$"))
    page.goto("/darbs/loma/")
    main = page.get_by_role("main")
    expect(main.get_by_role("button")).to_have_count(2)
    assert violations(page) == []
    main.get_by_role("button", name="iedzīvotājs").click()
    expect(page).to_have_url(re.compile("/profils/$"))
    page.goto("/iestade/")
    assert violations(page) == []
    page.get_by_role("main").get_by_role("button", name=re.compile("Trešā maiņa")).click()
    expect(page).to_have_url(re.compile("/iestade/$"))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_administrator_invites_and_the_invited_accepts(
    open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    begin_work(page, "institution-admin")
    page.goto("/darbs/komanda/")
    assert violations(page) == []
    page.get_by_role("main").get_by_role("link", name="Uzaicināt").click()
    page.get_by_role("button", name="Nosūtīt uzaicinājumu").click()
    expect(page.locator("#id_email")).to_be_visible()
    page.locator("#id_email").fill("liga.jaunzeme@klients.example")
    page.locator("#id_job_title").fill("Metodiķe")
    page.locator("#id_basis_document").fill("Rīkojums Nr. 7")
    assert violations(page) == []
    page.get_by_role("button", name="Nosūtīt uzaicinājumu").click()
    expect(page.get_by_role("main")).to_contain_text("liga.jaunzeme@klients.example")
    assert violations(page) == []
    letter = Delivery.objects.filter(to_address="liga.jaunzeme@klients.example").latest("pk")
    link = re.search(r"/darbs/uzaicinajums/[\w-]+/", letter.text)
    assert link

    guest = open_page(viewport)
    begin_work(guest, "new-citizen", choice="iedzivotajs")
    guest.goto(link[0])
    guest.locator("#id_accepted").check()
    guest.get_by_role("main").get_by_role("button").click()
    expect(guest.get_by_role("heading", level=1)).to_contain_text("Trešā maiņa")
    assert violations(guest) == []
    guest.get_by_role("button", name="Pieņemt uzaicinājumu").click()
    expect(guest).to_have_url(re.compile("/iestade/$"))
    assert Membership.objects.get(person__given_name="Līga").job_title == "Metodiķe"
    guest.goto(link[0])
    expect(guest.get_by_role("main")).to_contain_text("Uzaicinājums vairs nav derīgs")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_two_officers_merge_two_records(open_page: OpenPage, viewport: dict[str, int]) -> None:
    first, second = open_page(viewport), open_page(viewport)
    twin = people.sign_in(SignedIn("32000000099", "Anna", "Kalniņa-Vecā"))
    begin_work(first, "second-agency-officer")
    first.goto("/agentura/personas/")
    assert violations(first) == []
    first.locator("#id_name").fill("Anna Kalniņa")
    first.get_by_role("button", name="Meklēt").last.click()
    first.get_by_role("main").get_by_role("link", name="Izvēlēties: Anna Kalniņa", exact=True).click()
    first.locator("#id_name").fill("Anna Kalniņa")
    first.get_by_role("button", name="Meklēt").last.click()
    assert violations(first) == []
    first.get_by_role("link", name="Salīdzināt ar ierakstu: Anna Kalniņa-Vecā").click()
    first.locator("#id_reason").fill("Fizisko personu reģistrs nosauc agrāko kodu.")
    assert violations(first) == []
    first.get_by_role("button", name="Ierosināt apvienošanu").click()
    expect(first.get_by_role("main")).to_contain_text("To ierosinājāt Jūs")
    expect(first.get_by_role("button", name="Apvienot neatgriezeniski")).to_have_count(0)

    begin_work(second, "agency-officer")
    second.goto("/agentura/personas/apvienosanas/")
    assert violations(second) == []
    second.get_by_role("main").get_by_role("link", name=re.compile("Anna Kalniņa")).click()
    assert violations(second) == []
    second.get_by_role("button", name="Apvienot neatgriezeniski").click()
    expect(second.get_by_role("main")).to_contain_text("Priekšlikumu nav")
    assert Person.objects.get(pk=twin.pk).merged_into == Person.objects.get(given_name="Anna")
