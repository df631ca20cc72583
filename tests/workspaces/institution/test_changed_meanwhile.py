"""Two officers change one programme or group: the later one does not overwrite unseen what the first has made of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.applications.test_races import together
from tests.factories import GroupFactory, ProgrammeFactory
from tests.workspaces.institution.conftest import opened
from tests.world import make_staff

from stars.actors.actor import Actor
from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.catalogue.operations import approval
from stars.common import clock
from stars.ui.templatetags.ui import money

pytestmark = pytest.mark.usefixtures("catalogue_lists")


@pytest.fixture
def officer(db: None) -> Actor:
    """Somebody of the institution."""
    return make_staff(1, "institution")


@pytest.fixture
def colleague(officer: Actor, at_work: Callable[[Actor], Client]) -> Client:
    """The browser of somebody else there."""
    return at_work(make_staff(2, "institution"))


@pytest.fixture
def group(officer: Actor) -> Group:
    """A group that is not sent yet."""
    day = clock.today() + timedelta(days=40)
    return GroupFactory(
        programme__institution_id=officer.organisation_id,
        programme__draft=True,
        status="planned",
        starts_on=day,
        ends_on=day + timedelta(days=30),
        price_cents=100_000,
    )


def place_of(thing: Programme | Group) -> str:
    if isinstance(thing, Programme):
        return f"/iestade/programmas/{thing.pk}/labot/"
    return f"/iestade/programmas/{thing.programme_id}/grupas/{thing.pk}/labot/"


def price(group: Group) -> int | None:
    return Group.objects.get(pk=group.pk).price_cents


def test_a_groups_price(desk: Client, colleague: Client, group: Group) -> None:
    mine, theirs = opened(desk, place_of(group)), opened(colleague, place_of(group))
    assert colleague.post(place_of(group), theirs | {"price": "900,00"}).status_code == 302
    mine |= {"price": "800,00", "schedule_note": "Otrdienās"}
    for sent in (mine, {name: value for name, value in mine.items() if name != "seen"}):
        page = desk.post(place_of(group), sent)
        assert (page.status_code, price(group)) == (422, 90_000)
        (words,) = page.context["form"].non_field_errors()
        now = f"Piezīme par norises laiku: –; Cena vienam dalībniekam: {money(90_000)}."
        assert words.startswith(f"Pa šo laiku to ir mainījis kolēģis. Tagad ir: {now}")
        assert page.context["form"]["schedule_note"].value() == "Otrdienās"
    # Whoever has read it and saves again means it.
    assert desk.post(place_of(group), mine | {"seen": page.context["seen"]}).status_code == 302
    assert price(group) == 80_000


def test_another_mistake_does_not_hide_what_the_colleague_changed(
    desk: Client, colleague: Client, group: Group
) -> None:
    mine, theirs = opened(desk, place_of(group)), opened(colleague, place_of(group))
    colleague.post(place_of(group), theirs | {"price": "900,00"})
    page = desk.post(place_of(group), mine | {"price": "800,00", "seats_max": "daudz"})
    assert (page.status_code, page.context["seen"]) == (422, mine["seen"])
    assert desk.post(place_of(group), mine | {"price": "800,00"}).status_code == 422
    assert price(group) == 90_000


def test_a_second_click_finds_it_done(desk: Client, group: Group) -> None:
    mine = opened(desk, place_of(group)) | {"price": "900,00"}
    assert [desk.post(place_of(group), mine).status_code for _ in range(2)] == [302, 302]
    assert price(group) == 90_000


def test_what_waits_for_approval_counts_as_what_stands(
    desk: Client, colleague: Client, group: Group, at_work: Callable[[Actor], Client]
) -> None:
    Programme.objects.filter(pk=group.programme_id).update(status="published", published_at=clock.now())
    Group.objects.filter(pk=group.pk).update(status="published")
    mine, theirs = opened(desk, place_of(group)), opened(colleague, place_of(group))
    later = f"{group.ends_on + timedelta(days=1)}"
    assert colleague.post(place_of(group), theirs | {"ends_on": later}).status_code == 302
    assert desk.post(place_of(group), mine | {"price": "800,00"}).status_code == 422
    request = ApprovalRequest.objects.get(outcome="waiting")
    assert set(request.values) == {"ends_on"}
    # The agency's yes changes nothing of what the form shows, its no does.
    again = opened(desk, place_of(group))
    agency = make_staff(3, "agency")
    approval.approve(request, is_applied_for=False, by=agency)
    assert opened(desk, place_of(group))["seen"] == again["seen"]
    desk.post(place_of(group), again | {"price": "800,00"})
    again = opened(desk, place_of(group))
    approval.send_back(ApprovalRequest.objects.get(outcome="waiting"), note="Par lētu", by=agency)
    assert opened(desk, place_of(group))["seen"] != again["seen"]


def test_a_programmes_words(desk: Client, colleague: Client, officer: Actor) -> None:
    programme = ProgrammeFactory(institution_id=officer.organisation_id, draft=True)
    mine, theirs = opened(desk, place_of(programme)), opened(colleague, place_of(programme))
    assert colleague.post(place_of(programme), theirs | {"summary": "<i>" + "Īsi. " * 90}).status_code == 302
    page = desk.post(place_of(programme), mine | {"hours": "80"})
    (words,) = page.context["form"].non_field_errors()
    assert page.status_code == 422
    assert "Īss apraksts: &lt;i&gt;Īsi. Īsi." in words
    assert len(words) < 400
    desk.cookies["django_language"] = "en"
    assert '<span lang="lv">&lt;i&gt;Īsi.' in desk.post(place_of(programme), mine).content.decode()
    assert Programme.objects.get(pk=programme.pk).hours == programme.hours
    saved = desk.post(place_of(programme), mine | {"hours": "80", "seen": page.context["seen"]})
    assert saved.status_code == 302
    assert Programme.objects.get(pk=programme.pk).hours == 80


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_saves_and_the_other_is_told(
    desk: Client, colleague: Client, group: Group
) -> None:
    forms = [
        opened(browser, place_of(group)) | {"price": wanted}
        for browser, wanted in ((desk, "800,00"), (colleague, "900,00"))
    ]
    answers = together(
        lambda: desk.post(place_of(group), forms[0]).status_code,
        lambda: colleague.post(place_of(group), forms[1]).status_code,
    )
    assert sorted(answers, key=str) == [302, 422]
    assert price(group) == (80_000 if answers[0] == 302 else 90_000)
