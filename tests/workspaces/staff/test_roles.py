"""Signing in to a work place, choosing and changing the role, and what the role opens and closes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.crossing import crossed
from tests.workspaces.arriving import Traveller, links
from tests.world import make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.integrations.identity.simulator.people import KNOWN_INSTITUTION, simulated_people
from stars.organisations import operations
from stars.organisations.models import Membership, Organisation
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

pytestmark = pytest.mark.django_db


def make_place(slug: str = "skola", kind: str = "institution", **values: str) -> Organisation:
    """An organisation."""
    number = f"9{Organisation.objects.count():010d}"
    return Organisation.objects.create(
        kind=kind, slug=slug, name=f"Organizācija {slug}", registration_number=number, **values
    )


def arrive(slug: str) -> Person:
    """One of the simulator's people, who has signed in before and accepted the texts."""
    who = next(person for person in simulated_people(clock.today()) if person.slug == slug)
    person = people.sign_in(SignedIn(who.person_code, who.given_name, who.family_name, who.birth_date))
    people.accept_texts(person, by=people.actor_of(person))
    return person


def employ(place: Organisation, person: Person, role: str = "officer", **values: object) -> Membership:
    """A membership."""
    return operations.grant(place, person, role=role, basis_document="Rīkojums", by=SYSTEM, **values)


def kinds() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("kind", flat=True))


class TestSigningIn:
    """The choice "darbinieks"."""

    def test_one_place_is_entered_at_once(self, traveller: Traveller) -> None:
        membership = employ(make_place(), arrive("institution-officer"))
        assert traveller.sign_in("institution-officer", choice="darbinieks")["Location"] == "/iestade/"
        assert traveller.client.session["membership"] == membership.pk
        assert traveller.client.get("/iestade/").status_code == 200

    def test_the_wanted_page_comes_first(self, traveller: Traveller) -> None:
        employ(make_place("viaa", "agency"), arrive("agency-officer"))
        answer = traveller.sign_in("agency-officer", choice="darbinieks", wanted="/agentura/?lapa=2")
        assert answer["Location"] == "/agentura/?lapa=2"

    def test_among_several_one_chooses(self, traveller: Traveller) -> None:
        person = arrive("two-hats")
        first, second = employ(make_place("a"), person), employ(make_place("b", "agency"), person)
        answer = traveller.sign_in("two-hats", choice="darbinieks", wanted="/agentura/")
        assert answer["Location"] == "/darbs/loma/?next=%2Fagentura%2F"
        page = traveller.client.get(answer["Location"])
        assert [choice.value for choice in page.context["choices"]] == ["", str(first.pk), str(second.pk)]
        chosen = traveller.client.post("/darbs/loma/", {"membership": second.pk, "next": "/agentura/"})
        assert chosen["Location"] == "/agentura/"
        assert traveller.client.get("/agentura/").status_code == 200

    def test_as_a_resident_one_is_a_resident(self, traveller: Traveller) -> None:
        employ(make_place(), arrive("two-hats"))
        assert traveller.sign_in("two-hats")["Location"] == "/profils/"
        assert "membership" not in traveller.client.session
        traveller.sign_in("two-hats", choice="darbinieks")
        assert "membership" in traveller.client.session
        traveller.sign_in("two-hats")
        assert "membership" not in traveller.client.session

    def test_staff_accept_the_texts_and_do_not_register(self, traveller: Traveller) -> None:
        employ(make_place(), people.sign_in(_raw("institution-officer")))
        traveller.sign_in("institution-officer", choice="darbinieks")
        first = traveller.client.get("/iestade/")
        assert first["Location"] == "/piekrisana/?next=%2Fiestade%2F"
        assert traveller.client.get("/piekrisana/").status_code == 200
        accepted = traveller.client.post(first["Location"], {"accepted": "on"})
        assert accepted["Location"] == "/iestade/"
        assert traveller.client.get("/iestade/").status_code == 200

    def test_the_consent_without_a_wanted_page_leads_to_the_work_place(self, traveller: Traveller) -> None:
        employ(make_place(), people.sign_in(_raw("institution-officer")))
        traveller.sign_in("institution-officer", choice="darbinieks")
        assert traveller.client.post("/piekrisana/", {"accepted": "on"})["Location"] == "/iestade/"


