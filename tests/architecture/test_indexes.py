"""An index that another begins with costs every write and helps no read."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

_BEGINS_ANOTHER = """
    SELECT shorter.indexrelid::regclass::text, longer.indexrelid::regclass::text
    FROM pg_index shorter
    JOIN pg_index longer USING (indrelid)
    JOIN pg_class kind ON kind.oid = shorter.indexrelid
    JOIN pg_class other ON other.oid = longer.indexrelid
    WHERE shorter.indrelid = ANY(%s::regclass[])
      AND shorter.indexrelid <> longer.indexrelid
      AND NOT shorter.indisunique
      AND shorter.indpred IS NULL AND longer.indpred IS NULL
      AND shorter.indexprs IS NULL AND longer.indexprs IS NULL
      AND kind.relam = other.relam
      AND shorter.indclass[0] = longer.indclass[0]
      AND longer.indkey::text || ' ' LIKE shorter.indkey::text || ' %%'
    ORDER BY 1, 2
"""


def _begins_another(tables: list[str]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_BEGINS_ANOTHER, [tables])
        return cursor.fetchall()


def test_no_index_is_the_beginning_of_another() -> None:
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("stars.")]
    assert _begins_another(tables) == []


def test_one_that_is_would_be_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX needless ON applications_application (applicant_id)")
    assert _begins_another(["applications_application"]) == [("needless", "application_of_person")]


def test_every_index_and_constraint_of_the_models_stands_in_the_database() -> None:
    named = {
        one.name
        for model in apps.get_models()
        if model.__module__.startswith("stars.")
        for one in (*model._meta.indexes, *model._meta.constraints)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class UNION SELECT conname FROM pg_constraint")
        assert named - {name for (name,) in cursor.fetchall()} == set()
