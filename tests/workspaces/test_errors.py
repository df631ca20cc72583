"""What went wrong is said in words, with the right status, and nothing typed is lost."""

import re

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from stars.actors.actor import NotPermitted, OutOfScope, OwnAffair
from stars.actors.permissions import Permission
from stars.people.models import Profile

PROFILE = "/profils/mans-profils/"


class Breaking:
    """A page that breaks."""

    is_public = True

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise RuntimeError("22038417779")


class Missing(Breaking):
    """A page that finds nothing."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise Http404


class Busy(Breaking):
    """A page on which the database chose this request of two to give way."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE deadlock_detected USING MESSAGE = '22038417779'; END $$")
        raise AssertionError


class Over(Breaking):
    """A page whose operation finds that the rights ended while it was open."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise {"permission": NotPermitted(Permission.SESSION_USE), "scope": OutOfScope(), "own": OwnAffair()}[
            request.GET["why"]
        ]


urlpatterns = [
    path("busy", Busy()),
    path("over", Over()),
    path("breaks", Breaking()),
    path("missing", Missing()),
    path("", include("stars.config.urls")),
]
handler500 = "stars.workspaces.errors.server_error"
handler404 = "stars.workspaces.errors.not_found"


@pytest.mark.django_db
class TestStatuses:
    """Each status has its page, in both languages."""

    @pytest.mark.urls(__name__)
    def test_500_has_the_number_that_the_answer_carries(self) -> None:
        page = Client(raise_request_exception=False).get("/breaks")
        assert page.status_code == 500
        assert f"<code>{page['X-Request-ID']}</code>" in page.content.decode()
        assert "22038417779" not in page.content.decode()

    @pytest.mark.urls(__name__)
    @pytest.mark.parametrize("why", ["permission", "scope", "own"])
    def test_403_for_rights_that_ended_while_the_page_was_open(self, client, why: str) -> None:
        page = client.post(f"/over?why={why}")
        assert (page.status_code, page.templates[0].name) == (403, "403.html")

    @pytest.mark.urls(__name__)
    def test_503_takes_what_was_sent_once_more(self, client, caplog) -> None:
        page = client.post("/busy?x=1", {"reason": '"><b>', "p": ["1", "2"]})
        assert (page.status_code, page["Retry-After"], page.templates[0].name) == (503, "5", "503.html")
        main = page.content.decode().split("<main")[1]
        assert 'action="/busy?x=1"' in main
        assert HIDDEN.findall(main)[1:] == [("reason", "&quot;&gt;&lt;b&gt;"), ("p", "1"), ("p", "2")]
        said = [record.getMessage() for record in caplog.records if record.name.startswith("stars")]
        assert said == ["DeadlockDetected on tests.workspaces.test_errors.Busy"]
        assert client.get("/busy").context["typed"] == []

    @pytest.mark.urls(__name__)
    @pytest.mark.parametrize("address", ["/missing", "/nowhere", "/profils/pieteikumi/1/"])
    def test_404(self, client, address: str) -> None:
        page = client.get(address)
        assert (page.status_code, page.templates[0].name) == (404, "404.html")

    def test_400_for_too_much(self, tab) -> None:
        page = tab.post(PROFILE, {"email": "a" * 2_600_000})
        assert (page.status_code, page.templates[0].name) == (400, "400.html")

    def test_400_for_too_many_fields(self, tab) -> None:
        page = tab.post(PROFILE, {f"field-{number}": "x" for number in range(1_100)})
        assert (page.status_code, page.templates[0].name) == (400, "400.html")

    @pytest.mark.parametrize("language", ["lv", "en"])
    def test_in_the_visitors_language(self, client, language: str) -> None:
        client.cookies["django_language"] = language
        page = client.get("/nowhere")
        assert page["Content-Language"] == language
        assert f'<html lang="{language}"' in page.content.decode()

    def test_each_leads_on(self, client) -> None:
        page = client.get("/nowhere").content.decode()
        assert [page.count(f'href="{reverse(name)}"') > 0 for name in ("public:landing", "public:help")] == [
            True,
            True,
        ]

    def test_a_foreign_host_is_refused(self, client) -> None:
        assert client.get("/kontakti/", headers={"host": "evil.example"}).status_code == 400


TYPED = {
    "email": "jauna@klients.example",
    "how_heard": ["heard-press", "heard-employer"],
    "phone": '"><script>',
}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.mark.django_db
class TestTokenOutOfDate:
    """A form whose token is no longer good can be sent once more, as it is, if it stood on a page of ours."""

    @pytest.fixture
    def careful(self, citizen, signed_in) -> Client:
        """A browser that is asked for tokens."""
        browser: Client = signed_in(citizen, enforce_csrf_checks=True)
        browser.get(PROFILE)
        return browser

    def offered(self, page) -> list[tuple[str, str]]:
        main = page.content.decode().split("<main")[1]
        return [(name, value) for name, value in HIDDEN.findall(main) if name != "csrfmiddlewaretoken"]

    def test_what_was_typed_is_offered(self, careful) -> None:
        page = careful.post(f"{PROFILE}?x=1", TYPED, headers={"origin": "http://testserver"})
        assert page.status_code == 403
        assert f'action="{PROFILE}?x=1"' in page.content.decode()
        assert self.offered(page) == [
            ("email", "jauna@klients.example"),
            ("how_heard", "heard-press"),
            ("how_heard", "heard-employer"),
            ("phone", "&quot;&gt;&lt;script&gt;"),
        ]

    def test_sending_once_more_saves_it(self, careful, typed, citizen) -> None:
        page = careful.post(PROFILE, typed | {"education": "edu-05"}, headers={"origin": "http://testserver"})
        token = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode().split("<main")[1]
        )
        assert token is not None
        again: dict[str, list[str]] = {"csrfmiddlewaretoken": [token[1]]}
        for name, value in self.offered(page):
            again.setdefault(name, []).append(value)
        assert careful.post(PROFILE, again, headers={"origin": "http://testserver"}).status_code == 302
        assert Profile.objects.get(person=citizen).education_id == "edu-05"

    @pytest.mark.parametrize(
        "headers",
        [{"origin": "https://evil.example"}, {"origin": "null"}, {"referer": "https://evil.example/"}, {}],
    )
    def test_a_form_of_another_site_is_offered_nothing(
        self, careful, headers: dict[str, str], citizen
    ) -> None:
        page = careful.post(PROFILE, TYPED, headers=headers)
        assert (page.status_code, self.offered(page)) == (403, [])
        citizen.refresh_from_db()
        assert citizen.email == "anna@klients.example"

    def test_more_fields_than_a_form_has_are_not_repeated(self, careful) -> None:
        many = {f"field-{number}": "x" for number in range(400)}
        page = careful.post(PROFILE, many, headers={"origin": "http://testserver"})
        assert (page.status_code, self.offered(page)) == (403, [])
