"""Outcomes from a table: checked first, then all or nothing; hostile files are refused in words."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from openpyxl import Workbook, load_workbook
from tests.applications.seating import Hall, status

from stars.applications.enums import ExpulsionReason
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments import operations as enrolments
from stars.enrolments.imports.outcomes import COLUMNS, REASONS
from stars.enrolments.models import Enrolment
from stars.notices.models import Delivery

HEADINGS = [column.heading for column in COLUMNS]
Learner = Callable[[], Enrolment]


@pytest.fixture
def place(begun: Group) -> str:
    """Address of the page."""
    return f"/iestade/grupas/{begun.pk}/rezultati/"


def table(*rows: Sequence[object], headings: Sequence[str] = HEADINGS, name: str = "tabula.xlsx") -> object:
    """A file with the rows."""
    book = Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return SimpleUploadedFile(name, written.getvalue())


def completed(
    enrolment: Enrolment, *, grade: object = 8, hours: object = 70, document: str = "A-1"
) -> list[object]:
    """A row that completes."""
    return [enrolment.application.number, "", hours, document, clock.today(), grade, ""]


def test_checked_then_written(desk: Client, place: str, learner: Learner) -> None:
    first, second, third = learner(), learner(), learner()
    before = Delivery.objects.count()
    rows = [
        completed(first),
        [second.application.number, "", "12", "", None, None, ""],
        [third.application.number, "", None, "A-3", f"{clock.today():%d.%m.%Y.}", None, "Jā"],
    ]
    page = desk.post(place, {"file": table(*rows)})
    assert (page.status_code, page.context["faults"], len(page.context["told"])) == (200, [], 2)
    assert not Enrolment.objects.filter(status="completed").exists()
    assert Delivery.objects.count() == before
    day, headline = f"{clock.today():%d.%m.%Y}.", "Jūs pabeidzāt programmas apguvi"
    assert [(row.application.pk, *rest) for row, *rest in page.context["told"]] == [
        (first.application_id, f"A-1, {day}, vērtējums 8", headline),
        (third.application_id, f"A-3, {day}, ieskaitīts", headline),
    ]
    assert first.application.applicant.full_name in page.content.decode()

    for _ in range(2):
        assert desk.post(place, {"checked": page.context["checked"]}).status_code == 302
    known = Enrolment.objects.order_by("pk").values_list(
        "status", "hours_attended", "document_number", "grade", "passed"
    )
    assert list(known) == [
        ("completed", 70, "A-1", 8, None),
        ("learning", 12, "", None, None),
        ("completed", 0, "A-3", None, True),
    ]
    assert Delivery.objects.count() - before == 2
    again = desk.post(place, {"file": table(*rows)})
    assert (again.context["told"], again.context["faults"]) == ([], [])


def expelled(
    enrolment: Enrolment, *, reason: object = "Neapmeklēšana", hours: object = None, on: object = ...
) -> list[object]:
    """A row that expels, today unless said; `on` may be so long after today."""
    day = clock.today() if on is ... else clock.today() + on if isinstance(on, timedelta) else on
    return [enrolment.application.number, "", hours, "", None, None, "", reason, day]


def test_expulsions_are_noted_with_the_rest(desk: Client, place: str, learner: Learner) -> None:
    first, second, third = learner(), learner(), learner()
    before = Delivery.objects.filter(kind="application.expel").count()
    rows = [completed(first), expelled(second, hours=5), expelled(third, reason="  nesekmiba ")]
    page = desk.post(place, {"file": table(*rows)})
    assert (page.status_code, page.context["faults"], len(page.context["told"])) == (200, [], 3)
    assert not Enrolment.objects.filter(status="expelled").exists()

    for _ in range(2):
        assert desk.post(place, {"checked": page.context["checked"]}).status_code == 302
    known = Enrolment.objects.order_by("pk").values_list("status", "hours_attended", "expulsion_reason")
    assert list(known) == [("completed", 70, ""), ("expelled", 5, "absence"), ("expelled", 0, "failure")]
    assert set(Enrolment.objects.values_list("ended_on", flat=True)) == {clock.today()}
    assert status(second.application) == "expelled"
    assert Delivery.objects.filter(kind="application.expel").count() - before == 2
    expected = f"Nesekmība, {clock.today():%d.%m.%Y}."
    assert [told[1] for told in page.context["told"]][2] == expected
    again = desk.get(f"{place}tabula/").content
    page = desk.post(place, {"file": SimpleUploadedFile("t.xlsx", again)})
    assert (page.context["told"], page.context["faults"]) == ([], [])


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"reason": "Neglīts"}, HEADINGS[7]),
        ({"reason": ""}, HEADINGS[7]),
        ({"reason": "=1+1"}, HEADINGS[7]),
        ({"on": None}, HEADINGS[8]),
        ({"on": "vakar"}, HEADINGS[8]),
        ({"on": timedelta(days=2)}, ""),
        ({"on": timedelta(days=-40)}, ""),
    ],
)
def test_one_wrong_expulsion_and_nothing_is_written(
    desk: Client, place: str, learner: Learner, values: dict[str, object], column: str
) -> None:
    good, bad = learner(), learner()
    page = desk.post(place, {"file": table(expelled(good), expelled(bad, **values))})
    assert page.status_code == 422
    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(3, column)]
    assert status(good.application) == "admitted"


@pytest.mark.parametrize("cells", [["A-1", None, None, ""], ["", None, 8, ""], ["", None, None, "jā"]])
def test_nobody_completes_and_is_expelled(
    desk: Client, place: str, learner: Learner, cells: list[object]
) -> None:
    row = expelled(learner())
    row[3:7] = cells
    page = desk.post(place, {"file": table(row)})
    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(2, HEADINGS[7])]


def test_who_completed_is_not_expelled_by_a_later_table(desk: Client, place: str, learner: Learner) -> None:
    enrolment = learner()
    checked = desk.post(place, {"file": table(completed(enrolment))}).context["checked"]
    desk.post(place, {"checked": checked})
    page = desk.post(place, {"file": table(expelled(enrolment))})
    assert [(fault.row, bool(fault.message)) for fault in page.context["faults"]] == [(2, True)]
    assert status(enrolment.application) == "completed"


def test_tables_without_the_columns_of_expulsion_are_good(desk: Client, place: str, learner: Learner) -> None:
    page = desk.post(place, {"file": table(completed(learner()), headings=HEADINGS[:7])})
    assert (page.context["faults"], len(page.context["told"])) == ([], 1)


def test_more_faults_than_a_page_holds_are_counted_and_it_says_that_not_all_are_shown(
    desk: Client, place: str
) -> None:
    nobody = [["NAV", "", None, "A-1", clock.today(), 8, ""]]
    page = desk.post(place, {"file": table(*nobody * 101)})
    assert (page.context["fault_count"], len(page.context["faults"])) == (101, 100)
    assert "Parādītas tikai pirmās 100 kļūdas." in page.content.decode()
    few = desk.post(place, {"file": table(*nobody * 2)})
    assert "Parādītas tikai" not in few.content.decode()


def test_the_reasons_of_the_table_are_the_pages_words() -> None:
    with translation.override("lv"):
        assert {reason: words for words, reason in REASONS.items()} == {
            reason: str(reason.label) for reason in ExpulsionReason
        }


def test_the_downloaded_table_can_be_filled_in_and_sent(desk: Client, place: str, learner: Learner) -> None:
    enrolment = learner()
    book = load_workbook(io.BytesIO(desk.get(f"{place}tabula/").content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet.cell(2, 1).value == enrolment.application.number
    sheet.cell(2, 4).value, sheet.cell(2, 5).value, sheet.cell(2, 6).value = "A-1", clock.today(), 10
    written = io.BytesIO()
    book.save(written)
    page = desk.post(place, {"file": SimpleUploadedFile("t.xlsx", written.getvalue())})
    assert page.context["faults"] == []
    desk.post(place, {"checked": page.context["checked"]})
    assert status(enrolment.application) == "completed"


def test_a_table_in_which_nothing_is_new_is_not_offered_to_be_written(
    desk: Client, place: str, learner: Learner
) -> None:
    learner()
    untouched = SimpleUploadedFile("t.xlsx", desk.get(f"{place}tabula/").content)
    page = desk.post(place, {"file": untouched})
    assert (page.status_code, page.context["checked"]) == (422, "")
    assert "Tabulā nav nekā jauna" in page.content.decode()


def test_one_fault_and_nothing_is_written(desk: Client, place: str, learner: Learner) -> None:
    good, bad = learner(), learner()
    page = desk.post(place, {"file": table(completed(good), completed(bad, hours=5_000))})
    assert page.status_code == 422
    assert "<title>Kļūda: Rezultāti no tabulas" in " ".join(page.content.decode().split())
    assert [(fault.row, bool(fault.message)) for fault in page.context["faults"]] == [(3, True)]
    assert not Enrolment.objects.filter(status="completed").exists()


def test_somebody_is_concluded_meanwhile(desk: Client, place: str, hall: Hall, learner: Learner) -> None:
    one, other = learner(), learner()
    page = desk.post(place, {"file": table(completed(one), completed(other, document="A-2"))})
    enrolments.expel(other, reason="absence", on=clock.today(), by=hall.officer)
    answer = desk.post(place, {"checked": page.context["checked"]})
    assert answer.status_code == 409
    assert [fault.row for fault in answer.context["faults"]] == [3]
    assert status(one.application) == "admitted"


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"grade": 11}, HEADINGS[5]),
        ({"grade": "labi"}, HEADINGS[5]),
        ({"grade": "=1+1"}, HEADINGS[5]),
        ({"hours": -1}, HEADINGS[2]),
        ({"hours": 1.5}, HEADINGS[2]),
        ({"document": "x" * 61}, HEADINGS[3]),
        ({"document": ""}, HEADINGS[3]),
        ({"grade": None}, HEADINGS[5]),
    ],
)
def test_wrong_cells_are_named(
    desk: Client, place: str, learner: Learner, values: dict[str, object], column: str
) -> None:
    page = desk.post(place, {"file": table(completed(learner(), **values))})
    assert page.status_code == 422
    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(2, column)]


def test_strangers_and_repeated_rows(desk: Client, place: str, hall: Hall, learner: Learner) -> None:
    known, stranger = learner(), hall.eligible(hall.group(1))
    rows = [completed(known), completed(known), [stranger.number, "", 5], ["NAV-1", "", 5], ["", "Anna", 5]]
    page = desk.post(place, {"file": table(*rows)})
    assert [fault.row for fault in page.context["faults"]] == [3, 4, 5, 6]


def test_the_day_of_a_document(desk: Client, place: str, learner: Learner) -> None:
    row = completed(learner())
    row[4] = clock.today() + timedelta(days=1)
    assert len(desk.post(place, {"file": table(row)}).context["faults"]) == 1
    row[4] = "vakar"
    assert desk.post(place, {"file": table(row)}).context["faults"][0].column == HEADINGS[4]


def refused(desk: Client, place: str, file: object) -> str:
    page = desk.post(place, {"file": file})
    assert page.status_code == 422
    (words,) = page.context["form"].errors["file"]
    return str(words)


def test_files_that_cannot_be_used(desk: Client, place: str, learner: Learner) -> None:
    row = completed(learner())
    assert "1000" in refused(desk, place, table(*[row] * 5_000))
    assert HEADINGS[0] in refused(desk, place, table(row[1:], headings=HEADINGS[1:]))
    assert "Cita" in refused(desk, place, table(row, headings=[*HEADINGS[:6], "Cita"]))
    assert refused(desk, place, table(row, name="tabula.exe"))
    assert refused(desk, place, SimpleUploadedFile("t.xlsx", b"PK nav"))
    assert refused(desk, place, SimpleUploadedFile("t.xlsx", b""))
    assert refused(desk, place, table())
    assert "2 MB" in refused(desk, place, SimpleUploadedFile("t.csv", b"x" * (2 * 1024 * 1024 + 1)))
    assert desk.post(place, {}).status_code == 422


def test_a_zip_bomb_is_refused_unread(desk: Client, place: str, learner: Learner) -> None:
    packed = io.BytesIO(table(completed(learner())).read())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b" " * (9 * 1024 * 1024))
    assert len(packed.getvalue()) < 100_000
    file = SimpleUploadedFile("bumba.xlsx", packed.getvalue())
    assert refused(desk, place, file) == "Atpakots fails ir par lielu."


def test_what_was_checked_is_bound_to_group_and_officer(
    desk: Client, place: str, hall: Hall, learner: Learner
) -> None:
    enrolment = learner()
    checked = desk.post(place, {"file": table(completed(enrolment))}).context["checked"]
    elsewhere = f"/iestade/grupas/{hall.group(2).pk}/rezultati/"
    for address, value in ((elsewhere, checked), (place, checked[:-2]), (place, ""), (place, "x:y:z")):
        answer = desk.post(address, {"checked": value})
        assert (answer.status_code, answer["Location"]) == (302, address)
    assert status(enrolment.application) == "admitted"
