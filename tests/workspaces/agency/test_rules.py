"""Rules of the sources as dated parameters: looked over, then set as the next version."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.world import make_staff

from stars.common import clock
from stars.funding import operations, queries
from stars.funding.models import SchemeRules
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.ui.templatetags.ui import money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
ADDRESS = "/agentura/noteikumi/"
NEW = f"{ADDRESS}imk/jauni/"


@pytest.fixture
def typed(desk) -> dict[str, Any]:
    """The form as the page offers it, from tomorrow on, with another amount."""
    form = desk.get(NEW).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {
        "valid_from": (clock.today() + timedelta(days=1)).isoformat(),
        "basis": "Rīkojums Nr. 7",
        "account_cents": "900,00",
    }
    return {name: value for name, value in values.items() if value is not None and value is not False}


def set_it(desk: Client, values: dict[str, Any]) -> HttpResponse:
    """Looked over and then set."""
    shown = desk.post(NEW, values)
    seen = shown.context["seen"] if shown.status_code == 200 else ""
    return desk.post(NEW, values | {"set": "1", "seen": seen})


def test_the_page_shows_defaults_until_something_is_set(desk) -> None:
    assert desk.get(ADDRESS).status_code == 200
    for scheme in SchemeCode:
        page = desk.get(f"{ADDRESS}{scheme.value.lower()}/")
        assert page.status_code == 200
        assert page.context["parameters"] == SCHEMES[scheme].parameters
        assert page.context["versions"] == []


def test_the_difference_is_shown_before_anything_is_set(desk, typed) -> None:
    page = desk.post(NEW, typed)
    assert page.status_code == 200
    assert [(str(each.before), str(each.after)) for each in page.context["changes"]] == [
        (money(120_000), money(90_000))
    ]
    assert not SchemeRules.objects.exists()


def test_the_next_version_holds_from_its_day_and_the_earlier_until_then(desk, typed) -> None:
    answer = set_it(desk, typed)
    assert answer.url == f"{ADDRESS}imk/"
    today = clock.today()
    assert queries.rules_for("IMK", today).account_cents == 120_000
    tomorrow = queries.rules_for("IMK", today + timedelta(days=1))
    assert (tomorrow.account_cents, tomorrow.version) == (90_000, 1)
    assert queries.rules_version("IMK", tomorrow).endswith("/1")
    text = desk.get(answer.url).content.decode()
    assert "Rīkojums Nr. 7" in text
    assert money(90_000) in text


def test_a_stale_tab_and_a_double_click_set_nothing(desk, typed) -> None:
    set_it(desk, typed)
    for _ in range(2):
        page = set_it(desk, typed | {"account_cents": "800,00"})
        assert page.status_code == 422
        assert page.context["form"].non_field_errors()
    assert SchemeRules.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("valid_from", ""),
        ("valid_from", "2020-01-01"),
        ("valid_from", "nezinu"),
        ("valid_from", "9999-12-31"),
        ("basis", "   "),
        ("basis", "x" * 301),
        ("minimum_age", "-1"),
        ("minimum_age", "divi"),
        ("learnings_allowed", "0"),
        ("copayment_percent", "101"),
        ("low_income_copayment_percent", ""),
        ("account_cents", "-5"),
        ("account_cents", "100001"),
        ("account_months", "0"),
        ("account_months", "9" * 30),
        ("pays_on", "never"),
        ("expulsion_percent", "1.5"),
        ("offer_workdays", "0"),
        ("percent-kind-modulis", "200"),
        ("after_version", "x"),
    ],
)
def test_bad_values_are_said_and_nothing_is_set(desk, typed, name: str, value: str) -> None:
    page = desk.post(NEW, typed | {"set": "1", name: value})
    assert page.status_code == 422
    assert name in page.context["form"].errors
    assert not SchemeRules.objects.exists()


def test_other_values_than_were_seen_are_shown_before_they_are_set(desk, typed) -> None:
    seen = desk.post(NEW, typed).context["seen"]
    for other in ({"account_cents": "90,00"}, {"valid_from": f"{clock.today() + timedelta(days=9)}"}):
        page = desk.post(NEW, typed | other | {"set": "1", "seen": seen})
        assert page.status_code == 200
        assert page.context["seen"] != seen
    assert not SchemeRules.objects.exists()


def test_the_next_version_goes_on_from_the_one_that_comes(desk, typed) -> None:
    set_it(desk, typed)
    page = desk.get(NEW)
    assert page.context["form"]["account_cents"].value() == "900,00"
    assert "Rīkojums Nr. 7" in page.content.decode()
    later = typed | {"after_version": "1", "offer_workdays": "4"}
    # Beginning later it changes one thing; beginning today, before the other, it changes both.
    for days, changed in ((2, 1), (0, 2)):
        day = clock.today() + timedelta(days=days)
        assert len(desk.post(NEW, later | {"valid_from": f"{day}"}).context["changes"]) == changed


def test_nothing_changed_is_no_version(desk, typed) -> None:
    page = desk.post(NEW, typed | {"set": "1", "account_cents": "1200,00"})
    assert page.status_code == 422
    assert not SchemeRules.objects.exists()


def test_a_source_that_is_not_there(desk) -> None:
    for part in ("xyz/", "xyz/jauni/"):
        assert desk.get(f"{ADDRESS}{part}").status_code == 404


def test_the_agency_alone_sets_rules(client, tab, ministry, at_work, typed) -> None:
    institution = at_work(make_staff(4, "institution"))
    for address in (ADDRESS, f"{ADDRESS}varam/", f"{ADDRESS}varam/jauni/"):
        assert client.get(address).status_code == 302
        for browser in (tab, ministry, institution):
            assert browser.get(address).status_code == 403
    assert ministry.post(f"{ADDRESS}varam/jauni/", typed | {"set": "1"}).status_code == 403
    assert not SchemeRules.objects.exists()


def test_versions_have_pages_and_cost_the_same(desk, officer, query_counter) -> None:
    counts: dict[str, list[int]] = {}
    for first, last in ((0, 1), (1, 30)):
        for number in range(first, last):
            operations.set_rules(
                "IMK",
                SCHEMES[SchemeCode.IMK].parameters,
                valid_from=date(2099, 1, 1) + timedelta(days=number),
                basis=f"Rīkojums {number}",
                by=officer,
            )
        for address in (f"{ADDRESS}imk/", NEW):
            desk.get(address)
            with query_counter() as asked:
                assert desk.get(address).status_code == 200
            counts.setdefault(address, []).append(len(asked))
        with query_counter() as asked:
            desk.get(ADDRESS)
        counts.setdefault(ADDRESS, []).append(len(asked))
    # Where a page of versions ends, the version before it is read for the difference.
    assert all(thirty <= one + 1 <= 13 for one, thirty in counts.values()), counts
    assert len(desk.get(f"{ADDRESS}imk/").context["versions"]) == 10
