"""Pages on which an institution makes, sends and shows its programmes and groups."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import ApplicationFactory, GroupFactory, GroupOfferFactory, ProgrammeFactory
from tests.workspaces.institution.conftest import opened
from tests.world import make_staff

from stars.actors.actor import Actor
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group, Programme
from stars.catalogue.queries.approvals import approval_queue
from stars.common import clock

pytestmark = pytest.mark.usefixtures("catalogue_lists")
MOST = 12


@pytest.fixture
def officer(db: None) -> Actor:
    """Somebody of the institution, which has nothing yet."""
    return make_staff(1, "institution")


@pytest.fixture
def typed() -> dict[str, object]:
    """The programme's form as somebody fills it in."""
    return {
        "title": "Datu analīze",
        "code": "K-1",
        "kind": "kind-modulis",
        "field": "field-ikt",
        "hours": "72",
        "study_form": "onsite",
        "language": "lv",
        "summary": "Kā lasīt datus.",
        "contents": "Tabulas\n• Diagrammas\n\n",
        "outcomes": "",
        "document": "Moduļa apliecība",
        "qualification": "",
        "qualification_level": "",
        "keywords": "dati, tabulas; dati",
        "prior_education": "Vidējā izglītība",
        "prior_knowledge": "Nav",
        "digcomp_level": "",
        "varam_level": "",
        "contact_name": "Ilze",
        "contact_phone": "20 000 001",
        "contact_email": "ilze@Iestade.example",
    }


@pytest.fixture
def typed_group() -> dict[str, object]:
    """The group's form as somebody fills it in."""
    day = clock.today()
    return {
        "name": "1. grupa",
        "place": "muni-0001000",
        "address": "Skolas iela 1",
        "starts_on": f"{day + timedelta(days=40)}",
        "ends_on": f"{day + timedelta(days=90)}",
        "schedule": "evenings",
        "schedule_note": "",
        "seats_min": "6",
        "seats_max": "12",
        "price": "1 250,50 €",
    }


