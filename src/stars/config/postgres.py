"""The embedded PostgreSQL: a server of our own, started when no DATABASE_URL names another.

Who uses the server of a data folder is told by shared locks, which the kernel drops however a process
ends; the last to leave stops it. Where its parts lie is said in `postgres_place`.
"""

import atexit
import contextlib
import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from stars.config.postgres_place import DatabaseUnavailable, Server, server_of

__all__ = ["DatabaseUnavailable", "ensure_running"]

NAME = "stars"  # of the database and of its owner
# The locale is PostgreSQL's own, so that lower() of Latvian letters is the same on every machine.
INITDB = (
    *("-U", NAME, "--auth=trust", "--encoding=UTF8", "--locale=C"),
    *("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"),
)
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 200
timezone = 'UTC'
log_timezone = 'UTC'
"""
NOT_DURABLE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"

_held: dict[Path, int] = {}  # data folder: descriptor with this process's shared lock


def ensure_running(data_folder: Path, *, durable: bool = True) -> str:
    """Start the server of this data folder, or join it where it runs, and give its database URL.

    Joined until this process ends; asking again is cheap, and starts anew a server that died meanwhile.
    `durable=False` starts it without waiting for the disk: for tests only, power loss ruins the data.
    Raises DatabaseUnavailable.
    """
    folder = data_folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        server = server_of(folder)
        with _alone(folder):
            _join(folder)
            server.own_folder(server.socket)
            if not server.is_ready():
                with _undisturbed():
                    _start(server, durable=durable)
    except PermissionError as refused:
        raise DatabaseUnavailable(
            f"{refused.filename} is closed to this account. Choose another folder by STARS_DATA, "
            "or name a PostgreSQL server by DATABASE_URL."
        ) from refused
    return f"postgres://{NAME}@/{NAME}?host={quote(str(server.socket))}"


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the server of a folder."""
    with (folder / ".starting").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals wait: whoever is interrupted while starting leaves a server that nobody stops."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _join(folder: Path) -> None:
    """Count this process among the users of the folder's server, until it ends."""
    if not _is_joined(folder):
        users = os.open(folder / ".users", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        _held[folder] = users
        atexit.register(_leave, folder, os.getpid())


def _is_joined(folder: Path) -> bool:
    """Whether we hold the lock that lies in the folder now: it may have been removed and made anew."""
    try:
        return os.path.samestat(os.fstat(_held[folder]), (folder / ".users").stat())
    except (KeyError, FileNotFoundError):
        return False


def _leave(folder: Path, joined_by: int) -> None:
    """Stop the server unless somebody else still uses it. A forked child inherits the call, not the right."""
    if os.getpid() != joined_by or not _is_joined(folder):
        return
    with _alone(folder):
        users = _held.pop(folder)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(users)
        server = server_of(folder)
        with _undisturbed():
            server.run("pg_ctl", "-D", server.cluster, "-m", "fast", "-w", "stop")
        with contextlib.suppress(OSError):  # still there when the server would not stop
            server.socket.rmdir()


def _start(server: Server, *, durable: bool) -> None:
    """Start a server that is not ready; the cluster is made at the first time."""
    if not server.cluster.exists():
        _create_cluster(server, durable=durable)
    settings = SETTINGS.format(socket=str(server.socket).replace("'", "''"))
    (server.cluster / "postgresql.auto.conf").write_text(settings + ("" if durable else NOT_DURABLE))
    log = server.cluster / "log"
    said = ""
    for pause in (0.2, 0.5, 1, 2, 4):  # the children of a killed server need a moment to notice
        _forget_the_dead(server)
        code, said = server.run("pg_ctl", "-D", server.cluster, "-l", log, "-w", "-t", "60", "start")
        if code == 0 or server.is_ready():
            return
        time.sleep(pause)
    last_words = log.read_text(errors="replace")[-2000:] if log.exists() else ""
    raise DatabaseUnavailable(f"The embedded PostgreSQL does not start:\n{said.strip()}\n{last_words}")


def _create_cluster(server: Server, *, durable: bool) -> None:
    """Make the cluster and its database beside their place and move them there whole."""
    unfinished = server.cluster.with_name(server.cluster.name + "-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    server.own_folder(unfinished)
    sync = () if durable else ("--no-sync",)
    server.must_run("initdb", "-D", unfinished, *INITDB, *sync)
    server.must_run("postgres", "--single", "-D", unfinished, "postgres", stdin=f"CREATE DATABASE {NAME}\n")
    unfinished.rename(server.cluster)


def _forget_the_dead(server: Server) -> None:
    """Remove the traces of a server that was killed and whose process number misleads PostgreSQL.

    In a container the number may belong to a zombie that nobody reaps, or by now to another program.
    """
    pid_file = server.cluster / "postmaster.pid"
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path(f"/proc/{int(pid_file.read_text().split()[0])}/stat").read_text()
        name, _, rest = status.partition("(")[2].rpartition(")")
        if name != "postgres" or rest.split()[0] == "Z":
            pid_file.unlink()
            for socket in server.socket.glob(".s.PGSQL.*"):
                socket.unlink()
