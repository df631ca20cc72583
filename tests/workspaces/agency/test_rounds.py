"""The agency opens rounds: dates, budget, groups."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.crossing import crossed
from tests.factories.applications import ApplicationFactory
from tests.world import RIGA, make_group, make_person, make_programme, make_round, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.audit.models import AuditEvent
from stars.catalogue.models import FundingSource, GroupOffer, Round
from stars.catalogue.operations import rounds
from stars.funding import operations, queries
from stars.funding.types import Budget
from stars.ui.templatetags.ui import money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
ADDRESS = "/agentura/kartas/"
AtWork = Callable[[Actor], Client]


@pytest.fixture
def typed() -> dict[str, Any]:
    """The form as somebody fills it in."""
    for scheme in ("IMK", "MN", "VARAM"):
        FundingSource.objects.get_or_create(scheme=scheme, defaults={"name": f"Avots {scheme}"})
    day = timezone.localdate()
    return {
        "scheme": "IMK",
        "name": "5. kārta",
        "opens_at": f"{day:%Y-%m-%d}T09:00",
        "closes_at": f"{day + timedelta(days=30):%Y-%m-%d}T23:59",
        "learning_from": f"{day + timedelta(days=40):%Y-%m-%d}",
        "learning_until": f"{day + timedelta(days=400):%Y-%m-%d}",
        "budget_cents": "12 500,50",
    }


def change(desk: Client, round_: Round, values: dict[str, Any]) -> HttpResponse:
    """Opened and saved."""
    address = f"{ADDRESS}{round_.pk}/labot/"
    return desk.post(address, values | {"seen": desk.get(address).context["seen"]})


def test_a_round_is_made_with_its_budget(desk, typed) -> None:
    answer = desk.post(f"{ADDRESS}jauna/", typed)
    made = Round.objects.get(name="5. kārta")
    assert answer.url == f"{ADDRESS}{made.pk}/"
    assert queries.budget_of(made.pk) == Budget(1_250_050, 0)
    assert "12\N{NO-BREAK SPACE}500,50" in desk.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scheme", ""),
        ("scheme", "XYZ"),
        ("name", ""),
        ("name", "x" * 121),
        ("opens_at", "rīt"),
        ("opens_at", "0001-01-01T00:00"),
        ("opens_at", "0026-10-01T09:00"),
        ("closes_at", "2000-01-01T00:00"),
        ("closes_at", "9999-12-31T23:59"),
        ("learning_from", "1999-12-31"),
        ("learning_from", ""),
        ("learning_until", "2000-01-01"),
        ("budget_cents", ""),
        ("budget_cents", "-1"),
        ("budget_cents", "daudz"),
        ("budget_cents", "1e5"),
        ("budget_cents", "999999999"),
    ],
)
def test_bad_values_are_said_beside_their_field_and_nothing_is_made(desk, typed, name, value) -> None:
    page = desk.post(f"{ADDRESS}jauna/", typed | {name: value})
    assert page.status_code == 422
    assert name in page.context["form"].errors
    assert page.content.decode().count("data-error-summary") == 1
    assert not Round.objects.exists()


def test_learning_does_not_end_before_anybody_can_apply(desk, typed) -> None:
    past = {"learning_from": "2020-01-01", "learning_until": f"{timezone.localdate() - timedelta(days=1)}"}
    page = desk.post(f"{ADDRESS}jauna/", typed | past)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["learning_until"])


def test_a_hostile_name_is_only_text(desk, typed) -> None:
    desk.post(f"{ADDRESS}jauna/", typed | {"name": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in desk.get(ADDRESS).content.decode()


def test_a_name_is_taken_once_in_a_source(desk, typed) -> None:
    desk.post(f"{ADDRESS}jauna/", typed)
    page = desk.post(f"{ADDRESS}jauna/", typed)
    assert page.status_code == 422
    assert Round.objects.count() == 1


def test_a_budget_below_what_is_committed_is_refused_with_figures(desk, officer, typed) -> None:
    round_ = make_round("IMK", name="5. kārta", budget=100_000)
    operations.hold(
        application_number="IMK-2026-000001",
        programme="X",
        person=make_person(3),
        round=round_,
        scheme="IMK",
        amount_cents=45_678,
        reference="confirm:1",
        by=officer,
    )
    page = change(desk, round_, typed | {"name": "6. kārta", "budget_cents": "456,77"})
    assert page.status_code == 422
    assert "456,78" in str(page.context["form"].errors["budget_cents"])
    round_.refresh_from_db()
    assert round_.name == "5. kārta"
    assert queries.budget_of(round_.pk) == Budget(100_000, 45_678)
    assert change(desk, round_, typed | {"budget_cents": "456,78"}).status_code == 302


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(desk, officer, typed) -> None:
    round_ = make_round("IMK", name="5. kārta", budget=100_000)
    address = f"{ADDRESS}{round_.pk}/labot/"
    seen = desk.get(address).context["seen"]
    operations.set_budget(round_, 250_000, by=officer)
    mine = typed | {"name": "Mana kārta", "budget_cents": "1000,00"}
    # Another mistake does not hide what the colleague changed.
    assert desk.post(address, mine | {"seen": seen, "budget_cents": "daudz"}).context["seen"] == seen
    for sent in (mine | {"seen": seen}, mine):
        page = desk.post(address, sent)
        assert page.status_code == 422
        assert money(250_000) in str(page.context["form"].non_field_errors())
        assert page.context["form"]["name"].value() == "Mana kārta"
        assert queries.budget_of(round_.pk).budget_cents == 250_000
    # Whoever has read it and saves again means it; a second click finds it done.
    for _ in range(2):
        assert desk.post(address, mine | {"seen": page.context["seen"]}).status_code == 302
    assert queries.budget_of(round_.pk).budget_cents == 100_000


def test_a_round_stays_in_its_source(desk, typed) -> None:
    round_ = make_round("MN")
    change(desk, round_, typed | {"scheme": "IMK"})
    round_.refresh_from_db()
    assert (round_.scheme, round_.name) == ("MN", "5. kārta")


def test_groups_are_ticked_and_priced_by_the_rules(desk) -> None:
    round_, group = make_round("MN"), make_group(make_programme(), RIGA, rounds=[])
    address = f"{ADDRESS}{round_.pk}/grupas/"
    assert group.programme.title in desk.get(address).content.decode()
    assert desk.post(address, {"grupa": [str(group.pk)]}).url == f"{ADDRESS}{round_.pk}/"
    offer = GroupOffer.objects.get(round=round_)
    assert offer.price_cents == (group.price_cents or 0)
    assert group.programme.title not in desk.get(address).content.decode()
    # Another tab still shows it.
    desk.post(address, {"grupa": [str(group.pk)]})
    assert GroupOffer.objects.filter(round=round_).count() == 1


def test_a_remote_group_can_be_chosen(desk) -> None:
    round_, group = make_round("MN"), make_group(make_programme(), RIGA, rounds=[])
    type(group).objects.filter(pk=group.pk).update(is_remote=True, municipality=None, address="")
    address = f"{ADDRESS}{round_.pk}/"
    assert "attālināti" in desk.get(f"{address}grupas/").content.decode()
    desk.post(f"{address}grupas/", {"grupa": [str(group.pk)]})
    assert group.programme.title in desk.get(address).content.decode()


@pytest.mark.parametrize("ticked", [[], ["0"], ["abc"], ["9" * 30], ["-1"], ["'; drop table"]])
def test_nonsense_ticked_adds_nothing(desk, ticked: list[str]) -> None:
    round_ = make_round("MN")
    assert desk.post(f"{ADDRESS}{round_.pk}/grupas/", {"grupa": ticked}).status_code == 302
    assert not GroupOffer.objects.filter(round=round_).exists()


def test_a_group_somebody_applied_for_stays(desk, world) -> None:
    round_, group = world.rounds["MN"], world.groups[0]
    offer = group.offers.get(round=round_)
    ApplicationFactory(scheme="MN", submitted=True, programme=world.programme, round=round_, group=group)
    desk.post(f"{ADDRESS}{round_.pk}/grupas/{offer.pk}/iznemt/")
    assert GroupOffer.objects.filter(pk=offer.pk).exists()


@pytest.mark.parametrize(
    ("price", "own"), [("-1", "0"), ("10", "11"), ("", "0"), ("abc", "0"), ("10", "x"), ("9" * 12, "0")]
)
def test_bad_prices_are_refused(desk, world, price: str, own: str) -> None:
    offer = world.groups[0].offers.get(round=world.rounds["MN"])
    page = desk.post(
        f"{ADDRESS}{offer.round_id}/grupas/{offer.pk}/", {"price_cents": price, "copayment_cents": own}
    )
    assert page.status_code == 422
    assert GroupOffer.objects.get(pk=offer.pk).price_cents == offer.price_cents


def test_prices_that_a_colleague_changed_meanwhile_are_not_overwritten_unseen(desk, world) -> None:
    offer = world.groups[0].offers.get(round=world.rounds["MN"])
    address = f"{ADDRESS}{offer.round_id}/grupas/{offer.pk}/"
    seen = desk.get(address).context["seen"]
    first = {"price_cents": "310", "copayment_cents": "31", "low_income_copayment_cents": "0", "seen": seen}
    mine = first | {"price_cents": "290"}

    # Two clicks are one change, and no colleague's.
    assert [desk.post(address, first).status_code for _ in range(2)] == [302, 302]
    refused = desk.post(address, mine)

    offer.refresh_from_db()
    assert (refused.status_code, offer.price_cents) == (422, 31_000)
    assert money(31_000) in str(refused.context["form"].non_field_errors())
    assert desk.post(address, mine | {"seen": refused.context["seen"]}).status_code == 302
    offer.refresh_from_db()
    assert (offer.price_cents, offer.copayment_cents) == (29_000, 3_100)


def test_an_offer_of_another_round_is_not_there(desk, world) -> None:
    offer = world.groups[0].offers.get(round=world.rounds["MN"])
    assert desk.get(f"{ADDRESS}{world.rounds['IMK'].pk}/grupas/{offer.pk}/").status_code == 404


def test_the_ministry_manages_its_own_source_only(ministry, typed) -> None:
    own, other = make_round("VARAM"), make_round("IMK")
    text = ministry.get(ADDRESS, {"avots": "IMK"}).content.decode()
    assert f"{ADDRESS}{own.pk}/" in text
    assert f"{ADDRESS}{other.pk}/" not in text
    for part in ("", "labot/", "grupas/"):
        assert ministry.get(f"{ADDRESS}{own.pk}/{part}").status_code == 200
        assert ministry.get(f"{ADDRESS}{other.pk}/{part}").status_code == 404
    assert ministry.post(f"{ADDRESS}{other.pk}/labot/", typed).status_code == 404
    assert ministry.post(f"{ADDRESS}jauna/", typed).status_code == 422
    assert ministry.post(f"{ADDRESS}jauna/", typed | {"scheme": "VARAM"}).status_code == 302


def test_who_may_not(client, tab, at_work) -> None:
    round_ = make_round("MN")
    institution = at_work(make_staff(4, "institution"))
    for address in (ADDRESS, f"{ADDRESS}{round_.pk}/", f"{ADDRESS}jauna/", f"{ADDRESS}{round_.pk}/grupas/"):
        assert client.get(address).status_code == 302
        assert tab.get(address).status_code == 403
        assert institution.get(address).status_code == 403
    assert tab.post(f"{ADDRESS}jauna/", {}).status_code == 403


@pytest.mark.parametrize("number", ["0", "999999", "9" * 25])
def test_a_round_that_is_not_there(desk, number: str) -> None:
    assert desk.get(f"{ADDRESS}{number}/").status_code == 404


@pytest.mark.parametrize("asked", [{"avots": "x"}, {"posms": "<b>"}, {"lapa": "zz"}, {"lapa": "99"}])
def test_nonsense_in_the_address_shows_the_list(desk, asked: dict[str, str]) -> None:
    make_round("MN")
    assert len(desk.get(ADDRESS, asked).context["lines"]) == 1


@pytest.mark.parametrize("words", ["\x00", " \x00%", "'", "x" * 500])
def test_nonsense_in_the_search_for_groups_finds_nothing(desk, words: str) -> None:
    address = f"{ADDRESS}{make_round('MN').pk}/grupas/"
    assert desk.get(address, {"q": words}).status_code == 200


def test_whoever_comes_back_to_a_button_stands_on_its_page(desk, world) -> None:
    offer = world.groups[0].offers.get(round=world.rounds["MN"])
    round_page = f"{ADDRESS}{offer.round_id}/"
    assert desk.get(f"{round_page}grupas/{offer.pk}/iznemt/").url == round_page
    assert GroupOffer.objects.filter(pk=offer.pk).exists()


def test_the_list_and_a_round_cost_the_same_with_one_row_and_thirty(desk, query_counter) -> None:
    round_, programme = make_round("MN", name="0"), make_programme()
    make_group(programme, RIGA, rounds=[round_])
    counts: dict[str, list[int]] = {}
    for more in (0, 29):
        for number in range(more):
            operations.set_budget(make_round("MN", name=f"K{number}"), 1_000, by=SYSTEM)
            make_group(programme, RIGA, rounds=[round_])
        for address in (ADDRESS, f"{ADDRESS}{round_.pk}/", f"{ADDRESS}{round_.pk}/grupas/"):
            desk.get(address)
            with query_counter() as asked:
                assert desk.get(address).status_code == 200
            counts.setdefault(address, []).append(len(asked))
    assert all(one == thirty <= 12 for one, thirty in counts.values()), counts
    assert len(desk.get(ADDRESS).context["lines"]) == 20
    assert len(desk.get(ADDRESS, {"lapa": "2"}).context["lines"]) == 10


def test_without_rounds_the_list_says_so(desk) -> None:
    page = desk.get(ADDRESS)
    assert page.status_code == 200
    assert page.context["lines"] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "typed", "status"),
    [("iznemt/", {}, 302), ("", {"price_cents": "300,00"}, 404)],
    ids=["removed", "changed"],
)
def test_an_offer_that_a_first_click_removes_at_this_moment(
    at_work: AtWork, step: str, typed: dict[str, str], status: int
) -> None:
    officer, round_ = make_staff(1, "agency"), make_round("MN")
    offer = GroupOffer.objects.get(group=make_group(make_programme("Tīkli"), None, rounds=[round_]))
    desk = at_work(officer)

    _, answer = crossed(
        lambda: rounds.remove_offer(offer, by=officer),
        lambda: desk.post(f"{ADDRESS}{round_.pk}/grupas/{offer.pk}/{step}", typed),
    )

    assert answer.status_code == status
    assert not GroupOffer.objects.exists()
    assert AuditEvent.objects.filter(kind="offer.removed").count() == 1