def test_the_whole_way_by_the_pages(
    desk: Client,
    officer: Actor,
    typed: dict[str, object],
    typed_group: dict[str, object],
    at_work: Callable[[Actor], Client],
) -> None:
    agency = at_work(make_staff(2, "agency"))
    made = desk.post("/iestade/programmas/jauna/", typed)
    programme = Programme.objects.get()
    assert (made.status_code, made["Location"]) == (302, f"/iestade/programmas/{programme.pk}/")
    assert (programme.institution_id, programme.status) == (officer.organisation_id, "draft")
    assert (programme.contents, programme.keywords) == ("- Tabulas\n- Diagrammas", ["dati", "tabulas"])
    assert (programme.contact_phone, programme.contact_email) == ("+37120000001", "ilze@iestade.example")

    desk.post(f"/iestade/programmas/{programme.pk}/grupas/jauna/", typed_group)
    group = Group.objects.get()
    assert (group.status, group.price_cents, group.seats_max) == ("planned", 125_050, 12)

    desk.post(f"/iestade/programmas/{programme.pk}/solis/send/")
    first, second = approval_queue()
    listed = agency.get("/agentura/apstiprinasana/")
    assert [waiting.pk for waiting, _ in listed.context["rows"]] == [first.pk, second.pk]
    onward = agency.post(f"/agentura/apstiprinasana/{first.pk}/")
    assert onward["Location"] == f"/agentura/apstiprinasana/{second.pk}/"
    back = agency.post(f"/agentura/apstiprinasana/{second.pk}/")
    assert back["Location"] == "/agentura/apstiprinasana/"

    desk.post(f"/iestade/programmas/{programme.pk}/solis/publish/")
    desk.post(f"/iestade/programmas/{programme.pk}/grupas/{group.pk}/solis/publish/")
    assert Programme.objects.get().status == Group.objects.get().status == "published"
    assert desk.get(f"/programma/{programme.pk}/").status_code == 200

    desk.post(f"/iestade/programmas/{programme.pk}/iznemt/")
    assert Programme.objects.get().status == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 251),
        ("hours", "0"),
        ("hours", "daudz"),
        ("kind", "field-ikt"),
        ("kind", "kind-nav"),
        ("contents", " \n - \n"),
        ("contents", "x" * 10_001),
        ("keywords", "x" * 81),
        ("contact_phone", "nav"),
        ("contact_email", "nav"),
        ("varam_level", "4"),
        ("digcomp_level", "9"),
        ("language", "xx"),
        ("title", "a\x00b"),
    ],
)
def test_wrong_answers_are_told_and_nothing_typed_is_lost(
    desk: Client, typed: dict[str, object], field: str, value: str
) -> None:
    answer = desk.post("/iestade/programmas/jauna/", typed | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["summary"].value() == "Kā lasīt datus."
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("place", "field-ikt"),
        ("starts_on", "2020-01-01"),
        ("ends_on", "2020-01-01"),
        ("ends_on", "9026-01-01"),
        ("ends_on", "9999-12-31"),
        ("seats_min", "13"),
        ("seats_max", "0"),
        ("price", "-1"),
        ("price", "1,234"),
        ("price", "1e5"),
        ("price", "100001"),
        ("price", ""),
    ],
)
def test_wrong_groups_are_told(
    desk: Client, officer: Actor, typed_group: dict[str, object], field: str, value: str
) -> None:
    programme = ProgrammeFactory(institution_id=officer.organisation_id)
    answer = desk.post(f"/iestade/programmas/{programme.pk}/grupas/jauna/", typed_group | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Group.objects.exists()


def test_a_code_that_is_used_is_said_at_its_field(desk: Client, typed: dict[str, object]) -> None:
    desk.post("/iestade/programmas/jauna/", typed)
    answer = desk.post("/iestade/programmas/jauna/", typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert Programme.objects.count() == 1


def test_what_people_applied_for_is_said_at_its_field(
    desk: Client, officer: Actor, typed: dict[str, object]
) -> None:
    programme = ProgrammeFactory(institution_id=officer.organisation_id)
    ApplicationFactory(submitted=True, programme=programme)
    form = typed | {"code": programme.code, "kind": "kind-neformala", "hours": "80"}
    address = f"/iestade/programmas/{programme.pk}/labot/"
    answer = desk.post(address, opened(desk, address) | form)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["hours", "kind", "title"])
    programme.refresh_from_db()
    assert programme.hours == 72


def test_a_change_of_what_is_published_waits_and_is_shown(
    desk: Client, officer: Actor, typed: dict[str, object], at_work: Callable[[Actor], Client]
) -> None:
    desk.post("/iestade/programmas/jauna/", typed)
    programme = Programme.objects.get()
    Programme.objects.update(status="published", published_at=clock.now())
    address = f"/iestade/programmas/{programme.pk}/labot/"
    desk.post(address, opened(desk, address) | {"hours": "80", "summary": "Īsāk."})
    programme.refresh_from_db()
    assert (programme.hours, programme.summary) == (72, "Īsāk.")
    page = desk.get(f"/iestade/programmas/{programme.pk}/")
    assert [(row.before, row.after) for row in page.context["change"]] == [("72", "80")]
    assert desk.get(f"/iestade/programmas/{programme.pk}/labot/").context["form"]["hours"].value() == 80

    agency = at_work(make_staff(2, "agency"))
    request = approval_queue().get()
    refused = agency.post(f"/agentura/apstiprinasana/{request.pk}/atpakal/", {"note": ""})
    assert refused.status_code == 422
    agency.post(f"/agentura/apstiprinasana/{request.pk}/atpakal/", {"note": "Kāpēc?"})
    home = desk.get("/iestade/")
    assert [queue["count"] for queue in home.context["queues"]][-1] == 1
    listed = desk.get("/iestade/programmas/?stavoklis=atpakal")
    assert [row.pk for row, _ in listed.context["rows"]] == [programme.pk]


def test_stale_pages_say_how_it_stands(
    desk: Client, officer: Actor, at_work: Callable[[Actor], Client]
) -> None:
    programme = ProgrammeFactory(institution_id=officer.organisation_id, draft=True)
    address = f"/iestade/programmas/{programme.pk}/"
    for _ in range(2):
        assert desk.post(f"{address}solis/send/").status_code == 302
    assert approval_queue().count() == 1
    request = approval_queue().get()
    desk.post(f"{address}solis/recall/")
    agency = at_work(make_staff(2, "agency"))
    answer = agency.post(f"/agentura/apstiprinasana/{request.pk}/", follow=True)
    assert "Pa šo laiku" in answer.content.decode()
    assert Programme.objects.get(pk=programme.pk).status == "draft"
    assert desk.post(f"{address}solis/approve/").status_code == 404


def test_another_institution_finds_nothing(desk: Client, at_work: Callable[[Actor], Client]) -> None:
    group = GroupFactory(status="planned")
    own = ProgrammeFactory(institution_id=make_staff(5, "institution").organisation_id)
    place = f"/iestade/programmas/{group.programme_id}/"
    for address in (place, f"{place}labot/", f"{place}grupas/{group.pk}/labot/", f"{place}iznemt/"):
        assert desk.get(address).status_code == 404
    for address in (f"{place}solis/send/", f"{place}grupas/{group.pk}/solis/send/", f"{place}iznemt/"):
        assert desk.post(address).status_code == 404
    assert desk.post(f"/iestade/programmas/{own.pk}/grupas/{group.pk}/solis/send/").status_code == 404
    assert AuditEvent.objects.filter(kind="programme.refused-look").count() == 5
    assert AuditEvent.objects.filter(kind="group.refused-look").count() == 3
    assert approval_queue().count() == 0


def test_only_the_agency_approves(desk: Client, officer: Actor, at_work: Callable[[Actor], Client]) -> None:
    programme = ProgrammeFactory(institution_id=officer.organisation_id, draft=True)
    desk.post(f"/iestade/programmas/{programme.pk}/solis/send/")
    address = f"/agentura/apstiprinasana/{approval_queue().get().pk}/"
    for browser in (desk, at_work(make_staff(3, "ministry"))):
        assert {browser.get(address).status_code, browser.post(address).status_code} == {403}
    agency = at_work(make_staff(2, "agency"))
    assert agency.get("/agentura/apstiprinasana/999999/").status_code == 404
    assert agency.get("/iestade/programmas/").status_code == 403


@pytest.mark.parametrize("address", ["/iestade/programmas/", "/agentura/apstiprinasana/", "/iestade/"])
def test_lists_cost_the_same_with_many_rows(
    officer: Actor, at_work: Callable[[Actor], Client], query_counter, address: str
) -> None:
    browser = at_work(make_staff(2, "agency") if "agentura" in address else officer)
    desk = at_work(officer)
    counts = []
    for more in (1, 29):
        for _ in range(more):
            programme = ProgrammeFactory(institution_id=officer.organisation_id, draft=True)
            GroupFactory(programme=programme, status="planned")
            desk.post(f"/iestade/programmas/{programme.pk}/solis/send/")
        browser.get(address)
        with query_counter() as queries:
            assert browser.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST, queries.statements


def test_a_programme_with_many_groups_costs_the_same(desk: Client, officer: Actor, query_counter) -> None:
    programme = ProgrammeFactory(institution_id=officer.organisation_id)
    counts = []
    for more in (1, 29):
        for _ in range(more):
            GroupOfferFactory(group__programme=programme)
        desk.get(f"/iestade/programmas/{programme.pk}/")
        with query_counter() as queries:
            assert desk.get(f"/iestade/programmas/{programme.pk}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST, queries.statements


@pytest.mark.parametrize(
    "query", ["?q=Datu", "?stavoklis=draft", "?stavoklis=nav", "?lapa=99", "?lapa=x", "?q=" + "x" * 300]
)
def test_every_address_of_a_list_is_answered(desk: Client, officer: Actor, query: str) -> None:
    ProgrammeFactory(institution_id=officer.organisation_id, title="Datu analīze", draft=True)
    assert desk.get(f"/iestade/programmas/{query}").status_code == 200
