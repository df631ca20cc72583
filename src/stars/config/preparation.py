"""What must be done before the platform can start, and whether it was done already.

Each step leaves a stamp in the data folder: a digest of what went into it. A second start compares the
digests, without Django, and is therefore quick. What concerns the database counts for that one database.
"""

import contextlib
import fcntl
import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

# Which server and which database this is, and whether anything was ever migrated into it.
STATE = """
SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid,
       to_regclass('django_migrations') IS NULL
FROM pg_database WHERE datname = current_database()
"""


class PreparationFailed(RuntimeError):
    """A step ended with an error; the message holds what it said."""


@dataclass(frozen=True)
class Step:
    """A management command to be run again when one of its inputs (patterns below the checkout) changed."""

    name: str
    title: str
    command: tuple[str, ...]
    inputs: tuple[str, ...]
    in_database: bool


STEPS = (
    Step(
        name="migrations",
        title="Bringing the database up to date",
        command=("migrate", "--no-input"),
        inputs=("src/stars/**/migrations/*.py", "requirements.txt"),
        in_database=True,
    ),
    Step(
        name="classifiers",
        title="Loading the classifiers",
        command=("load_classifiers",),
        inputs=("src/stars/classifiers/**/*",),
        in_database=True,
    ),
    Step(
        name="funding-sources",
        title="Loading the wording of the funding sources",
        command=("load_funding_sources",),
        inputs=("src/stars/catalogue/data/funding_sources.toml",),
        in_database=True,
    ),
    Step(
        name="item-banks",
        title="Loading the items of the self-assessment",
        command=("load_item_banks",),
        inputs=("src/stars/assessments/data/*.json",),
        in_database=True,
    ),
    Step(
        name="surveys",
        title="Loading the surveys",
        command=("load_surveys",),
        inputs=("src/stars/surveys/data/*.json",),
        in_database=True,
    ),
    Step(
        name="static",
        title="Collecting styles and scripts",
        command=("collectstatic", "--no-input"),
        inputs=("src/stars/**/static/**/*", "package-lock.json", "requirements.txt"),
        in_database=False,
    ),
)


def prepare(*, checkout: Path, data_folder: Path, database_url: str, say: Callable[[str], None]) -> None:
    """Do what is due: migrations, classifiers, demo data in a new database, static files.

    Demo data is loaded only into a database that was empty, so it never meets anybody's work.
    Raises PreparationFailed, psycopg.OperationalError.
    """
    stamps = data_folder / "stamps"
    stamps.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(stamps):
        database, is_empty = _state_of(database_url)
        demo = stamps / "demo"
        if is_empty:
            demo.write_text(f"due {database}")
        for step in STEPS:
            digest = _digest(checkout, step.inputs, database if step.in_database else "")
            if _read(stamps / step.name) != digest:
                _manage(checkout, step.title, step.command, say)
                (stamps / step.name).write_text(digest)
        if _read(demo) == f"due {database}":
            _manage(checkout, "Loading the demo data", ("demo",), say)
            demo.write_text(f"loaded {database}")


@contextlib.contextmanager
def _one_at_a_time(stamps: Path) -> Iterator[None]:
    with (stamps / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _state_of(database_url: str) -> tuple[str, bool]:
    with psycopg.connect(database_url, connect_timeout=10) as connection:
        row = connection.execute(STATE).fetchone()
    if row is None:
        raise PreparationFailed("The database does not know its own name.")
    return str(row[0]), bool(row[1])


def _digest(checkout: Path, patterns: tuple[str, ...], salt: str) -> str:
    digest = hashlib.sha256(salt.encode())
    for pattern in patterns:
        for path in sorted(checkout.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"\0{path.relative_to(checkout)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def _manage(checkout: Path, title: str, command: tuple[str, ...], say: Callable[[str], None]) -> None:
    """Run a management command; what it says is shown only when it fails."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        code = subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=checkout,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        ).returncode
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if code:
        raise PreparationFailed(f"{title} failed (manage.py {command[0]}):\n{said}")
    say(f"{title}: {time.monotonic() - started:.1f} s")
