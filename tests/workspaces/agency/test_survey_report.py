"""The report on a survey: figures by filters, small ones hidden, the same in files."""

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from openpyxl import load_workbook
from tests.factories.people import PersonFactory
from tests.surveys.made import invited, published, sent, table
from tests.world import OGRE

from stars.audit.models import AuditEvent
from stars.common.suppression import Figure
from stars.people import operations as people
from stars.surveys import queries
from stars.surveys.models import SurveyVersion
from stars.surveys.queries import report
from stars.surveys.queries.report import Report
from stars.surveys.types import ReportFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
RIGA = ZoneInfo("Europe/Riga")
MOST = 12


@pytest.fixture
def version() -> SurveyVersion:
    return published()


def answered(number: int, *, scheme: str = "MN", **answers: list[str]) -> None:
    """So many people answered so."""
    for _ in range(number):
        person = PersonFactory()
        given = {"works": ["yes"], "rate": ["3"]} | answers
        sent(invited(person, scheme=scheme), people.actor_of(person), **given)


def address(version: SurveyVersion, rest: str = "/") -> str:
    return f"/agentura/anketas/{version.pk}/parskats{rest}"


def figures(version: SurveyVersion, wanted: ReportFilter | None = None) -> dict[str, str]:
    """Each question's figures in one line."""
    counted = report(version, wanted or ReportFilter())
    return {
        each.question.code: " ".join(f"{row.code}:{row.figure}" for row in each.rows)
        for each in counted.questions
    }


def test_figures_add_up_and_texts_are_only_counted(version) -> None:
    answered(6, note=["Rakstīja"])
    answered(7, works=["no"], why=["red", "blue"], rate=["1"])
    answered(9, rate=["2"])
    assert str(report(version, ReportFilter()).total) == "22"
    assert figures(version) == {
        "works": "yes:15 no:… none:<5",
        "why": "red:7 green:<5 blue:7 none:15",
        "rate": "1:7 2:9 3:… none:<5",
        "note": "written:6 none:16",
    }


def test_few_are_hidden_with_what_would_give_them_away(version) -> None:
    answered(2, works=["no"], why=["red"])
    answered(20)
    assert figures(version)["works"] == "yes:20 no:<5 none:<5"
    assert figures(version)["why"] == "red:<5 green:<5 blue:<5 none:…"


def test_fewer_than_five_are_not_shown_at_all(version, desk) -> None:
    answered(4)
    counted = report(version, ReportFilter())
    assert (counted.is_too_small, counted.questions) == (True, [])
    page = desk.get(address(version))
    assert "Mazāk par piecām atbildēm" in page.content.decode()
    rows = list(
        csv.reader(io.StringIO(desk.get(address(version, ".csv")).content.decode("utf-8-sig")), delimiter=";")
    )
    assert rows[1:] == [["Visi, kas aizpildījuši", "", "<5"]]


def test_what_was_not_sent_is_not_counted(version) -> None:
    answered(6)
    invited(PersonFactory())
    assert str(report(version, ReportFilter()).total) == "6"


def test_filters_narrow_the_figures(version, desk) -> None:
    with time_machine.travel(datetime(2026, 6, 30, 23, 59, tzinfo=RIGA), tick=False):
        answered(6, scheme="IMK")
    with time_machine.travel(datetime(2026, 7, 1, 0, 0, tzinfo=RIGA), tick=False):
        answered(7)
    shown = {
        query: str(desk.get(f"{address(version)}?{query}").context["report"].total)
        for query in (
            "periods=2026-2",
            "periods=2026-3",
            "periods=2026",
            "avots=IMK",
            "avots=nekas",
            "vecums=55%2B",
        )
    }
    assert shown == {
        "periods=2026-2": "6",
        "periods=2026-3": "7",
        "periods=2026": "13",
        "avots=IMK": "6",
        "avots=nekas": "13",
        "vecums=55%2B": "<5",
    }


