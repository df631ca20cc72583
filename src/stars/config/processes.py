"""The processes that `make run` watches over: started, waited for, started again, stopped."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
MOST_DEATHS = 3
WITHIN_SECONDS = 60
SECONDS_TO_STOP = 10


class ProcessFailed(RuntimeError):
    """A process does not come up or does not stay up; the message names it."""


@dataclass
class Watched:
    """One process of the platform. `port` and `path` say where it answers 200 when it is ready.

    What a `quiet` one writes to its standard output is dropped; complaints go to standard error anyway.
    """

    name: str
    command: Sequence[str]
    port: int = 0
    path: str = ""
    quiet: bool = False
    _process: subprocess.Popen[bytes] | None = None
    _deaths: list[float] = field(default_factory=list)

    def start(self, *, folder: Path, environment: Mapping[str, str]) -> None:
        """Start it in a group of its own, so that Ctrl-C reaches it only by way of us."""
        self._process = subprocess.Popen(
            [*_ending_with_us(), *self.command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if self.quiet else None,
            start_new_session=True,
        )

    def wait_until_ready(self, *, seconds: float) -> None:
        """Return when it answers. Raises ProcessFailed when it ends or stays silent."""
        deadline = time.monotonic() + seconds
        while not answers(self.port, self.path):
            if self.has_ended():
                raise ProcessFailed(f"{self.name} ended while it was starting; what it said stands above.")
            if time.monotonic() > deadline:
                raise ProcessFailed(f"{self.name} does not answer within {seconds:.0f} seconds.")
            time.sleep(0.05)

    def has_ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def count_death(self) -> None:
        """Note that it ended by itself. Raises ProcessFailed when that happens too often."""
        now = time.monotonic()
        self._deaths = [then for then in self._deaths if now - then < WITHIN_SECONDS] + [now]
        if len(self._deaths) >= MOST_DEATHS:
            raise ProcessFailed(f"{self.name} ended {MOST_DEATHS} times within {WITHIN_SECONDS} seconds.")

    def ask_to_stop(self) -> None:
        self._signal(signal.SIGTERM)

    def see_it_stopped(self, *, deadline: float) -> None:
        """Wait for its end, by force after the deadline, and end what it may have left behind."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=max(0.1, deadline - time.monotonic()))
            self._signal(signal.SIGKILL)
            self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)


def stop_all(processes: Sequence[Watched]) -> None:
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        process.see_it_stopped(deadline=deadline)


def answers(port: int, path: str) -> bool:
    """Whether the local port answers a GET of the path with 200."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def is_taken(port: int) -> bool:
    """Whether another program listens on the local port, over IPv4 or IPv6."""
    for family, host in ((socket.AF_INET, HOST), (socket.AF_INET6, "::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as attempt:
            attempt.settimeout(1)
            if attempt.connect_ex((host, port)) == 0:
                return True
    return False


def _ending_with_us() -> tuple[str, ...]:
    """On Linux: a prefix by which a process is told to end even when we are killed."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM", "--") if setpriv else ()
