"""One query layer for the history: the person's own, whatever came of it."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from tests.factories.applications import ApplicationFactory
from tests.factories.learning import EnrolmentFactory, past
from tests.factories.people import PersonFactory

from stars.applications.enums import Status
from stars.enrolments.queries.history import (
    UNDECIDED,
    HistoryFilter,
    HistoryRow,
    history_of,
    history_rows,
    years_of,
)
from stars.people import operations as people
from stars.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]


def rows(person: Person, **wanted: object) -> list[HistoryRow]:
    return history_rows(history_of(people.actor_of(person), HistoryFilter(**wanted)))


def test_the_five_outcomes_are_called_as_the_manual_calls_them() -> None:
    person = PersonFactory()
    past(person)
    with translation.override("lv"):
        found = {row.outcome for row in rows(person)}
    assert found == {"Atteicies", "Uzņemts", "Pabeidzis", "Atskaitīts", "Neuzņemts"}


def test_what_is_open_comes_first_and_drafts_are_no_history() -> None:
    person = PersonFactory()
    ApplicationFactory(applicant=person)
    made = past(person)
    found = rows(person)
    assert len(found) == 5
    assert [row.is_current for row in found] == [True, False, False, False, False]
    assert found[0].number == made["admitted"].number


def test_of_a_completed_learning_everything_is_there() -> None:
    person, today = PersonFactory(), timezone.localdate()
    application = past(person)["completed"]
    (row,) = rows(person, outcome=Status.COMPLETED)
    assert (row.number, row.programme, row.scheme) == (application.number, application.programme.title, "MN")
    assert row.institution == application.programme.institution.name
    # A moment, not a day: late in the evening it fell on the next day while summer time held.
    admitted_on = timezone.localdate(timezone.now() - timedelta(days=65))
    assert (row.applied_on, row.admitted_on) == (today, admitted_on)
    assert (row.started_on, row.ended_on) == (today - timedelta(days=60), today - timedelta(days=9))
    assert (row.document_number, row.document_on, row.grade) == ("MA-0042", today - timedelta(days=8), "9")


def test_passed_without_a_grade() -> None:
    person = PersonFactory()
    application = ApplicationFactory(applicant=person, completed=True)
    EnrolmentFactory(application=application, completed=True, grade=None, passed=True)
    with translation.override("lv"):
        assert rows(person)[0].grade == "ieskaitīts"


def test_learning_that_has_not_begun_has_no_beginning() -> None:
    person = PersonFactory()
    EnrolmentFactory(application=ApplicationFactory(applicant=person, admitted=True))
    assert rows(person)[0].started_on is None


def test_what_was_promised_is_called_as_it_was_then() -> None:
    person = PersonFactory()
    ApplicationFactory(applicant=person, refused=True, promised={"programme": "Senā", "institution": "Skola"})
    assert [(row.programme, row.institution) for row in rows(person)] == [("Senā", "Skola")]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 6),
        ({"outcome": "refused"}, 1),
        ({"outcome": UNDECIDED}, 1),
        ({"outcome": "admitted"}, 1),
        ({"scheme": "IMK"}, 1),
        ({"scheme": "VARAM"}, 0),
        ({"scheme": "IMK", "outcome": "refused"}, 0),
        ({"year": 1999}, 0),
    ],
)
def test_filtered(wanted: dict[str, object], count: int) -> None:
    person = PersonFactory()
    past(person)
    ApplicationFactory(applicant=person, submitted=True, scheme="IMK")
    assert len(rows(person, **wanted)) == count


def test_filtered_by_the_year_of_the_application() -> None:
    person = PersonFactory()
    past(person)
    assert len(rows(person, year=timezone.localdate().year)) == 5


def test_years_in_which_somebody_applied() -> None:
    person = PersonFactory()
    for days in (0, 400, 401):
        ApplicationFactory(
            applicant=person, withdrawn=True, submitted_at=timezone.now() - timedelta(days=days)
        )
    years = {(timezone.localdate() - timedelta(days=days)).year for days in (0, 400, 401)}
    assert years_of(people.actor_of(person)) == sorted(years, reverse=True)


def test_nothing_of_anybody_else() -> None:
    past(PersonFactory())
    other = PersonFactory()
    assert rows(other) == []
    assert years_of(people.actor_of(other)) == []
