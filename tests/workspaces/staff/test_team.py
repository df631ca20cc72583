"""The team's pages: inviting, accepting, changing, ending, leaving."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from tests.workspaces.arriving import links
from tests.world import make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.audit.models import AuditEvent
from stars.organisations import operations
from stars.organisations.models import Invitation, Membership, Organisation
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

pytestmark = pytest.mark.django_db
AtWork = Callable[[Actor], Client]
INVITE = {
    "email": "jauns@iestade.example",
    "role": "officer",
    "job_title": "Lietvede",
    "basis_document": "Rīkojums Nr. 5",
    "valid_until": "",
}


@pytest.fixture
def admin() -> Actor:
    """Of an institution."""
    return make_staff(1, "institution", role="admin")


def visitor(number: int, signed_in: Callable[..., Client]) -> tuple[Person, Client]:
    """Somebody who has accepted the texts and is not registered."""
    person = people.sign_in(SignedIn(f"0404801{number:04d}", "Jauna", f"Nr{number}"))
    people.accept_texts(person, by=people.actor_of(person))
    return person, signed_in(person)


def link_in(run_jobs: Callable[[], list[str]]) -> str:
    """The address of the last invitation sent."""
    run_jobs()
    found = re.search(r"/darbs/uzaicinajums/[\w-]+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


class TestInviting:
    """By e-mail; the link carries one person, once."""

    def test_the_whole_way(
        self, admin: Actor, at_work: AtWork, signed_in: Callable[..., Client], run_jobs: Callable
    ) -> None:
        browser = at_work(admin)
        assert browser.post("/darbs/komanda/uzaicinat/", INVITE)["Location"] == "/darbs/komanda/"
        assert "jauns@iestade.example" in browser.get("/darbs/komanda/").content.decode()
        link = link_in(run_jobs)
        person, guest = visitor(1, signed_in)
        assert guest.get(link).status_code == 200
        assert Membership.objects.count() == 1
        assert guest.post(link)["Location"] == "/iestade/"
        assert guest.get("/iestade/").status_code == 200
        made = Membership.objects.get(person=person)
        assert (made.role, made.job_title, made.basis_document, made.granted_by) == (
            "officer",
            "Lietvede",
            "Rīkojums Nr. 5",
            admin.person_id,
        )
        _, other = visitor(2, signed_in)
        assert (other.get(link).status_code, other.post(link).status_code) == (410, 410)
        assert guest.post(link)["Location"] == "/iestade/"
        assert Membership.objects.filter(person=person).count() == 1

    def test_an_unsigned_reader_signs_in_first(
        self, admin: Actor, at_work: AtWork, client: Client, run_jobs: Callable
    ) -> None:
        at_work(admin).post("/darbs/komanda/uzaicinat/", INVITE)
        link = link_in(run_jobs)
        assert client.get(link)["Location"].startswith("/provider/login?next=%2Fdarbs%2Fuzaicinajums")
        assert Invitation.objects.get().accepted_at is None

    def test_a_member_reads_that_they_are_one(
        self, admin: Actor, at_work: AtWork, run_jobs: Callable
    ) -> None:
        browser = at_work(admin)
        browser.post("/darbs/komanda/uzaicinat/", INVITE)
        assert browser.post(link_in(run_jobs))["Location"] == "/darbs/loma/"
        assert Invitation.objects.get().accepted_at is None

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("email", "not an address"),
            ("email", ""),
            ("role", "owner"),
            ("role", ""),
            ("basis_document", ""),
            ("basis_document", "x" * 201),
            ("job_title", "x" * 121),
            ("valid_until", "2020-01-01"),
            ("valid_until", "never"),
        ],
    )
    def test_bad_input_stays_on_the_page(self, admin: Actor, at_work: AtWork, name: str, value: str) -> None:
        page = at_work(admin).post("/darbs/komanda/uzaicinat/", INVITE | {name: value})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [name])
        assert Invitation.objects.count() == 0

    def test_withdrawn_twice(
        self, admin: Actor, at_work: AtWork, signed_in: Callable[..., Client], run_jobs: Callable
    ) -> None:
        browser = at_work(admin)
        browser.post("/darbs/komanda/uzaicinat/", INVITE)
        link, number = link_in(run_jobs), Invitation.objects.get().pk
        for _ in range(2):
            answer = browser.post(f"/darbs/komanda/uzaicinajumi/{number}/atsaukt/")
            assert answer["Location"] == "/darbs/komanda/"
        assert visitor(1, signed_in)[1].get(link).status_code == 410


class TestScope:
    """One's own organisation only; officers invite nobody."""

    def test_another_organisations_rows_are_a_404_and_an_event(self, admin: Actor, at_work: AtWork) -> None:
        browser = at_work(admin)
        stranger = make_staff(2, "institution", organisation="cita", role="admin")
        foreign = Membership.objects.get(person=stranger.person_id)
        for address in (f"/darbs/komanda/{foreign.pk}/", f"/darbs/komanda/{foreign.pk}/beigt/"):
            assert browser.get(address).status_code == 404
            assert AuditEvent.objects.latest("id").kind == "membership.refused"
            assert browser.post(address, INVITE).status_code == 404
        invited = operations.invite(
            Organisation.objects.get(slug="cita"),
            email="a@b.lv",
            role="officer",
            basis_document="R",
            by=stranger,
        )
        assert browser.post(f"/darbs/komanda/uzaicinajumi/{invited.pk}/atsaukt/").status_code == 404
        assert AuditEvent.objects.latest("id").kind == "invitation.refused"
        assert Membership.objects.filter(ended_at=None).count() == 2

    @pytest.mark.parametrize("address", ["", "uzaicinat/"])
    def test_not_for_officers_nor_residents(self, at_work: AtWork, tab: Client, address: str) -> None:
        officer = at_work(make_staff(1, "institution"))
        assert officer.get(f"/darbs/komanda/{address}").status_code == 403
        assert officer.post(f"/darbs/komanda/{address}", INVITE).status_code == 403
        assert tab.get(f"/darbs/komanda/{address}").status_code == 403

    def test_the_agency_reaches_every_organisation(self, admin: Actor, at_work: AtWork) -> None:
        browser = at_work(make_staff(5, "agency", role="admin"))
        member = Membership.objects.get(person=admin.person_id)
        place = member.organisation
        assert f"/agentura/organizacijas/{place.slug}/" in links(browser.get("/agentura/organizacijas/"))
        page = browser.get(f"/agentura/organizacijas/{place.slug}/")
        assert f"/darbs/komanda/{member.pk}/" in links(page)
        assert browser.get(f"/darbs/komanda/{member.pk}/").status_code == 200


