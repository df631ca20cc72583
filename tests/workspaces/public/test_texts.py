"""Long texts in both languages, the policy as a PDF, the choice of language, readiness."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from stars.audit.models import AuditEvent

PAGES = (
    "terms",
    "privacy",
    "help",
    "accessibility",
    "contacts",
    "sign-in",
    "signed-out",
    "landing",
    "catalogue",
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
class TestBothLanguages:
    """Each page is whole in each of them."""

    def test_latvian_is_what_everybody_gets(self, client, name: str) -> None:
        page = client.get(reverse(f"public:{name}"), headers={"accept-language": "en, de"})
        assert (page.status_code, page["Content-Language"]) == (200, "lv")
        assert '<html lang="lv"' in page.content.decode()

    def test_english_for_whoever_chose_it(self, client, name: str) -> None:
        client.cookies["django_language"] = "en"
        english = client.get(reverse(f"public:{name}"))
        assert (english.status_code, english["Content-Language"]) == (200, "en")
        text = re.sub(r"<[^>]+>", " ", english.content.decode().split("<main")[1].split("</main")[0])
        client.cookies["django_language"] = "lv"
        latvian = re.sub(
            r"<[^>]+>",
            " ",
            client.get(reverse(f"public:{name}")).content.decode().split("<main")[1].split("</main")[0],
        )
        assert text.split() != latvian.split()


@pytest.mark.django_db
class TestChoosing:
    """A link and a cookie; nothing else is written."""

    @pytest.mark.parametrize("language", ["lv", "en"])
    def test_it_is_remembered_and_leads_back(self, client, language: str) -> None:
        answer = client.get(f"/valoda/{language}/", {"next": "/kontakti/?a=1"})
        assert answer["Location"] == "/kontakti/?a=1"
        cookie = client.cookies["django_language"]
        assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (language, True, "Lax")
        assert client.get("/kontakti/")["Content-Language"] == language

    @pytest.mark.parametrize("language", ["ru", "de", "LV", "xx", "lv-LV"])
    def test_other_languages_are_not_there(self, client, language: str) -> None:
        assert client.get(f"/valoda/{language}/").status_code == 404

    @pytest.mark.parametrize("value", ["ru", "<script>", "", "en; x=1"])
    def test_a_tampered_cookie_means_latvian(self, client, value: str) -> None:
        client.cookies["django_language"] = value
        assert client.get("/kontakti/")["Content-Language"] == "lv"


@pytest.mark.parametrize(("language", "word"), [("lv", "PRIVĀTUMA POLITIKA"), ("en", "PRIVACY POLICY")])
def test_the_policy_is_a_document_with_whole_letters(client, language: str, word: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get(reverse("public:privacy-pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    name = "priv%C4%81tuma-politika-2025-09-01.pdf"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    document = PdfReader(io.BytesIO(answer.content))
    read = " ".join("".join(page.extract_text() for page in document.pages).split()).upper()
    assert word in read
    assert document.trailer["/Root"]["/Lang"] == language


@pytest.mark.parametrize("document", ["terms", "privacy"])
def test_a_text_says_from_when_it_is_in_force(client, document: str) -> None:
    page = client.get(reverse(f"public:{document}"))
    assert page.context["version"].isoformat() == "2025-09-01"
    assert "01.09.2025." in page.content.decode()


@pytest.mark.django_db
def test_readiness(client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer.cookies == {}
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize(
    "given", ["foo", "landing", "public:landing", "//evil.example", "javascript:alert(1)"]
)
def test_language_leads_back_to_paths_of_ours_only(client, given: str) -> None:
    answer = client.get("/valoda/en/", {"next": given})

    assert (answer.status_code, answer.url) == (302, "/")
