"""From the list on the sign-in page to a session, and every way in which there is none (manual 2)."""

from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from tests.applications.test_races import together
from tests.integrations.identity.visitor import Visitor, parameters
from tests.workspaces.arriving import Traveller, links

from stars.audit.models import AuditEvent
from stars.common import clock
from stars.integrations.identity.simulator.spoil import Spoil
from stars.people.enums import Document
from stars.people.models import Consent, Person, PersonIdentifier

pytestmark = pytest.mark.django_db

START = "/provider/login/iedzivotajs/"


def path_and_query(response) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(response["Location"])
    return parts.path, parse_qs(parts.query)


def events() -> list[tuple[str, dict[str, str]]]:
    return list(AuditEvent.objects.order_by("id").values_list("kind", "details"))


class TestTheList:
    """The sign-in page."""

    def test_residents_stand_first(self, client) -> None:
        page = client.get("/provider/login")
        assert page.status_code == 200
        choices = [link for link in links(page) if link.startswith("/provider/login/")]
        # Once in the header, once on the page.
        assert choices == [START, "/provider/login/darbinieks/"] * 2
        assert client.get("/provider/login", headers={"accept-language": "en"})["Content-Language"] == "lv"

    def test_the_first_choice_is_called_resident(self, client) -> None:
        first, _ = client.get("/provider/login").context["choices"]
        assert str(first["label"]) == "iedzīvotājs"

    def test_the_wanted_page_is_carried_along(self, client) -> None:
        page = client.get("/provider/login", {"next": "/profils/mans-profils/?a=1&b=2"})
        assert f"{START}?next=%2Fprofils%2Fmans-profils%2F%3Fa%3D1%26b%3D2" in links(page)

    def test_whoever_is_signed_in_goes_on(self, tab) -> None:
        assert tab.get("/provider/login")["Location"] == "/profils/"
        assert tab.get("/provider/login", {"next": "/kontakti/"})["Location"] == "/kontakti/"

    def test_only_the_two_choices_exist(self, client) -> None:
        assert client.get("/provider/login/ministrs/").status_code == 404

    def test_a_closed_page_leads_here_and_names_itself(self, client) -> None:
        answer = client.get("/profils/mans-profils/?x=1")
        assert path_and_query(answer) == ("/provider/login", {"next": ["/profils/mans-profils/?x=1"]})


