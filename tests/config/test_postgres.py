"""The embedded server for real: awkward paths, many starters, killed processes, closed folders."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stars.config.postgres_place import FOR_ROOT

SOURCE = Path(__file__).resolve().parents[2] / "src"
USER = """
import sys
from pathlib import Path
import psycopg
from stars.config.postgres import ensure_running
url = ensure_running(Path(sys.argv[1]), durable=False)
with psycopg.connect(url) as connection:
    said = connection.execute(sys.argv[2]).fetchone()[0]
print(url, said, sep="\\n", flush=True)  # not before the commit: the test may kill the server from here on
sys.stdin.readline()
if sys.argv[3:] == ["again"]:
    with psycopg.connect(ensure_running(Path(sys.argv[1]), durable=False)) as connection:
        print(connection.execute("SELECT 'recovered'").fetchone()[0], flush=True)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a space and Latvian letters that every account can reach; pytest's own is closed."""
    mask = os.umask(0o022)
    top = Path(tempfile.mkdtemp(prefix="stars test ā"))
    top.chmod(0o755)
    yield top / "dati šeit"
    shutil.rmtree(top)
    os.umask(mask)


def user(folder: Path, query: str = "SELECT 1", *more: str, **environment: str) -> subprocess.Popen[str]:
    """A process that uses the folder's server until a line is written to it."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", USER, str(folder), query, *more],
        env={**os.environ, "PYTHONPATH": str(SOURCE), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def use_and_leave(folder: Path, query: str = "SELECT 1", **environment: str) -> str:
    """What a process gets as an answer that comes, asks and ends."""
    said, _ = user(folder, query, **environment).communicate("\n", timeout=60)
    return said.splitlines()[1]


def postmaster(folder: Path) -> int:
    return int((folder / "pg18" / "postmaster.pid").read_text().split()[0])


def is_running(folder: Path) -> bool:
    return (folder / "pg18" / "postmaster.pid").exists()


def test_letters_do_not_depend_on_the_environment(folder: Path) -> None:
    query = "SELECT lower('ĀČĒĢĪĶĻŅŠŪŽ')"
    assert use_and_leave(folder, query, LANG="C", LC_ALL="C") == "āčēģīķļņšūž"


def test_six_starters_of_an_empty_folder_share_one_server(folder: Path) -> None:
    users = [user(folder, "SELECT pg_postmaster_start_time()") for _ in range(6)]
    answers = [process.communicate("\n", timeout=60)[0] for process in users]
    assert len(set(answers)) == 1
    assert not is_running(folder)


def test_the_last_to_leave_stops_the_server(folder: Path) -> None:
    first, second = user(folder), user(folder)
    urls = [answer(first), answer(second)]
    assert urls[0] == urls[1]
    first.communicate("\n", timeout=60)
    assert is_running(folder)
    second.communicate("\n", timeout=60)
    assert not is_running(folder)


def test_a_killed_user_is_not_counted(folder: Path) -> None:
    killed = user(folder)
    answer(killed)
    killed.kill()
    killed.communicate()
    assert is_running(folder)
    use_and_leave(folder)
    assert not is_running(folder)


def test_a_killed_server_is_started_again_with_its_data(folder: Path) -> None:
    process = user(folder, "SELECT 1", "again")
    url = answer(process)
    assert url.startswith("postgres://stars@/stars?host=")
    assert answer(process) == "1"
    before = postmaster(folder)
    os.kill(before, signal.SIGKILL)
    said, _ = process.communicate("\n", timeout=60)
    assert said == "recovered\n"
    assert not is_running(folder)


def test_a_long_path_has_its_socket_elsewhere(folder: Path) -> None:
    deep = folder / ("garš ceļš " * 12)
    assert use_and_leave(deep, "SELECT current_setting('unix_socket_directories')") != str(deep / "run")


def test_a_folder_that_is_closed_to_others_works(folder: Path) -> None:
    """Root runs the server as `nobody`, who may not enter here; an ordinary user owns everything."""
    closed = folder / "slēgts" / "dati"
    closed.parent.mkdir(mode=0o700, parents=True)
    assert use_and_leave(closed, "SELECT lo_create(4242)") == "4242"
    assert use_and_leave(closed, "SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4242") == "1"
    elsewhere = closed / "cluster-elsewhere"
    assert elsewhere.exists() == (os.geteuid() == 0)
    if elsewhere.exists():
        shutil.rmtree(FOR_ROOT / elsewhere.read_text())


def test_an_interrupted_creation_is_made_anew(folder: Path) -> None:
    unfinished = folder / "pg18-unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    assert use_and_leave(folder) == "1"
    assert not unfinished.exists()


def test_whoever_used_a_removed_folder_leaves_its_successor_alone(folder: Path) -> None:
    old = user(folder)
    answer(old)
    orphan = postmaster(folder)
    shutil.rmtree(folder)
    with contextlib.suppress(ProcessLookupError):  # by itself it notices within a minute
        os.kill(orphan, signal.SIGQUIT)
    new = user(folder, "SELECT 1", "again")
    answer(new)
    old.communicate("\n", timeout=60)
    assert is_running(folder)
    new.communicate("\n", timeout=60)
    assert not is_running(folder)
