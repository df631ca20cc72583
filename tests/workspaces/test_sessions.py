"""A session ends after a quarter of an hour without a request; what was being typed waits for its owner."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from stars.audit.models import AuditEvent
from stars.common import clock
from stars.people import operations
from stars.people.models import FormDraft, Person
from stars.people.types import SignedIn

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver"}
PROFILE = "/profils/mans-profils/"


@pytest.fixture
def neighbour(db: None) -> Person:
    """Somebody else at the same computer, who has come as far as the registration."""
    person = operations.sign_in(SignedIn("32000000000", "Sandra", "Vītola"))
    operations.accept_texts(person, by=operations.actor_of(person))
    return person


@pytest.fixture
def after() -> Callable[..., time_machine.travel]:
    """`with after(minutes=16):` it is later; `clock.now()` outside is the beginning."""
    begin = clock.now()
    return lambda **time: time_machine.travel(begin + timedelta(**time), tick=False)


@pytest.fixture
def begun(tab: Client, after: Callable[..., time_machine.travel]) -> Client:
    """The citizen's browser, after one page at minute 0."""
    with after(minutes=0):
        assert tab.get(PROFILE).status_code == 200
    return tab


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


class TestEnding:
    """Fifteen minutes are counted from the last request."""

    def test_within_the_quarter_of_an_hour_it_lives(self, begun, after) -> None:
        with after(minutes=14, seconds=59):
            assert begun.get(PROFILE).status_code == 200

    def test_each_request_begins_it_anew(self, begun, after) -> None:
        for minutes in (14, 28, 42):
            with after(minutes=minutes):
                assert begun.get("/provider/session").status_code == 204

    def test_afterwards_it_ends(self, begun, after) -> None:
        with after(minutes=15, seconds=15):
            answer = begun.get(f"{PROFILE}?x=1")
        assert urlsplit(answer["Location"]).path == "/provider/login"
        assert query_of(answer["Location"]) == {"next": [f"{PROFILE}?x=1"], "reason": ["idle"]}
        assert Session.objects.count() == 0

    def test_the_end_is_in_the_audit(self, begun, after, citizen) -> None:
        with after(minutes=16):
            begun.get(PROFILE)
        event = AuditEvent.objects.get(kind="session.ended-idle")
        assert (event.subject, event.subject_id) == ("person", str(citizen.pk))

    def test_it_counts_from_the_sign_in(self, traveller, after) -> None:
        """Also when no page followed the sign-in: the connection broke, the computer was left."""
        with after(minutes=0):
            traveller.sign_in("new-citizen")
        with after(minutes=16):
            answer = traveller.client.get("/piekrisana/")
        assert query_of(answer["Location"])["reason"] == ["idle"]

    def test_staying_is_told_when_the_session_is_gone(self, begun, client, after) -> None:
        assert client.get("/provider/session").status_code == 401

    def test_the_sign_in_page_says_why(self, client) -> None:
        for reason, said in (("idle", 1), ("kept", 1), ("", 0)):
            page = client.get("/provider/login", {"reason": reason}).content.decode()
            assert page.count('class="ds-alert"') == said

    def test_the_page_knows_how_long_it_has(self, tab) -> None:
        page = tab.get(PROFILE).content.decode()
        assert 'data-seconds="900" data-warning="120" data-ping="/provider/session"' in page

    def test_visitors_have_no_session_to_end(self, client, after) -> None:
        with after(minutes=0):
            client.get("/kontakti/")
        with after(minutes=60):
            assert client.get("/kontakti/").status_code == 200
        assert Session.objects.count() == 0


class TestWayBack:
    """After signing in again one comes to a page, never to an address that only takes forms."""

    @pytest.mark.parametrize(
        ("address", "wanted"),
        [
            (PROFILE, [PROFILE]),
            ("/profils/registracija/", ["/profils/registracija/"]),
            ("/profils/mans-profils/apstiprinat-e-pastu/", None),
            ("/profils/melnraksts/profile/", None),
            ("/nav-tadas-lapas/", None),
        ],
    )
    def test_from_a_form_sent_too_late(self, begun, after, address: str, wanted: list[str] | None) -> None:
        with after(minutes=20):
            answer = begun.post(address, {}, headers=OURS)
        assert query_of(answer["Location"]).get("next") == wanted

    @pytest.mark.parametrize("address", ["/provider/login/iedzivotajs/", "/provider/callback?code=x&state=y"])
    def test_not_into_the_middle_of_a_sign_in(self, begun, after, address: str) -> None:
        with after(minutes=20):
            answer = begun.get(address)
        assert query_of(answer["Location"]) == {"reason": ["idle"]}

    def test_from_a_form_sent_without_any_session(self, client) -> None:
        assert query_of(client.post(PROFILE, {})["Location"]) == {"next": [PROFILE]}
        only_for_forms = client.post("/profils/mans-profils/apstiprinat-e-pastu/", {})
        assert only_for_forms["Location"] == "/provider/login"


TYPED = {
    "email": "jauna@klients.example",
    "phone": "",
    "economic_status": "econ-unemployed",
    "how_heard": ["heard-press"],
}


