"""The platform under test: a database of its own in a temporary folder, and the server as `make run` starts it."""

import atexit
import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import HOST, Connection, request_for
from stars.config.postgres import ensure_running
from stars.config.preparation import prepare
from stars.config.processes import stop_all
from stars.config.run import CHECKOUT, web_server

EMPTY = "/measure/empty"
_SECONDS_TO_START = 90
_MOST_CONNECTIONS = 200


@dataclass(frozen=True, slots=True)
class Site:
    """A running server, and one connection to each of its processes, by process number."""

    port: int
    workers: dict[int, Connection]


def make_ready(folder: Path) -> None:
    """Migrations, classifiers, static files and the demonstration in a new database; this process is told of it.

    From here on the environment names the folder, so that Django here and the server use the same database.
    """
    os.environ.pop("DATABASE_URL", None)
    os.environ["STARS_DATA"] = str(folder)
    os.environ["PYTHONPATH"] = os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT)))
    url = ensure_running(folder, durable=False)
    # Commands of the preparation run with the usual settings, the server with those of the benchmarks.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    prepare(
        checkout=CHECKOUT,
        data_folder=folder,
        database_url=url,
        say=lambda line: print(f"  {line}", flush=True),
    )
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"


def temporary_folder() -> Path:
    """A folder for database and files that goes away when this process ends.

    Only then, and after the database server: that one is stopped at the end of the process, and what was asked for
    first is done last. The folder is open to readers, because root's PostgreSQL runs as somebody else.
    """
    folder = Path(tempfile.mkdtemp(prefix="stars-bench-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextlib.contextmanager
def running() -> Iterator[Site]:
    """The server on a free port; stopped whatever happens."""
    port = _free_port()
    server = web_server(port)
    try:
        server.start(folder=CHECKOUT, environment={**os.environ, "PORT": str(port)})
        server.wait_until_ready(seconds=_SECONDS_TO_START)
        site = Site(port, _connections(port))
        yield site
        for connection in site.workers.values():
            connection.close()
    finally:
        stop_all([server])


def _connections(port: int) -> dict[int, Connection]:
    """A connection stays with the process that took it; new ones are made until both processes have one."""
    found: dict[int, Connection] = {}
    for _ in range(_MOST_CONNECTIONS):
        connection = Connection(port)
        number = int(connection.ask(request_for(EMPTY)))
        if number in found:
            connection.close()
        else:
            found[number] = connection
        if len(found) == 2:
            break
    return found


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind((HOST, 0))
        port: int = attempt.getsockname()[1]
        return port
