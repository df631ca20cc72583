"""Results in figures: the right people in the right groups, nothing small, no name, and the same as files."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.assessments.banks import CHOICE, finished, loaded, published, thresholds
from tests.world import OGRE, RIGA, make_person

from stars.assessments.bank_files import Row
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import ItemBank
from stars.assessments.queries.summaries import counted_in, years_with_results
from stars.assessments.summaries import Breakdown, Tally
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.people.models import Person, Profile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
DIGITAL = Instrument.DIGITAL_SKILLS
SUMMARY = "/agentura/testi/digital-skills/kopsavilkums/"


def last_year() -> int:
    """Whole, whatever day it is."""
    return clock.today().year - 1


@pytest.fixture
def bank() -> ItemBank:
    """What everybody answered."""
    return published()


def moment(month: int, day: int = 15, hour: int = 12) -> datetime:
    return datetime(last_year(), month, day, hour, tzinfo=timezone.get_default_timezone())


def crowd(
    bank: ItemBank, count: int, place: str | None, *, month: int = 5, first: int = 1, **result: Any
) -> None:
    for number in range(first, first + count):
        person = make_person(number)
        Profile.objects.filter(person=person).update(municipality=place)
        finished(person, bank, moment(month), **({"percent": 60, "band": "intermediate"} | result))


def shown(answer: Any) -> dict[str, list[Any]]:
    return {row[0]: row[1:] for row in answer.context["rows"]}


def test_people_are_counted_once_by_their_latest_result_of_the_year(bank: ItemBank) -> None:
    person = make_person()
    Profile.objects.filter(person=person).update(municipality=OGRE)
    finished(person, bank, moment(2), percent=20, band="low")
    finished(person, bank, moment(9), percent=90, band="advanced")
    finished(person, bank, moment(1) - timedelta(days=30), percent=10, band="low")
    counted = counted_in(last_year(), DIGITAL)
    assert counted.marks == {
        (Breakdown.PLACE, OGRE, "advanced"): Tally(1, 1, 90),
        (Breakdown.AGE, "", "advanced"): Tally(1, 1, 90),
        (Breakdown.MONTH, "9", "advanced"): Tally(1, 1, 90),
    }
    assert years_with_results(DIGITAL) == [last_year() + 1, last_year(), last_year() - 1]


@pytest.mark.parametrize(
    ("born", "group"),
    [(18, "18-29"), (30, "30-54"), (55, "55+"), (None, "")],
    ids=["18", "30", "55", "unknown"],
)
def test_age_is_that_of_the_day_of_the_result(bank: ItemBank, born: int | None, group: str) -> None:
    """Somebody whose birthday it is has that age; a day earlier not yet."""
    person, other = make_person(1), make_person(2)
    day = moment(5).date()
    if born is None:
        Person.objects.update(birth_date=None)
    else:
        Person.objects.filter(pk=person.pk).update(birth_date=day.replace(year=day.year - born))
        Person.objects.filter(pk=other.pk).update(birth_date=day.replace(year=day.year - born, day=16))
    for each in (person, other):
        finished(each, bank, moment(5), percent=50, band="intermediate")
    ages = {
        key[1]: tally.people
        for key, tally in counted_in(last_year(), DIGITAL).marks.items()
        if key[0] == "age"
    }
    earlier = {"18-29": "0-17", "30-54": "18-29", "55+": "30-54"}
    assert ages == ({group: 2} if born is None else {group: 1, earlier[group]: 1})


def test_the_year_is_that_of_riga(bank: ItemBank) -> None:
    finished(make_person(), bank, moment(1, 1, 0), percent=50, band="low")
    months = [key[1] for key in counted_in(last_year(), DIGITAL).marks if key[0] is Breakdown.MONTH]
    assert (months, counted_in(last_year() - 1, DIGITAL).marks) == (["1"], {})


def test_other_tests_and_open_attempts_are_not_counted(bank: ItemBank) -> None:
    level = published("l", CHOICE, instrument=Instrument.LEVEL)
    finished(make_person(), level, moment(5), percent=70, level=3, rules=thresholds())
    assert counted_in(last_year(), DIGITAL).marks == {}
    assert set(counted_in(last_year(), Instrument.LEVEL).marks) == {
        (Breakdown.PLACE, "", "3"),
        (Breakdown.AGE, "", "3"),
        (Breakdown.MONTH, "5", "3"),
    }


def test_dimensions_have_their_means(bank: ItemBank) -> None:
    row = Row(code="p1", scale=Scale.AGREEMENT, text_lv="Es turpinu.", dimension="perseverance")
    growth = published("g", row, instrument=Instrument.GROWTH)
    scores = {"dimensions": {"perseverance": [18, 2, 2], "growth-mindset": [0, 0, 1]}}
    finished(make_person(), growth, moment(5), scores=scores)
    counted = counted_in(last_year(), Instrument.GROWTH)
    assert counted.marks[Breakdown.AGE, "", ""] == Tally(1, 0, 0)
    assert counted.dimensions == {
        (Breakdown.PLACE, "", "perseverance"): Tally(1, 1, 75),
        (Breakdown.AGE, "", "perseverance"): Tally(1, 1, 75),
        (Breakdown.MONTH, "5", "perseverance"): Tally(1, 1, 75),
    }


def test_small_numbers_and_what_tells_of_them_are_hidden(desk: Client, bank: ItemBank) -> None:
    crowd(bank, 3, OGRE)
    crowd(bank, 6, RIGA, first=10)
    page = desk.get(f"{SUMMARY}?gads={last_year()}")
    rows = shown(page)
    assert rows["Ogres novads"] == ["<5", "–", "<5", "<5", "<5", "<5", "<5"]
    assert page.context["total"][1:3] == [9, 60]
    text = page.content.decode()
    assert "Paraudziņa" not in text


def test_a_person_who_repeats_does_not_make_a_group(desk: Client, bank: ItemBank) -> None:
    person = make_person()
    Profile.objects.filter(person=person).update(municipality=OGRE)
    for month in range(1, 12):
        finished(person, bank, moment(month), percent=60, band="intermediate")
    page = desk.get(f"{SUMMARY}?gads={last_year()}")
    assert {row[1] for row in page.context["rows"]} == {"<5"}
    text = page.content.decode()
    assert "tāpēc nav nekā, ko varētu parādīt" in text
    assert "<table" not in text


@pytest.mark.parametrize("breakdown", ["novads", "vecums", "ceturksnis", "menesis"])
def test_each_breakdown_is_a_page_and_two_files(desk: Client, bank: ItemBank, breakdown: str) -> None:
    crowd(bank, 8, RIGA)
    query = f"?gads={last_year()}&dalijums={breakdown}"
    page = desk.get(f"{SUMMARY}{query}")
    expected = [*page.context["rows"], ["Kopā", *page.context["total"][1:]]]
    text = desk.get(f"{SUMMARY}csv/{query}").content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert table == [page.context["headings"], *[[str(cell) for cell in row] for row in expected]]
    sheet = load_workbook(io.BytesIO(desk.get(f"{SUMMARY}xlsx/{query}").content)).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [page.context["headings"], *expected]
    assert desk.get(f"{SUMMARY}pdf/{query}").status_code == 404


@pytest.mark.parametrize("query", ["?gads=1800", "?gads=x&dalijums=vards", "?gads=", "?dalijums=%00"])
def test_nonsense_in_the_address_filters_nothing(desk: Client, query: str) -> None:
    page = desk.get(f"{SUMMARY}{query}")
    assert (page.status_code, page.context["year"]) == (200, clock.today().year)


def test_looks_and_files_are_recorded(desk: Client, bank: ItemBank) -> None:
    desk.get(SUMMARY)
    desk.get(f"{SUMMARY}csv/")
    kinds = AuditEvent.objects.filter(subject="instrument").order_by("pk").values_list("kind", "subject_id")
    assert list(kinds) == [
        ("test-summary.viewed", "digital-skills"),
        ("test-summary.exported", "digital-skills"),
    ]


@pytest.mark.parametrize("instrument", Instrument.values)
def test_every_test_has_its_table(desk: Client, instrument: str) -> None:
    page = desk.get(f"/agentura/testi/{instrument}/kopsavilkums/")
    widths = {len(row) for row in [page.context["headings"], *page.context["rows"], page.context["total"]]}
    assert (page.status_code, len(widths)) == (200, 1)


def test_the_page_costs_the_same_with_many_results(desk: Client, bank: ItemBank, query_counter: Any) -> None:
    loaded("b")
    desk.get(f"{SUMMARY}?gads={last_year()}")
    counts = []
    for first in (1, 10):
        crowd(bank, 8, RIGA, first=first)
        with query_counter() as queries:
            desk.get(f"{SUMMARY}?gads={last_year()}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
