"""Mācību un pieteikumu vēsture: the page, its filters, and the copies to take along."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.factories.applications import ApplicationFactory
from tests.factories.learning import EnrolmentFactory, offered, past
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
ADDRESS = "/profils/vesture/"
HEADINGS = [
    *("Pieteikums", "Programma", "Izglītības iestāde", "Finansējuma avots", "Iznākums"),
    *("Pieteikums iesniegts", "Uzņemšana", "Mācību sākums", "Noslēgums"),
    *("Dokumenta numurs", "Dokumenta datums", "Rezultāts"),
]


def table(answer) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_page_stands_in_the_navigation_after_the_programmes(tab) -> None:
    page = tab.get(ADDRESS).content.decode()
    assert page.index(">Izglītības programmas<") < page.index(">Mācību un pieteikumu vēsture<")
    assert 'aria-current="page"' in page


def test_without_history_the_page_says_so(tab) -> None:
    page = tab.get(ADDRESS)
    assert "Vēstures vēl nav" in page.content.decode()
    assert page.context["has_any"] is False


def test_everything_of_each_entry(tab, citizen) -> None:
    made = past(citizen)
    page = tab.get(ADDRESS).content.decode()
    for outcome in ("Atteicies", "Uzņemts", "Pabeidzis", "Atskaitīts", "Neuzņemts"):
        assert page.count(f">{outcome}</span>") == 1
    for application in made.values():
        assert f'href="/profils/pieteikumi/{application.public_id}/"' in page
        assert application.number in page
    assert "MA-0042" in page


def test_the_page_can_be_printed_without_its_tools(tab, citizen) -> None:
    past(citizen)
    page = tab.get(ADDRESS).content.decode()
    assert page.count("data-print") == 1
    assert 'class="app-history__filter app-no-print"' in page
    assert 'class="app-actions app-no-print"' in page


def test_filters_stand_in_the_address(tab, citizen) -> None:
    past(citizen)
    page = tab.get(
        ADDRESS, {"iznakums": "refused", "finansejums": "MN", "gads": str(timezone.localdate().year)}
    )
    assert page.context["total"] == 1
    text = page.content.decode()
    assert '<option value="refused" selected>Neuzņemts</option>' in text
    assert '<option value="MN" selected>MN</option>' in text
    assert "kopija.csv?iznakums=refused&amp;finansejums=MN&amp;gads=" in text


def test_nothing_fits(tab, citizen) -> None:
    past(citizen)
    page = tab.get(ADDRESS, {"finansejums": "VARAM"})
    assert "Šādiem filtriem nekas neatbilst" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"iznakums": "'; DROP TABLE people_person; --"},
        {"iznakums": "draft"},
        {"finansejums": "<script>alert(1)</script>"},
        {"gads": "20266"},
        {"gads": "²⁰²⁶"},
        {"gads": "0000"},
        {"gads": "-1"},
        {"lapa": "x"},
        {"lapa": "99999999999999999999"},
        {"iznakums": "x" * 5000, "gads": "\x00"},
    ],
)
def test_nonsense_in_the_address_shows_the_page(tab, citizen, query: dict[str, str]) -> None:
    past(citizen)
    for address in (ADDRESS, f"{ADDRESS}kopija.csv"):
        answer = tab.get(address, query)
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_pages_of_twenty(tab, citizen) -> None:
    for number in range(23):
        ApplicationFactory(
            applicant=citizen, withdrawn=True, submitted_at=timezone.now() - timedelta(days=number)
        )
    pages = [tab.get(ADDRESS, {"lapa": number}).context["page"] for number in (1, 2)]
    assert [len(page.object_list) for page in pages] == [20, 3]
    assert len(table(tab.get(f"{ADDRESS}kopija.csv"))) == 24


def test_the_page_costs_the_same_with_many_entries(tab, citizen, query_counter) -> None:
    counts = []
    for more in (1, 29):
        for _ in range(more):
            EnrolmentFactory(
                application=ApplicationFactory(applicant=citizen, completed=True), completed=True
            )
        tab.get(ADDRESS)
        with query_counter() as queries:
            assert tab.get(ADDRESS).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_csv(tab, citizen) -> None:
    made = past(citizen)["completed"]
    answer = tab.get(f"{ADDRESS}kopija.csv", {"iznakums": "completed"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    today = timezone.localdate()
    # A moment, not a day: late in the evening it fell on the next day while summer time held.
    admitted = str(timezone.localdate(timezone.now() - timedelta(days=65)))
    ago = [str(today), admitted, str(today - timedelta(days=60)), str(today - timedelta(days=9))]
    document = ["MA-0042", str(today - timedelta(days=8)), "9"]
    named = [made.number, made.programme.title, made.programme.institution.name, "MN", "Pabeidzis"]
    assert table(answer) == [HEADINGS, [*named, *ago, *document]]


def test_xlsx_holds_dates_as_dates(tab, citizen) -> None:
    past(citizen)
    answer = tab.get(f"{ADDRESS}kopija.xlsx", {"iznakums": "completed"})
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet["F2"].value.date() == timezone.localdate()
    assert (sheet["J2"].value, sheet["L2"].value) == ("MA-0042", "9")


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_looks_like_a_formula_is_text(tab, citizen, begins: str) -> None:
    ApplicationFactory(
        applicant=citizen, refused=True, promised={"programme": begins, "institution": '=HYPERLINK("x")'}
    )
    row = table(tab.get(f"{ADDRESS}kopija.csv"))[1]
    assert [cell[0] for cell in row[1:3]] == ["'", "'"]
    sheet = load_workbook(io.BytesIO(tab.get(f"{ADDRESS}kopija.xlsx").content)).worksheets[0]
    assert [(cell.data_type, cell.quotePrefix) for cell in sheet[2][1:3]] == [("s", True)] * 2


def test_pdf_is_tagged_and_names_its_owner(tab, citizen) -> None:
    made = past(citizen)
    answer = tab.get(f"{ADDRESS}kopija.pdf")
    assert answer["Content-Type"] == "application/pdf"
    document = PdfReader(io.BytesIO(answer.content))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712  pypdf's own boolean
    text = "".join(page.extract_text() for page in document.pages)
    assert "Anna Kalniņa" in text
    assert [name for name, each in made.items() if each.number not in text] == []
    assert "220384" not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_a_copy_of_nothing(tab, kind: str) -> None:
    assert tab.get(f"{ADDRESS}kopija.{kind}").status_code == 200


@pytest.mark.parametrize("kind", ["exe", "CSV", "csv-x"])
def test_another_ending_is_no_page(tab, kind: str) -> None:
    assert tab.get(f"{ADDRESS}kopija.{kind}").status_code == 404


def test_nothing_of_anybody_else(tab) -> None:
    made = past(PersonFactory())
    copies = [tab.get(f"{ADDRESS}{end}").content for end in ("", "kopija.csv")]
    told = b"".join(copies).decode()
    assert [name for name, each in made.items() if each.number in told] == []


def test_only_for_the_signed_in(client) -> None:
    for end in ("", "kopija.csv", "kopija.pdf"):
        assert client.get(ADDRESS + end).status_code == 302


def test_in_english(tab, citizen) -> None:
    past(citizen)
    tab.cookies["django_language"] = "en"
    assert "History of learning and applications" in tab.get(ADDRESS).content.decode()


def test_a_tag_has_the_colour_that_it_has_on_the_first_page_and_on_the_applications_own(tab, citizen) -> None:
    application = offered(citizen)
    pages = ["/profils/", f"/profils/pieteikumi/{application.public_id}/", ADDRESS]
    tags = [
        re.findall(r'data-color="(\w+)">Gaidīšanas sarakstā<', tab.get(page).content.decode())
        for page in pages
    ]
    assert tags == [["warm"]] * 3