class TestSigningIn:
    """What is asked of the national side, and what comes of its answer."""

    def test_the_request(self, traveller) -> None:
        asked = parameters(traveller.start()["Location"])
        assert asked["redirect_uri"] == "http://testserver/provider/callback"
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        # Many sit at one library's computer: whoever was there last is not signed in again by themselves.
        assert asked["prompt"] == "login"
        assert asked["ui_locales"] == "lv"

    def test_the_first_time_makes_a_person(self, traveller) -> None:
        traveller.sign_in("new-citizen")
        person = Person.objects.get()
        assert traveller.person_id == str(person.pk)
        assert (person.given_name, person.family_name) == ("Līga", "Jaunzeme")
        assert person.birth_date.isoformat() == "1991-05-14"
        identifier = PersonIdentifier.objects.get()
        assert (identifier.person_id, identifier.kind, identifier.valid_from) == (
            person.pk,
            "dated",
            clock.today(),
        )
        assert events() == [("session.signed-in", {})]

    def test_the_second_time_finds_them(self, traveller, visitor) -> None:
        traveller.sign_in("new-citizen")
        again = Traveller(visitor)
        again.sign_in("new-citizen")
        assert (Person.objects.count(), again.person_id) == (1, traveller.person_id)

    @pytest.mark.parametrize(
        ("slug", "kind"),
        [("eidas-citizen", "technical"), ("new-code-citizen", "undated"), ("minor", "dated")],
    )
    def test_every_form_of_code(self, traveller, slug: str, kind: str) -> None:
        traveller.sign_in(slug)
        assert PersonIdentifier.objects.get().kind == kind
        assert traveller.client.get(reverse("public:consent")).status_code == 200

    def test_back_to_the_wanted_page_after_consent_and_registration(self, traveller, typed) -> None:
        wanted = "/profils/mans-profils/?no=saraksta"
        first = traveller.client.get(wanted)
        assert path_and_query(first) == ("/provider/login", {"next": [wanted]})

        back = traveller.sign_in("new-citizen", wanted=wanted)
        assert back["Location"] == wanted
        to_consent = traveller.client.get(wanted)
        assert path_and_query(to_consent) == ("/piekrisana/", {"next": [wanted]})

        to_wanted = traveller.client.post(to_consent["Location"], {"accepted": "on"})
        assert to_wanted["Location"] == wanted
        to_registration = traveller.client.get(wanted)
        assert path_and_query(to_registration) == ("/profils/registracija/", {"next": [wanted]})

        registered = traveller.client.post(to_registration["Location"], typed)
        assert registered["Location"] == wanted
        assert traveller.client.get(wanted).status_code == 200

    def test_without_a_wanted_page_to_the_profile(self, traveller) -> None:
        assert traveller.sign_in("new-citizen")["Location"] == "/profils/"

    def test_staff_without_a_place_are_told_how_one_gets_one(self, traveller) -> None:
        assert traveller.sign_in("new-citizen", choice="darbinieks")["Location"] == "/darbs/loma/"
        traveller.client.post("/piekrisana/", {"accepted": "on"})
        page = traveller.client.get("/darbs/loma/")
        assert page.status_code == 200
        assert page.context["choices"] == []
        assert "/profils/" in links(page)

    def test_the_session_gets_a_new_key(self, traveller) -> None:
        callback = traveller.chosen("new-citizen")
        before = traveller.client.cookies["sessionid"].value
        traveller.client.get(callback)
        assert traveller.client.cookies["sessionid"].value != before
        assert not Session.objects.filter(pk=before).exists()

    def test_the_session_holds_nothing_of_the_proof(self, traveller) -> None:
        traveller.sign_in("citizen")
        assert set(traveller.client.session.keys()) == {
            "_auth_user_id",
            "_auth_user_backend",
            "_auth_user_hash",
            "last_seen",
        }

    def test_in_english(self, traveller) -> None:
        traveller.client.get("/valoda/en/")
        start = traveller.start()
        assert parameters(start["Location"])["ui_locales"] == "en"
        traveller.client.get(traveller.national.choose(start["Location"], "new-citizen"))
        assert Person.objects.get().language == "en"
        assert traveller.client.get(reverse("public:consent"))["Content-Language"] == "en"

    def test_a_start_while_another_person_is_signed_in(self, traveller) -> None:
        traveller.sign_in("citizen")
        first = traveller.person_id
        traveller.client.session["left-over"] = "of the first"
        traveller.sign_in("imk-citizen")
        assert traveller.person_id not in {first, None}
        assert "left-over" not in traveller.client.session


class TestNamesAndCodes:
    """The state knows a person's names; a person may have had several codes."""

    def test_names_follow_the_state_and_the_history_keeps_the_earlier(self, traveller, visitor) -> None:
        traveller.sign_in("citizen")
        person = Person.objects.get()
        Person.objects.filter(pk=person.pk).update(family_name="Liepiņa")
        Traveller(visitor).sign_in("citizen")
        person.refresh_from_db()
        assert person.family_name == "Kalniņa"
        history = person.events.order_by("pgh_id").values_list("family_name", flat=True)
        assert list(history) == ["Kalniņa", "Liepiņa", "Kalniņa"]

    def test_a_sign_in_that_changes_nothing_leaves_no_history(self, traveller, visitor) -> None:
        traveller.sign_in("citizen")
        Traveller(visitor).sign_in("citizen")
        assert Person.objects.get().events.count() == 1

    def test_a_birth_date_that_is_not_given_again_stays(self, traveller, simulator, visitor) -> None:
        traveller.sign_in("citizen")
        simulator.spoil.add(Spoil.MISSING_BIRTH_DATE)
        Traveller(visitor).sign_in("citizen")
        assert Person.objects.get().birth_date.isoformat() == "1984-03-22"

    def test_any_code_that_a_person_ever_had_leads_to_them(self, traveller, visitor) -> None:
        traveller.sign_in("citizen")
        person, earlier = Person.objects.get(), PersonIdentifier.objects.get()
        PersonIdentifier.objects.filter(pk=earlier.pk).update(valid_until=clock.today())
        # The code of `new-code-citizen`: the same woman with a code of the new form.
        PersonIdentifier.objects.create(
            person=person, value="32000000000", kind="undated", valid_from=clock.today()
        )
        by_the_new, by_the_old = Traveller(visitor), Traveller(visitor)
        by_the_new.sign_in("new-code-citizen")
        by_the_old.sign_in("citizen")
        assert [by_the_new.person_id, by_the_old.person_id] == [str(person.pk)] * 2
        assert Person.objects.count() == 1

    def test_no_code_in_the_audit_or_in_an_address(self, traveller) -> None:
        callback = traveller.chosen("citizen")
        assert "22038417779" not in callback
        traveller.client.get(callback)
        for event in AuditEvent.objects.all():
            assert "22038417779" not in f"{event.actor_label}{event.subject_id}{event.details}"