class TestEnding:
    """At once, but never the last administrator."""

    def test_an_officer_is_out_at_the_next_click(self, admin: Actor, at_work: AtWork) -> None:
        colleague = make_staff(2, "institution")
        theirs = at_work(colleague)
        assert theirs.get("/iestade/").status_code == 200
        number = Membership.objects.get(person=colleague.person_id).pk
        browser = at_work(admin)
        assert browser.get(f"/darbs/komanda/{number}/beigt/").status_code == 200
        assert browser.post(f"/darbs/komanda/{number}/beigt/")["Location"] == "/darbs/komanda/"
        assert theirs.get("/iestade/").status_code == 403
        assert browser.post(f"/darbs/komanda/{number}/beigt/").status_code == 404

    def test_the_last_administrator_stays(self, admin: Actor, at_work: AtWork) -> None:
        browser, number = at_work(admin), Membership.objects.get().pk
        assert (
            'type="submit">Aiziet no organizācijas<'
            in browser.get(f"/darbs/loma/{number}/pamest/").content.decode()
        )
        refused = browser.post(f"/darbs/loma/{number}/pamest/")
        assert (
            refused.status_code,
            'type="submit">Aiziet no organizācijas<' in refused.content.decode(),
        ) == (409, False)
        assert browser.post(f"/darbs/komanda/{number}/beigt/").status_code == 409
        assert browser.get("/darbs/komanda/").status_code == 200
        make_staff(2, "institution", role="admin")
        assert browser.post(f"/darbs/loma/{number}/pamest/")["Location"] == "/darbs/loma/"
        assert browser.get("/darbs/komanda/").status_code == 403

    def test_nobody_leaves_for_somebody_else(self, admin: Actor, at_work: AtWork) -> None:
        colleague = make_staff(2, "institution", role="admin")
        number = Membership.objects.get(person=colleague.person_id).pk
        assert at_work(admin).post(f"/darbs/loma/{number}/pamest/").status_code == 404

    def test_nobody_changes_themselves(self, admin: Actor, at_work: AtWork) -> None:
        number = Membership.objects.get().pk
        page = at_work(admin).post(f"/darbs/komanda/{number}/", INVITE)
        assert page.status_code == 422
        assert Membership.objects.get().role == "admin"


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_much_for_thirty_as_for_one(
    admin: Actor, at_work: AtWork, query_counter: Callable, rows: int
) -> None:
    place = Organisation.objects.get(pk=admin.organisation_id)
    for number in range(10, 10 + rows):
        person = people.sign_in(SignedIn(f"0505801{number:04d}", "Kāds", f"Nr{number}"))
        operations.grant(place, person, role="officer", basis_document="R", by=SYSTEM)
    browser = at_work(admin)
    browser.get("/darbs/komanda/")
    with query_counter() as queries:
        page = browser.get("/darbs/komanda/")
    assert len(page.context["page"]) == min(rows + 1, page.context["page"].paginator.per_page)
    assert len(queries) <= 10