class TestNamedByTheNationalSignIn:
    """`AU:<code>-PK:…`."""

    def test_the_institution_is_entered_whatever_was_chosen(self, traveller: Traveller) -> None:
        person = arrive("institution-employee")
        membership = employ(make_place(identity_code=KNOWN_INSTITUTION), person)
        employ(make_place("cita"), person)
        assert traveller.sign_in("institution-employee")["Location"] == "/iestade/"
        assert traveller.client.session["membership"] == membership.pk

    @pytest.mark.parametrize("is_known", [True, False])
    def test_without_a_membership_there_is_no_session(self, traveller: Traveller, is_known: bool) -> None:
        place = make_place(identity_code=KNOWN_INSTITUTION)
        if is_known:
            employ(make_place("cita"), arrive("institution-employee"))
        before = Person.objects.count()
        AuditEvent.objects.all()
        page = traveller.sign_in("institution-employee", choice="darbinieks")
        assert (page.status_code, page.context["failure"]) == (403, "no-membership")
        assert place.name in page.content.decode()
        assert "/provider/login/iedzivotajs/" in links(page)
        assert (Session.objects.count(), Person.objects.count()) == (0, before)
        assert kinds()[-1] == "session.role-refused"

    def test_a_membership_that_ended_opens_nothing(self, traveller: Traveller) -> None:
        place = make_place(identity_code=KNOWN_INSTITUTION)
        membership = employ(place, arrive("institution-employee"))
        Membership.objects.filter(pk=membership.pk).update(ended_at=clock.now())
        assert traveller.sign_in("institution-employee").context["failure"] == "no-membership"

    def test_an_empty_code_maps_to_nobody(self, traveller: Traveller) -> None:
        employ(make_place(), arrive("unknown-institution-employee"))
        page = traveller.sign_in("unknown-institution-employee", choice="darbinieks")
        assert (page.status_code, page.context["failure"]) == (403, "institution-unknown")
        assert Session.objects.count() == 0


class TestChanging:
    """The switcher of the header."""

    def test_it_stands_on_every_page_and_says_who_one_is(self, at_work: Callable[[Actor], Client]) -> None:
        actor = make_staff(1, "institution")
        browser = at_work(actor)
        for address in ("/", "/palidziba/", "/iestade/", "/nav-tadas/", "/profils/"):
            page = browser.get(address)
            current = [choice.organisation for choice in page.context["role_choices"] if choice.current]
            assert current == [actor.organisation], address
            assert page.content.decode().count('action="/darbs/loma/"') >= 2, address

    def test_residents_have_none(self, tab: Client) -> None:
        assert tab.get("/").context["role_choices"] == []

    def test_there_and_back_with_a_new_key_each_time(self, at_work: Callable[[Actor], Client]) -> None:
        browser = at_work(make_staff(1, "institution"))
        number = browser.session["membership"]
        keys = [browser.session.session_key]
        assert browser.post("/darbs/loma/", {"membership": ""})["Location"] == "/profils/"
        keys.append(browser.cookies["sessionid"].value)
        assert browser.get("/iestade/").status_code == 403
        assert browser.post("/darbs/loma/", {"membership": number})["Location"] == "/iestade/"
        keys.append(browser.cookies["sessionid"].value)
        assert browser.get("/iestade/").status_code == 200
        assert len(set(keys)) == 3
        assert Session.objects.count() == 1
        assert kinds()[-2:] == ["session.role-chosen"] * 2

    @pytest.mark.parametrize("sent", ["0", "-1", "x", "9" * 30, "١", "1 or 1=1", "\x00"])
    def test_what_is_no_membership_changes_nothing(
        self, at_work: Callable[[Actor], Client], sent: str
    ) -> None:
        browser = at_work(make_staff(1, "institution"))
        before = browser.session["membership"]
        assert browser.post("/darbs/loma/", {"membership": sent}).status_code == 404
        assert browser.session["membership"] == before
        assert kinds()[-1] == "session.role-refused"

    def test_somebody_elses_membership_changes_nothing(self, at_work: Callable[[Actor], Client]) -> None:
        browser = at_work(make_staff(1, "institution"))
        make_staff(2, "agency", role="admin")
        foreign = Membership.objects.get(organisation__kind="agency")
        assert browser.post("/darbs/loma/", {"membership": foreign.pk}).status_code == 404
        assert browser.get("/agentura/").status_code == 403

    def test_a_resident_cannot_take_one_either(self, tab: Client) -> None:
        make_staff(2, "agency", role="admin")
        foreign = Membership.objects.get()
        assert tab.post("/darbs/loma/", {"membership": foreign.pk}).status_code == 404
        assert tab.get("/agentura/").status_code == 403

    def test_a_form_without_token_is_refused(self, at_work: Callable[..., Client]) -> None:
        browser = at_work(make_staff(1, "institution"), enforce_csrf_checks=True)
        assert browser.post("/darbs/loma/", {"membership": ""}).status_code == 403
        assert "membership" in browser.session

    @pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "evil"])
    def test_it_never_leads_off_the_platform(self, at_work: Callable[[Actor], Client], wanted: str) -> None:
        browser = at_work(make_staff(1, "institution"))
        answer = browser.post("/darbs/loma/", {"membership": "", "next": wanted})
        assert answer["Location"] == "/profils/"


