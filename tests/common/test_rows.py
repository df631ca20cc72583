"""One row that cannot be done holds up no other, is seen, and gives nothing away."""

import logging

import pytest
from django.db import OperationalError, connection
from tests.factories.people import PersonFactory
from tests.stubborn import SECRET, refuse

from stars.common.rows import RowsFailed, all_of, each
from stars.people.models import Person


@pytest.fixture
def three(catalogue_lists: None) -> list[Person]:
    """The database refuses to write the first."""
    persons = [PersonFactory(given_name="Agate") for _ in range(3)]
    refuse("people_person", f"NEW.id = '{persons[0].pk}'")
    return persons


def rename(person: Person) -> bool:
    """Two writes, of which the second is refused."""
    Person.objects.create(given_name="Pusceļā", family_name=str(person.pk))
    person.given_name = "Biruta"
    person.save()
    return True


@pytest.mark.django_db
class TestEach:
    """Rows."""

    def test_the_others_are_done_and_the_failed_one_leaves_no_half(self, three: list[Person]) -> None:
        with pytest.raises(RowsFailed, match=r"^1 failed, everything else is done$"):
            each(three, rename)
        assert [Person.objects.get(pk=row.pk).given_name for row in three] == ["Agate", "Biruta", "Biruta"]
        halves = set(Person.objects.filter(given_name="Pusceļā").values_list("family_name", flat=True))
        assert halves == {str(row.pk) for row in three[1:]}

    def test_the_log_names_the_row_and_the_place_and_nothing_of_the_person(
        self, three: list[Person], caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR, "stars.common.rows"), pytest.raises(RowsFailed) as raised:
            each([(row, "more") for row in three], lambda row: rename(row[0]))
        (said,) = [record.getMessage() for record in caplog.records if record.name == "stars.common.rows"]
        assert said.splitlines()[0] == f"ProgrammingError at people.Person {three[0].pk}"
        assert "in rename" in said
        told = said + str(raised.value) + repr(raised.value.__context__)
        assert [word for word in (SECRET, three[0].family_name, three[0].email) if word in told] == []

    def test_what_is_done_is_counted(self, three: list[Person]) -> None:
        assert each(three[1:], rename) == 2
        assert each([], rename) == 0
        assert each(three[1:], lambda _: None) == 0


@pytest.mark.django_db
def test_every_step_is_taken_and_their_failures_are_added(three: list[Person]) -> None:
    def _broken() -> None:
        raise ValueError(SECRET)

    taken: list[str] = []
    steps = [lambda: each(three, rename), _broken, lambda: taken.append("last")]
    with pytest.raises(RowsFailed, match=r"^2 failed, everything else is done$"):
        all_of(steps)
    assert taken == ["last"]
    all_of([lambda: taken.append("again")])
    assert taken == ["last", "again"]


@pytest.mark.django_db(transaction=True)
def test_without_a_database_nothing_more_is_tried() -> None:
    tried: list[int] = []
    known = connection.settings_dict["PORT"]

    def _cut(number: int) -> None:
        tried.append(number)
        connection.close()
        connection.settings_dict["PORT"] = "1"
        connection.connect()

    try:
        with pytest.raises(OperationalError):
            each([1, 2, 3], _cut)
    finally:
        connection.settings_dict["PORT"] = known
    assert tried == [1]