def test_municipality_and_age_group_narrow_too(version, desk) -> None:
    answered(7)
    for number in range(6):
        older = PersonFactory(birth_date=date(1960, 1, 1 + number), profile__municipality_id=OGRE)
        sent(invited(older), people.actor_of(older), works=["yes"], rate=["1"])
    assert [each.code for each in queries.municipalities_asked(version)] == [OGRE]
    shown = {
        query: str(desk.get(f"{address(version)}?{query}").context["report"].total)
        for query in (f"pasvaldiba={OGRE}", "vecums=55%2B", "vecums=30-54", f"pasvaldiba={OGRE}&vecums=30-54")
    }
    assert shown == {
        f"pasvaldiba={OGRE}": "6",
        "vecums=55%2B": "6",
        "vecums=30-54": "7",
        f"pasvaldiba={OGRE}&vecums=30-54": "<5",
    }


def test_filters_that_leave_out_a_few_are_held_back(version, desk) -> None:
    """Everybody less those of Ogre would be one person with each answer."""
    for number in range(8):
        older = PersonFactory(birth_date=date(1960, 1, 1 + number), profile__municipality_id=OGRE)
        sent(invited(older), people.actor_of(older), works=["yes"], rate=["1"])
    answered(1, works=["no"], why=["red"])
    assert str(report(version, ReportFilter()).total) == "9"
    # Those of Ogre are those of that age: the second filter leaves nobody out and must not open the door again.
    for query in (f"pasvaldiba={OGRE}", "vecums=55%2B", f"pasvaldiba={OGRE}&vecums=55%2B"):
        page = desk.get(f"{address(version)}?{query}")
        assert page.context["report"] == Report(Figure(None, is_small=False), [], is_withheld=True)
        assert "Šis dalījums netiek rādīts" in page.content.decode()
        text = desk.get(f"{address(version, '.csv')}?{query}").content.decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(text), delimiter=";"))[1:] == [["Visi, kas aizpildījuši", "", "…"]]
    assert str(report(version, ReportFilter(scheme="MN")).total) == "9"


def test_files_hold_what_the_page_shows(version, desk) -> None:
    answered(2, works=["no"], why=["red"])
    answered(20)
    rows = list(
        csv.reader(io.StringIO(desk.get(address(version, ".csv")).content.decode("utf-8-sig")), delimiter=";")
    )
    assert rows[:3] == [
        ["Jautājums", "Atbilde", "Skaits"],
        ["Visi, kas aizpildījuši", "", "22"],
        ["Jautājums works?", "Atbilde yes", "20"],
    ]
    sheet = load_workbook(io.BytesIO(desk.get(address(version, ".xlsx")).content)).active
    cells = [
        ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert cells == rows
    assert desk.get(address(version, ".pdf")).status_code == 404


def test_who_looked_and_through_which_filters_is_known(version, desk, officer) -> None:
    desk.get(f"{address(version)}?avots=IMK&vecums=55%2B")
    event = AuditEvent.objects.get(kind="survey.report-viewed")
    assert event.actor_id == officer.person_id
    assert event.details == {"survey": "exit", "version": 1, "avots": "IMK", "vecums": "55+"}


def test_another_versions_answers_are_not_mixed_in(version) -> None:
    answered(7)
    other = published(table(title_lv="Otrā"))
    answered(6)
    assert [str(report(each, ReportFilter()).total) for each in (version, other)] == ["7", "6"]


def test_the_page_costs_the_same_whatever_was_answered(version, desk, query_counter) -> None:
    counts = []
    for number in (5, 20):
        answered(number)
        desk.get(address(version))
        with query_counter() as statements:
            assert desk.get(address(version)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= MOST


def test_what_people_wrote_is_not_even_read(version, query_counter) -> None:
    answered(6, note=["Mans skolotājs Jānis"])
    with query_counter() as statements:
        report(version, ReportFilter())
    (chosen,) = [sql for sql in statements.statements if "unnest" in sql]
    assert "'works', 'why', 'rate'" in chosen
    assert "'note'" not in chosen