class TestPagesOfAnotherRole:
    """A friendly page with the way there, and no detour."""

    def test_the_profile_while_working(self, at_work: Callable[[Actor], Client]) -> None:
        page = at_work(make_staff(1, "institution")).get("/profils/mans-profils/?a=1")
        assert page.status_code == 403
        assert [choice.value for choice in page.context["others"]] == [""]
        assert 'name="next" value="/profils/mans-profils/?a=1"' in page.content.decode()

    def test_the_work_place_as_a_resident(self, at_work: Callable[[Actor], Client]) -> None:
        browser = at_work(make_staff(1, "institution"))
        number = browser.session["membership"]
        browser.post("/darbs/loma/", {"membership": ""})
        page = browser.get("/iestade/")
        assert [choice.value for choice in page.context["others"]] == [str(number)]
        assert "/profils/" in links(page)

    def test_a_membership_given_since_the_sign_in_is_offered(self, tab: Client, citizen: Person) -> None:
        membership = employ(make_place(), citizen)
        page = tab.get("/iestade/")
        assert [choice.value for choice in page.context["others"]] == [str(membership.pk)]
        assert [choice.value for choice in tab.get("/").context["role_choices"]] == ["", str(membership.pk)]

    def test_another_kind_of_work_place_is_closed(self, at_work: Callable[[Actor], Client]) -> None:
        page = at_work(make_staff(1, "institution")).get("/agentura/")
        assert (page.status_code, page.context["others"]) == (403, [])


class TestWhenAMembershipEnds:
    """At the next request, whatever the reason."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda: {"ended_at": clock.now()},
            lambda: {
                "valid_from": clock.today() - timedelta(days=9),
                "valid_until": clock.today() - timedelta(days=1),
            },
            lambda: {"valid_from": clock.today() + timedelta(days=1)},
        ],
        ids=["ended", "expired", "not yet"],
    )
    def test_staff_are_residents_again(
        self, at_work: Callable[[Actor], Client], change: Callable[[], dict[str, object]]
    ) -> None:
        browser = at_work(make_staff(1, "agency"))
        key = browser.session.session_key
        Membership.objects.update(**change())
        assert browser.get("/agentura/").status_code == 403
        assert "membership" not in browser.session
        assert browser.cookies["sessionid"].value != key

    def test_the_last_day_still_counts(self, at_work: Callable[[Actor], Client]) -> None:
        browser = at_work(make_staff(1, "agency"))
        Membership.objects.update(valid_until=clock.today())
        assert browser.get("/agentura/").status_code == 200


def _raw(slug: str) -> SignedIn:
    who = next(person for person in simulated_people(clock.today()) if person.slug == slug)
    return SignedIn(who.person_code, who.given_name, who.family_name, who.birth_date)


@pytest.mark.django_db(transaction=True)
def test_a_second_click_on_leaving_is_led_where_the_first_was(signed_in: Callable[[Person], Client]) -> None:
    person = arrive("two-hats")
    membership, browser = employ(make_place(), person), signed_in(person)

    ended, answer = crossed(
        lambda: operations.end(membership, by=people.actor_of(person)),
        lambda: browser.post(f"/darbs/loma/{membership.pk}/pamest/"),
    )

    assert ended == membership
    assert (answer.status_code, answer["Location"]) == (302, "/darbs/loma/")
