"""Watching over processes: real ones, small."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stars.config.processes import HOST, MOST_DEATHS, ProcessFailed, Watched, answers, is_taken, stop_all


@pytest.fixture
def server(unused_port: int, tmp_path: Path) -> Iterator[Watched]:
    command = (sys.executable, "-m", "http.server", "--bind", HOST, str(unused_port))
    process = Watched("The server", command, unused_port, "/", quiet=True)
    process.start(folder=tmp_path, environment={**os.environ, "PYTHONWARNINGS": "ignore"})
    yield process
    stop_all([process])


def test_a_server_is_waited_for_and_stopped(server: Watched, unused_port: int) -> None:
    assert not server.has_ended()
    server.wait_until_ready(seconds=60)
    assert answers(unused_port, "/")
    assert is_taken(unused_port)
    stop_all([server])
    assert server.has_ended()
    assert not is_taken(unused_port)


def test_an_error_page_is_not_readiness(server: Watched, unused_port: int) -> None:
    server.wait_until_ready(seconds=60)
    assert not answers(unused_port, "/missing")


def test_a_server_that_ends_at_once_is_not_waited_for(unused_port: int, tmp_path: Path) -> None:
    broken = Watched("The web server", (sys.executable, "-c", "raise SystemExit(3)"), unused_port, "/")
    broken.start(folder=tmp_path, environment=os.environ)
    with pytest.raises(ProcessFailed, match="The web server ended while it was starting"):
        broken.wait_until_ready(seconds=60)


def test_a_silent_server_is_given_up(unused_port: int, tmp_path: Path) -> None:
    silent = Watched(
        "The web server", (sys.executable, "-c", "import time; time.sleep(60)"), unused_port, "/"
    )
    silent.start(folder=tmp_path, environment=os.environ)
    with pytest.raises(ProcessFailed, match="does not answer within 1 seconds"):
        silent.wait_until_ready(seconds=1)
    stop_all([silent])
    assert silent.has_ended()


def test_a_process_that_keeps_ending_is_given_up() -> None:
    process = Watched("The worker", ("true",))
    for _ in range(MOST_DEATHS - 1):
        process.count_death()
    with pytest.raises(ProcessFailed, match="The worker ended 3 times"):
        process.count_death()


def test_what_a_process_started_ends_with_it(tmp_path: Path) -> None:
    """A web server that is killed must not leave workers that hold its port."""
    code = "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    script = f"import sys; sys.stdout = open('child', 'w'); {code}"
    process = Watched("The server", (sys.executable, "-c", script))
    process.start(folder=tmp_path, environment=os.environ)
    child = tmp_path / "child"
    deadline = time.monotonic() + 60
    while not (child.exists() and child.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.05)
    stop_all([process])
    # A signal is delivered when the kernel comes to it; a child that was not signalled would sleep on.
    deadline = time.monotonic() + 60
    while _lives(int(child.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(int(child.read_text()))


def _lives(number: int) -> bool:
    """Whether the process runs; one that only waits to be reaped does not."""
    try:
        os.kill(number, 0)
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