class TestWhatWasTyped:
    """A form sent too late is kept for its owner, and only for them."""

    def send_late(self, begun: Client, after, **headers: str):
        with after(minutes=20):
            return begun.post(PROFILE, TYPED, headers=headers or OURS)

    def test_it_is_kept_and_not_saved(self, begun, after, citizen) -> None:
        answer = self.send_late(begun, after)
        assert query_of(answer["Location"]) == {"next": [PROFILE], "reason": ["kept"]}
        citizen.refresh_from_db()
        assert citizen.email == "anna@klients.example"
        assert Session.objects.count() == 0

    def test_it_is_shown_to_its_owner(self, begun, after, signed_in, citizen) -> None:
        self.send_late(begun, after)
        form = signed_in(citizen).get(PROFILE).context["form"]
        assert {name: form[name].value() for name in TYPED} == TYPED
        # What was unticked stays unticked, whatever the profile says.
        assert (form["registration_reasons"].value(), bool(form["low_income"].value())) == ([], False)

    def test_names_and_code_are_never_taken_from_it(self, begun, after, signed_in, citizen) -> None:
        with after(minutes=20):
            begun.post(PROFILE, TYPED | {"given_name": "Zane", "person_code": "1"}, headers=OURS)
        form = signed_in(citizen).get(PROFILE).context["form"]
        assert (form["given_name"].value(), form["person_code"].value()) == ("Anna", "220384-17779")

    def test_it_is_not_shown_to_anybody_else(self, begun, after, signed_in, neighbour) -> None:
        self.send_late(begun, after)
        page = signed_in(neighbour).get("/profils/registracija/")
        assert page.status_code == 200
        assert "jauna@klients.example" not in page.content.decode()

    def test_it_is_forgotten_once_the_form_is_saved(self, begun, after, signed_in, citizen, typed) -> None:
        self.send_late(begun, after)
        signed_in(citizen).post(PROFILE, typed)
        assert FormDraft.objects.count() == 0

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"referer": "https://evil.example/testserver/"},
            {"origin": "https://testserver.evil.example"},
            {"accept": "*/*"},
        ],
    )
    def test_a_form_from_elsewhere_leaves_nothing(self, begun, after, headers: dict[str, str]) -> None:
        answer = self.send_late(begun, after, **headers)
        assert query_of(answer["Location"])["reason"] == ["idle"]
        assert FormDraft.objects.count() == 0

    def test_a_referrer_of_ours_is_enough(self, begun, after) -> None:
        answer = self.send_late(begun, after, referer=f"http://testserver{PROFILE}")
        assert query_of(answer["Location"])["reason"] == ["kept"]

    def test_what_the_script_sends_too_late_waits_at_its_form(self, begun, after, citizen) -> None:
        headers = OURS | {"x-autosave": "1", "referer": f"http://testserver{PROFILE}?x=1"}
        with after(minutes=20):
            begun.post("/profils/melnraksts/profile/", TYPED, headers=headers)
        assert FormDraft.objects.get().form == PROFILE

    @pytest.mark.parametrize(
        ("data", "kept"),
        [
            ({}, 0),
            ({"csrfmiddlewaretoken": "x"}, 0),
            ({"email": ""}, 0),
            ({"email": "a" * 100_001}, 0),
            ({"email": "a" * 90_000}, 1),
            ({"email": "a\x00b"}, 1),
        ],
    )
    def test_what_is_worth_keeping(self, begun, after, data: dict[str, str], kept: int) -> None:
        with after(minutes=20):
            answer = begun.post(PROFILE, data, headers=OURS)
        assert query_of(answer["Location"])["reason"] == ["kept" if kept else "idle"]
        assert FormDraft.objects.count() == kept

    def test_the_token_is_not_kept(self, begun, after) -> None:
        with after(minutes=20):
            begun.post(PROFILE, TYPED | {"csrfmiddlewaretoken": "secret"}, headers=OURS)
        assert FormDraft.objects.get().data.keys() == TYPED.keys()

    def test_too_much_for_a_form_is_refused_in_words(self, begun, after) -> None:
        with after(minutes=20):
            answer = begun.post(PROFILE, {"email": "a" * 2_600_000}, headers=OURS)
        assert answer.status_code == 400
        assert answer.templates[0].name == "400.html"

    def test_signing_out_too_late_is_signing_out(self, begun, after, simulator) -> None:
        with after(minutes=20):
            answer = begun.post(reverse("public:sign-out"))
        assert answer.status_code == 200
        assert (Session.objects.count(), AuditEvent.objects.filter(kind="session.signed-out").count()) == (
            0,
            1,
        )


class TestSavingAsOneTypes:
    """Where the registration's and the profile's script puts what is typed."""

    @pytest.mark.parametrize(
        ("form", "page"), [("registration", "/profils/registracija/"), ("profile", PROFILE)]
    )
    def test_it_waits_at_the_form(self, consenting, signed_in, form: str, page: str) -> None:
        answer = signed_in(consenting).post(f"/profils/melnraksts/{form}/", {"email": "a@b.lv"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert list(FormDraft.objects.values_list("person", "form", "data")) == [
            (consenting.pk, page, {"email": ["a@b.lv"]})
        ]

    def test_the_page_names_the_place(self, consenting, signed_in) -> None:
        page = signed_in(consenting).get("/profils/registracija/").content.decode()
        assert 'data-autosave-url="/profils/melnraksts/registration/"' in page

    def test_no_other_form_is_kept(self, tab) -> None:
        assert tab.post("/profils/melnraksts/home/", {"email": "a"}).status_code == 404

    def test_hostile_text_is_kept_without_nul(self, tab) -> None:
        tab.post("/profils/melnraksts/profile/", {"email": "<script>\x00\N{SNOWMAN}"})
        assert FormDraft.objects.get().data == {"email": ["<script>\N{SNOWMAN}"]}
        page = tab.get(PROFILE).content.decode()
        assert "&lt;script&gt;\N{SNOWMAN}" in page
        assert "<script>\N{SNOWMAN}" not in page
