"""Surveys at the agency: versions, a look at one, a file with a new one, publishing, retiring."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.surveys.made import published, question, survey_file, table

from stars.actors.actor import SYSTEM
from stars.surveys import operations
from stars.surveys.models import SurveyVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
LIST = "/agentura/anketas/"
NEW = f"{LIST}jauna/"
MOST = 12


def page_of(version: SurveyVersion, rest: str = "") -> str:
    return f"{LIST}{version.pk}/{rest}"


def file_of(content: object, name: str = "anketa.json") -> dict[str, SimpleUploadedFile]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"file": SimpleUploadedFile(name, raw, "application/json")}


def test_without_surveys_the_list_says_so(desk) -> None:
    assert "Anketu vēl nav" in desk.get(LIST).content.decode()


def test_the_list_shows_every_version_with_its_state(desk) -> None:
    published()
    published(table(title_lv="Otrā"))
    operations.load(survey_file(table(title_lv="Trešā")), by=SYSTEM)
    lines = desk.get(LIST).context["lines"]
    assert [(line["title"], str(line["state"])) for line in lines] == [
        ("Trešā, 3. versija", "Melnraksts"),
        ("Otrā, 2. versija", "Publicēta"),
        ("Anketa pēc mācībām, 1. versija", "Aizstāta ar jaunāku versiju"),
    ]


def test_the_list_is_paged_and_costs_the_same(desk, query_counter) -> None:
    counts = []
    for number in (1, 40):
        for at in range(number):
            operations.load(survey_file(table(title_lv=f"{number}-{at}")), by=SYSTEM)
        desk.get(LIST)
        with query_counter() as statements:
            page = desk.get(LIST)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= MOST
    assert len(page.context["lines"]) == 30
    assert len(desk.get(f"{LIST}?lapa=2").context["lines"]) == 11


def test_a_file_becomes_a_draft_that_is_looked_at_and_published(desk) -> None:
    made = desk.post(NEW, file_of(table()))
    version = SurveyVersion.objects.get()
    assert made["Location"] == page_of(version)
    page = desk.get(page_of(version)).content.decode()
    assert "Jautājums works?" in page
    assert "Jautā tikai tad, ja uz „Jautājums works?” atbildēts: Atbilde no" in page
    assert desk.post(page_of(version, "publicet/"))["Location"] == page_of(version)
    assert SurveyVersion.objects.get().takes_answers is True


def test_a_faulty_file_is_refused_with_every_reason_and_nothing_is_kept(desk) -> None:
    scaleless = {key: value for key, value in question("b", "scale").items() if key != "scale"}
    page = desk.post(NEW, file_of(table(question("a"), question("a"), scaleless)))
    assert page.status_code == 422
    assert page.context["form"].faults == (
        "3. jautājums (b): „scale” nav norādīts vai nav saraksts ar 2 līdz 10 vērtībām",
        "kods „a” ir norādīts divreiz",
    )
    assert "<li>kods „a” ir norādīts divreiz</li>" in page.content.decode()
    assert SurveyVersion.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"not json", id="no-json"),
    ],
)
def test_what_is_no_survey_is_refused(desk, content: bytes) -> None:
    assert desk.post(NEW, file_of(content)).status_code == 422
    assert SurveyVersion.objects.count() == 0


def test_what_can_be_no_survey_is_not_even_read(desk) -> None:
    for file, reason in (
        (file_of(b" " * (1024 * 1024 + 1)), "Fails ir lielāks par 1 MB."),
        (file_of(table(question("a")), "anketa.xlsx"), "Var nolasīt šāda veida failus: .json."),
    ):
        assert desk.post(NEW, file).context["form"].errors["file"] == [reason]
    assert SurveyVersion.objects.count() == 0


def test_no_file_at_all_is_said(desk) -> None:
    page = desk.post(NEW, {})
    assert page.status_code == 422
    assert "Izvēlieties failu." in page.content.decode()


def test_a_draft_is_deleted_after_it_was_asked_once_more(desk) -> None:
    draft, kept = operations.load(survey_file(), by=SYSTEM), published(table(question("b"), survey="other"))
    assert f'href="{page_of(draft, "dzest/")}"' in desk.get(page_of(draft)).content.decode()
    assert "Dzēst melnrakstu" in desk.get(page_of(draft, "dzest/")).content.decode()
    assert SurveyVersion.objects.count() == 2
    for _twice in range(2):
        assert desk.post(page_of(draft, "dzest/"))["Location"] == LIST
    assert desk.post(page_of(kept, "dzest/"))["Location"] == page_of(kept)
    assert SurveyVersion.objects.get() == kept
    assert desk.post(page_of(draft, "publicet/")).status_code == 404


def test_buttons_pressed_twice_do_no_harm(desk) -> None:
    version = operations.load(survey_file(), by=SYSTEM)
    for rest in ("publicet/", "publicet/", "slegt/", "slegt/"):
        assert desk.post(page_of(version, rest))["Location"] == page_of(version)
    kept = SurveyVersion.objects.get()
    assert (kept.published_at is not None, kept.takes_answers) == (True, False)
    assert desk.get(page_of(version, "publicet/")).status_code == 405


def test_what_cannot_be_undone_is_told_before(desk) -> None:
    version = published(table())
    way = page_of(version, "slegt/")
    assert f'href="{way}"' in desk.get(page_of(version)).content.decode()
    text = desk.get(way).content.decode()
    assert "Kas anketu ir sācis un nav iesniedzis, to vairs nevarēs iesniegt." in text
    assert f'action="{way}"' in text
    assert SurveyVersion.objects.get().takes_answers
    desk.post(way)
    after = desk.get(way).content.decode()
    assert f'action="{way}"' not in after
    assert f'href="{way}"' not in desk.get(page_of(version)).content.decode()


def test_an_older_draft_cannot_follow_a_newer_version(desk) -> None:
    draft = operations.load(survey_file(), by=SYSTEM)
    published(table(title_lv="Otrā"))
    page = desk.post(page_of(draft, "publicet/"), follow=True)
    assert "Jau publicēta jaunāka versija" in page.content.decode()
    assert SurveyVersion.objects.get(pk=draft.pk).published_at is None


@pytest.mark.parametrize("rest", ["", "parskats/", "parskats.csv"])
def test_what_is_not_there_is_404(desk, rest: str) -> None:
    assert desk.get(f"{LIST}999/{rest}").status_code == 404


@pytest.mark.parametrize("address", [LIST, NEW])
def test_only_the_agency_manages_surveys(ministry, tab_of_citizen, address: str) -> None:
    assert ministry.get(address).status_code == 403
    assert tab_of_citizen.get(address).status_code == 403


@pytest.fixture
def tab_of_citizen(citizen, signed_in):
    """A registered person's browser, beside that of the agency."""
    return signed_in(citizen)
