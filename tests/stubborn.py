"""Rows that can never be done: the database itself refuses, as it would a damaged one."""

from uuid import uuid4

from django.db import connection

SECRET = "janis.ozolins@klients.example"


def refuse(table: str, when: str) -> None:
    """From now on writing such a row raises; `when` names the new row as NEW. It ends with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION stubborn() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'wrote to {SECRET}'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER stubborn_{uuid4().hex} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW WHEN ({when}) "
            "EXECUTE FUNCTION stubborn()"
        )


def relent() -> None:
    """Whatever was refused can be written again."""
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION stubborn() CASCADE")
