"""A query whose text is kept answers as the query itself would, every time anew."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from stars.common.fixed_queries import A_CODE, A_KEY, A_UUID, FixedQuery
from stars.people.models import Person

pytestmark = pytest.mark.django_db


def person(name: str, born: date = date(1990, 1, 1)) -> Person:
    return Person.objects.create(given_name=name, family_name="Liepa", birth_date=born)


def test_each_call_answers_for_its_own_values():
    by_key = FixedQuery(lambda pk: Person.objects.filter(pk=pk), pk=A_UUID)
    anna, juris = person("Anna"), person("Juris")
    assert [by_key(pk=each.pk) for each in (anna, juris, anna)] == [[anna], [juris], [anna]]
    assert by_key(pk=uuid4()) == []


def test_nothing_of_the_answer_is_kept():
    by_key = FixedQuery(lambda pk: Person.objects.filter(pk=pk), pk=A_UUID)
    anna = person("Anna")
    assert by_key(pk=anna.pk)[0].given_name == "Anna"
    Person.objects.filter(pk=anna.pk).update(given_name="Anda")
    assert by_key(pk=anna.pk)[0].given_name == "Anda"


def test_several_values_of_several_kinds_find_their_places():
    query = FixedQuery(
        lambda name, born: (
            Person.objects.filter(birth_date__lte=born, given_name=name)
            .order_by("birth_date")
            .values_list("given_name", "birth_date")
        ),
        name=A_CODE,
        born=date.min,
    )
    person("Anna", date(1980, 1, 1))
    person("Anna", date(2000, 1, 1))
    person("Juris", date(1980, 1, 1))
    assert query(name="Anna", born=date(1990, 1, 1)) == [("Anna", date(1980, 1, 1))]
    assert query(born=date(2010, 1, 1), name="Juris") == [("Juris", date(1980, 1, 1))]


def test_related_rows_come_with_it(django_assert_num_queries):
    query = FixedQuery(
        lambda pk: Person.objects.select_related("merged_into").filter(merged_into=pk), pk=A_UUID
    )
    anna = person("Anna")
    Person.objects.filter(pk=person("Ance").pk).update(merged_into=anna)
    with django_assert_num_queries(1):
        assert [each.merged_into for each in query(pk=anna.pk)] == [anna]


def test_a_quotation_mark_is_a_letter():
    query = FixedQuery(lambda name: Person.objects.filter(given_name=name), name=A_CODE)
    assert query(name="' OR 1=1 --%s") == []


def test_threads_ask_by_their_own_connections():
    asked = FixedQuery(lambda name: Person.objects.filter(given_name=name), name=A_CODE)
    person("Anna")
    assert len(asked(name="Anna")) == 1
    seen: list[int] = []

    def ask() -> None:
        try:
            seen.append(len(asked(name="Anna")))
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    # This test's transaction is not committed, so only its own connection sees the person.
    assert seen == [0]


@pytest.mark.django_db(transaction=True)
def test_locking_outside_a_transaction_is_refused_at_every_call():
    locked = FixedQuery(lambda pk: Person.objects.select_for_update().filter(pk=pk), pk=A_UUID)
    anna = person("Anna")
    with transaction.atomic():
        assert locked(pk=anna.pk) == [anna]
    with pytest.raises(TransactionManagementError):
        locked(pk=anna.pk)


def test_an_example_that_stands_nowhere_is_refused():
    query = FixedQuery(lambda pk: Person.objects.all(), pk=A_KEY)
    with pytest.raises(AssertionError):
        query(pk=1)


def test_a_value_that_is_not_given_is_missed():
    query = FixedQuery(lambda pk: Person.objects.filter(pk=pk), pk=A_UUID)
    with pytest.raises(KeyError):
        query()
