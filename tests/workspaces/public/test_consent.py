"""Terms and privacy policy are accepted once for each version; an address is proven by a link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from tests.workspaces.arriving import links

from stars.audit.models import AuditEvent
from stars.common import clock
from stars.people import operations, queries, texts
from stars.people.enums import Document
from stars.people.models import Consent, EmailConfirmation, Person

pytestmark = pytest.mark.django_db

CONSENT = "/piekrisana/"
TEXTS = {"terms", "privacy"}


@pytest.fixture
def first_time(newcomer: Person, signed_in):
    """The browser of somebody who has just signed in for the first time."""
    return signed_in(newcomer)


class TestTheTick:
    """One sentence, two links, one tick."""

    def test_the_links(self, first_time) -> None:
        page = first_time.get(CONSENT)
        assert page.status_code == 200
        sentence = re.search(r'<label for="id_accepted">(.*?)</label>', page.content.decode(), re.DOTALL)
        assert sentence is not None
        terms = f'<a href="{reverse("public:terms")}" target="_blank" rel="noopener">'
        policy = f'<a href="{reverse("public:privacy-pdf")}" download>'
        assert [sentence[1].count(terms), sentence[1].count(policy), sentence[1].count("<a ")] == [1, 1, 2]

    @pytest.mark.parametrize("data", [{}, {"accepted": ""}, {"accepted": "false"}])
    def test_without_it_an_error_stands_beside_it(self, first_time, newcomer, data: dict[str, str]) -> None:
        page = first_time.post(CONSENT, data)
        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["accepted"]
        html = page.content.decode()
        assert 'id="id_accepted_error"' in html
        assert re.search(r'<input[^>]*name="accepted"[^>]*aria-invalid="true"', html)
        assert re.search(r'<input[^>]*name="accepted"[^>]*aria-describedby="id_accepted_error"', html)
        assert Consent.objects.count() == 0

    def test_with_it_both_texts_are_accepted(self, first_time, newcomer) -> None:
        answer = first_time.post(CONSENT, {"accepted": "on"}, query_params={"next": "/kontakti/"})
        assert answer["Location"] == "/kontakti/"
        rows = Consent.objects.filter(person=newcomer)
        assert {row.document for row in rows} == TEXTS
        assert {row.version for row in rows} == {
            texts.current_version(document, on=row.accepted_at.date())
            for document in Document
            for row in rows
        }
        event = AuditEvent.objects.get(kind="consent.accepted")
        assert (event.actor_id, event.subject_id) == (newcomer.pk, str(newcomer.pk))

    def test_twice_is_once(self, first_time) -> None:
        for _ in range(2):
            assert first_time.post(CONSENT, {"accepted": "on"}).status_code == 302
        assert Consent.objects.count() == 2

    def test_whoever_accepted_goes_on(self, consenting, signed_in) -> None:
        assert signed_in(consenting).get(CONSENT, {"next": "/kontakti/"})["Location"] == "/kontakti/"

    def test_visitors_sign_in_first(self, client) -> None:
        assert client.get(CONSENT)["Location"] == "/provider/login?next=%2Fpiekrisana%2F"


class TestANewVersion:
    """A text that changed asks again; the earlier acceptance stays."""

    @pytest.fixture
    def newer_terms(self, tmp_path, monkeypatch) -> None:
        for document in Document:
            for language in ("lv", "en"):
                file = tmp_path / document / f"2025-09-01.{language}.md"
                file.parent.mkdir(exist_ok=True)
                file.write_text("# Virsraksts\n\nTeksts.", encoding="utf-8")
        for language in ("lv", "en"):
            (tmp_path / "terms" / f"2026-11-20.{language}.md").write_text(
                "# Jauns\n\nJauns.", encoding="utf-8"
            )
            (tmp_path / "terms" / f"2999-01-01.{language}.md").write_text("# Vēl\n\nVēl.", encoding="utf-8")
        monkeypatch.setattr(texts, "_FOLDER", tmp_path)
        texts._versions.cache_clear()
        texts.text.cache_clear()
        yield
        texts._versions.cache_clear()
        texts.text.cache_clear()

    def test_it_asks_again(self, tab, citizen, newer_terms) -> None:
        answer = tab.get("/profils/")
        assert answer["Location"] == "/piekrisana/?next=%2Fprofils%2F"
        assert queries.has_accepted_texts(citizen) is False
        tab.post(answer["Location"], {"accepted": "on"})
        versions = Consent.objects.filter(person=citizen).order_by("document", "version")
        assert [(row.document, row.version.isoformat()) for row in versions] == [
            ("privacy", "2025-09-01"),
            ("terms", "2025-09-01"),
            ("terms", "2026-11-20"),
        ]
        assert tab.get("/profils/").status_code == 200

    def test_the_page_shows_the_version_in_force_and_not_a_later_one(self, client, newer_terms) -> None:
        page = client.get("/noteikumi/")
        assert (page.context["heading"], page.context["version"].isoformat()) == ("Jauns", "2026-11-20")


class TestProvingAnAddress:
    """The link from the e-mail; the button confirms, because mail programs open links by themselves."""

    @pytest.fixture
    def link(self, citizen: Person, run_jobs) -> str:
        """The path in the e-mail that the registration sent."""
        run_jobs()
        (message,) = mail.outbox
        assert message.to == ["anna@klients.example"]
        (path,) = re.findall(r"^http://testserver(/e-pasts/\S+/)$", message.body, re.MULTILINE)
        return path

    def is_confirmed(self, person: Person) -> bool:
        return Person.objects.get(pk=person.pk).email_confirmed_at is not None

    def test_looking_confirms_nothing(self, client, link, citizen) -> None:
        assert client.get(link).status_code == 200
        assert self.is_confirmed(citizen) is False

    def test_the_button_confirms_whoever_is_signed_in(self, client, link, citizen) -> None:
        answer = client.post(link)
        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert self.is_confirmed(citizen) is True
        assert AuditEvent.objects.filter(kind="email.confirmed", subject_id=str(citizen.pk)).count() == 1

    def test_the_owner_comes_home(self, tab, link) -> None:
        assert tab.post(link)["Location"] == "/profils/"

    def test_a_second_click_finds_it_confirmed(self, client, link, citizen) -> None:
        assert [client.post(link).status_code for _ in range(2)] == [302, 302]
        assert self.is_confirmed(citizen) is True
        assert AuditEvent.objects.filter(kind="email.confirmed").count() == 1

    def test_it_works_once_for_an_address_that_was_changed_and_comes_back(
        self, client, link, citizen
    ) -> None:
        client.post(link)
        by = operations.actor_of(citizen)
        for address in ("jauna@klients.example", citizen.email):
            operations.set_contact(citizen, email=address, phone=citizen.phone, by=by)
        page = client.post(link)
        assert (page.status_code, page.context["is_invalid"]) == (410, True)
        assert self.is_confirmed(citizen) is False

    def test_a_link_to_an_earlier_address_is_worthless(self, client, link, citizen) -> None:
        by = operations.actor_of(citizen)
        operations.set_contact(citizen, email="jauna@klients.example", phone=citizen.phone, by=by)
        assert client.post(link).status_code == 410
        assert self.is_confirmed(citizen) is False

    def test_the_first_of_two_links_to_the_same_address_still_works(self, client, link, citizen) -> None:
        operations.send_confirmation(citizen, by=operations.actor_of(citizen))
        assert client.post(link).status_code == 302

    @pytest.mark.parametrize("token", ["invented", "x" * 500, "%00", "%3Cscript%3E", "ā"])
    def test_an_invented_link(self, client, citizen, token: str) -> None:
        page = client.post(f"/e-pasts/{token}/")
        assert page.status_code == 410
        assert "<script>" not in page.content.decode().split("<main")[1].split("</main")[0]

    def test_the_token_itself_is_not_kept(self, link, citizen) -> None:
        token = link.split("/")[2]
        kept = EmailConfirmation.objects.get(person=citizen)
        assert token not in (kept.token_hash, kept.email)

    def test_a_new_link_on_request(self, tab, link, run_jobs) -> None:
        answer = tab.post("/profils/mans-profils/apstiprinat-e-pastu/")
        assert answer["Location"] == "/profils/mans-profils/"
        run_jobs()
        assert [message.to for message in mail.outbox] == [["anna@klients.example"]] * 2

    def test_five_links_a_day_and_no_more(self, tab, link, citizen, run_jobs) -> None:
        for _ in range(6):
            answer = tab.post("/profils/mans-profils/apstiprinat-e-pastu/", follow=True)
        run_jobs()
        assert len(mail.outbox) == 5
        assert "Šodien jau nosūtījām vairākas saites" in answer.content.decode()
        EmailConfirmation.objects.update(sent_at=clock.now() - timedelta(days=1))
        tab.post("/profils/mans-profils/apstiprinat-e-pastu/")
        run_jobs()
        assert len(mail.outbox) == 6

    def test_changing_the_address_again_and_again_floods_nobody(self, citizen, run_jobs) -> None:
        by = operations.actor_of(citizen)
        for number in range(9):
            operations.set_contact(citizen, email=f"kads{number}@klients.example", phone=citizen.phone, by=by)
        run_jobs()
        assert len(mail.outbox) == 5
        assert Person.objects.get(pk=citizen.pk).email == "kads8@klients.example"

    def test_it_is_no_gate(self, tab, citizen) -> None:
        assert self.is_confirmed(citizen) is False
        assert tab.get("/profils/").status_code == 200
        assert "/profils/mans-profils/" in links(tab.get("/profils/"))
