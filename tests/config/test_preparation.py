"""Preparing a start: done once, done again when its inputs change, demo data only in a new database."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from stars.config.preparation import PreparationFailed, prepare

# Stands for Django's: notes what it is asked, and migrates by making the table that Django would.
MANAGE = """
import os, pathlib, psycopg, sys
command = sys.argv[1]
with pathlib.Path("asked").open("a") as asked:
    asked.write(command + " ")
if pathlib.Path("broken").exists():
    sys.exit("it went wrong: " + command)
if command == "migrate":
    with psycopg.connect(os.environ["TEST_DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS django_migrations ()")
"""
EVERYTHING = "migrate load_classifiers load_funding_sources load_item_banks load_surveys collectstatic demo"


class Checkout:
    """A checkout with a management entrance that keeps a record, and a database of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        (folder / "manage.py").write_text(MANAGE)
        self.migrations = folder / "src/stars/people/migrations"
        self.migrations.mkdir(parents=True)
        (self.migrations / "0001_initial.py").write_text("first")

    def prepare(self) -> str:
        """Prepare, and tell which commands that took."""
        asked = self.folder / "asked"
        asked.write_text("")
        prepare(
            checkout=self.folder,
            data_folder=self.folder / "data",
            database_url=self.url,
            say=lambda _line: None,
        )
        return asked.read_text().strip()


@pytest.fixture
def new_database() -> Iterator[Callable[[], str]]:
    """Makes empty databases on the server that the tests use, and removes them afterwards."""
    server = make_conninfo(**{**_parameters(), "dbname": "postgres"})
    names: list[str] = []

    def make() -> str:
        names.append(f"prepared_{os.getpid()}_{len(names)}")
        with psycopg.connect(server, autocommit=True) as administration:
            administration.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(names[-1])))
        return make_conninfo(server, dbname=names[-1])

    yield make
    with psycopg.connect(server, autocommit=True) as administration:
        for name in names:
            administration.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _parameters() -> dict[str, object]:
    names = ("host", "port", "user", "password")
    return {key: value for key, value in connection.get_connection_params().items() if key in names}


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, new_database: Callable[[], str]) -> Checkout:
    url = new_database()
    monkeypatch.setenv("TEST_DATABASE_URL", url)
    return Checkout(tmp_path, url)


def test_the_first_start_does_everything_and_the_second_nothing(checkout: Checkout) -> None:
    assert checkout.prepare() == EVERYTHING
    assert checkout.prepare() == ""


def test_a_new_migration_is_applied(checkout: Checkout) -> None:
    checkout.prepare()
    (checkout.migrations / "0002_more.py").write_text("second")
    assert checkout.prepare() == "migrate"


def test_changed_styles_are_collected(checkout: Checkout) -> None:
    checkout.prepare()
    style = checkout.folder / "src/stars/ui/static/ui/page.css"
    style.parent.mkdir(parents=True)
    style.write_text("body {}")
    assert checkout.prepare() == "collectstatic"


def test_another_database_is_prepared_too(
    checkout: Checkout, new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.prepare()
    checkout.url = new_database()
    monkeypatch.setenv("TEST_DATABASE_URL", checkout.url)
    assert (
        checkout.prepare()
        == "migrate load_classifiers load_funding_sources load_item_banks load_surveys demo"
    )


def test_demo_data_never_meets_what_was_there(checkout: Checkout) -> None:
    with psycopg.connect(checkout.url) as connection:
        connection.execute("CREATE TABLE django_migrations ()")
    assert (
        checkout.prepare()
        == "migrate load_classifiers load_funding_sources load_item_banks load_surveys collectstatic"
    )


def test_a_step_that_fails_says_so_and_is_tried_again(checkout: Checkout) -> None:
    broken = checkout.folder / "broken"
    broken.touch()
    with pytest.raises(PreparationFailed, match="it went wrong: migrate"):
        checkout.prepare()
    broken.unlink()
    assert checkout.prepare() == EVERYTHING