def failures() -> list[str]:
    return [details["code"] for kind, details in events() if kind == "session.sign-in-failed"]


class TestFailing:
    """A friendly page with the list to try again, an audit event, no session."""

    def must_be_friendly(self, page, *, status: int, code: str) -> None:
        assert (page.status_code, page.context["failure"]) == (status, code)
        assert START in [urlsplit(link).path for link in links(page)]
        assert page.templates[0].name == "public/sign_in_failed.html"
        assert failures() == [code]
        assert (Session.objects.count(), Person.objects.count()) == (0, 0)

    def test_cancelled(self, traveller) -> None:
        page = traveller.client.get(traveller.cancelled())
        self.must_be_friendly(page, status=200, code="sign-in-cancelled")

    def test_after_cancelling_the_wanted_page_is_not_forgotten(self, traveller) -> None:
        address = traveller.start(wanted="/kontakti/")["Location"]
        page = traveller.client.get(traveller.national.cancel(address))
        assert f"{START}?next=%2Fkontakti%2F" in links(page)

    def test_the_provider_is_down(self, traveller, simulator) -> None:
        simulator.spoil.add(Spoil.BROKEN_METADATA)
        self.must_be_friendly(traveller.start(), status=503, code="sign-in-provider-unavailable")

    def test_the_provider_goes_down_in_between(self, traveller, simulator) -> None:
        callback = traveller.chosen("citizen")
        simulator.spoil.add(Spoil.EXCHANGE_FAILS)
        page = traveller.client.get(callback)
        self.must_be_friendly(page, status=503, code="sign-in-provider-unavailable")

    @pytest.mark.parametrize(
        "query", ["", "?code=x", "?code=x&state=invented", "?state=%00", "?error=access_denied"]
    )
    def test_an_answer_that_nobody_asked_for(self, traveller, query: str) -> None:
        page = traveller.client.get(f"/provider/callback{query}")
        self.must_be_friendly(page, status=400, code="sign-in-state-mismatch")

    def test_a_spoilt_state(self, traveller) -> None:
        page = traveller.client.get(traveller.chosen("citizen") + "x")
        self.must_be_friendly(page, status=400, code="sign-in-state-mismatch")

    def test_somebody_elses_answer(self, traveller, client) -> None:
        callback = traveller.chosen("citizen")
        traveller.client.cookies.clear()
        Session.objects.all().delete()
        self.must_be_friendly(client.get(callback), status=400, code="sign-in-state-mismatch")

    def test_a_replayed_answer_ends_the_session_that_it_made(self, traveller) -> None:
        callback = traveller.chosen("citizen")
        traveller.client.get(callback)
        page = traveller.client.get(callback)
        assert (page.status_code, failures()) == (400, ["sign-in-state-mismatch"])
        assert Session.objects.count() == 0
        assert traveller.client.get("/profils/").status_code == 302

    def test_a_replayed_code_in_a_new_sign_in(self, traveller) -> None:
        used = traveller.chosen("citizen")
        traveller.client.get(used)
        fresh = parameters(traveller.start()["Location"])["state"]
        page = traveller.client.get(f"/provider/callback?code={parameters(used)['code']}&state={fresh}")
        assert (page.status_code, failures()) == (400, ["sign-in-state-mismatch"])
        assert Session.objects.count() == 0

    @pytest.mark.parametrize(
        "fault",
        [
            Spoil.UNKNOWN_IDENTIFIER,
            Spoil.MISSING_NAMES,
            Spoil.MISSING_SUBJECT,
            Spoil.WRONG_ISSUER,
            Spoil.WRONG_AUDIENCE,
            Spoil.WRONG_NONCE,
            Spoil.EXPIRED,
            Spoil.FOREIGN_SIGNATURE,
            Spoil.NO_PROOF,
        ],
    )
    def test_claims_that_say_nothing_or_prove_nothing(self, traveller, simulator, fault: Spoil) -> None:
        simulator.spoil.add(fault)
        page = traveller.sign_in("citizen")
        self.must_be_friendly(page, status=400, code="sign-in-claims-not-understood")

    @pytest.mark.parametrize(
        ("slug", "kind"),
        [
            ("institution-employee", "institution-unknown"),
            ("unknown-institution-employee", "institution-unknown"),
            ("proxy", "proxy"),
        ],
    )
    def test_roles_that_have_no_place_yet(self, traveller, slug: str, kind: str) -> None:
        page = traveller.sign_in(slug)
        assert (page.status_code, page.context["failure"]) == (403, kind)
        assert START in links(page)
        assert events() == [("session.role-refused", {"kind": kind})]
        assert (Session.objects.count(), Person.objects.count()) == (0, 0)

    def test_after_a_failure_one_can_try_again(self, traveller) -> None:
        traveller.client.get(traveller.cancelled())
        traveller.sign_in("citizen")
        assert traveller.person_id == str(Person.objects.get().pk)


HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "evil",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "https://testserver@evil.example/",
    " //evil.example",
    "\t//evil.example",
]


class TestNeverOffThePlatform:
    """`next` leads to a page of ours or nowhere."""

    @pytest.mark.parametrize("wanted", HOSTILE)
    def test_after_signing_in(self, traveller, wanted: str) -> None:
        assert traveller.sign_in("citizen", wanted=wanted)["Location"] == "/profils/"

    @pytest.mark.parametrize("wanted", HOSTILE)
    def test_when_signed_in_already(self, tab, wanted: str) -> None:
        assert tab.get("/provider/login", {"next": wanted})["Location"] == "/profils/"

    @pytest.mark.parametrize("wanted", HOSTILE)
    def test_on_the_sign_in_page(self, client, wanted: str) -> None:
        assert (
            "evil" not in client.get("/provider/login", {"next": wanted}).content.decode().split("<main")[1]
        )

    @pytest.mark.parametrize("wanted", HOSTILE)
    def test_after_choosing_a_language(self, client, wanted: str) -> None:
        assert client.get("/valoda/en/", {"next": wanted})["Location"] == "/"

    @pytest.mark.parametrize("wanted", HOSTILE)
    def test_after_the_consent(self, newcomer, signed_in, wanted: str) -> None:
        answer = signed_in(newcomer).post("/piekrisana/", {"accepted": "on"}, query_params={"next": wanted})
        assert answer["Location"] == "/profils/"

    @pytest.mark.parametrize("wanted", HOSTILE)
    def test_after_the_registration(self, consenting, signed_in, typed, wanted: str) -> None:
        answer = signed_in(consenting).post("/profils/registracija/", typed, query_params={"next": wanted})
        assert answer["Location"] == "/profils/"


class TestTwoAtOnce:
    """The same person, twice in the same moment, for the first time."""

    @pytest.mark.django_db(transaction=True)
    def test_there_is_one_person(self, simulator) -> None:
        with Visitor() as one, Visitor() as other:
            travellers = [Traveller(national) for national in (one, other)]
            arriving = [(traveller.client, traveller.chosen("new-citizen")) for traveller in travellers]
        answers = together(*[partial(client.get, callback) for client, callback in arriving])
        assert [answer.status_code for answer in answers] == [302, 302]
        assert (Person.objects.count(), PersonIdentifier.objects.count()) == (1, 1)
        assert AuditEvent.objects.filter(kind="session.signed-in").count() == 2


class TestClosedBeforeTheConsent:
    """Until both texts are accepted only they, help, catalogue and sign-out are open (manual 2)."""

    @pytest.mark.parametrize(
        "name", ["citizen:home", "citizen:profile", "citizen:registration", "citizen:programmes"]
    )
    def test_closed(self, newcomer, signed_in, name: str) -> None:
        answer = signed_in(newcomer).get(reverse(name))
        assert path_and_query(answer) == ("/piekrisana/", {"next": [reverse(name)]})

    @pytest.mark.parametrize(
        "name", ["public:terms", "public:privacy", "public:privacy-pdf", "public:help", "public:contacts"]
    )
    def test_open(self, newcomer, signed_in, name: str) -> None:
        assert signed_in(newcomer).get(reverse(name)).status_code == 200

    def test_signing_out_is_open(self, newcomer, signed_in, simulator) -> None:
        assert signed_in(newcomer).post(reverse("public:sign-out")).status_code == 200

    def test_only_one_of_the_texts_is_not_enough(self, newcomer, signed_in) -> None:
        Consent.objects.create(
            person=newcomer,
            document=Document.TERMS,
            version="2025-09-01",
            accepted_at=clock.now(),
        )
        assert signed_in(newcomer).get("/profils/").status_code == 302
