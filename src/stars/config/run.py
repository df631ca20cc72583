"""`make run`: the whole platform on this machine, from an empty checkout to an address to open.

It makes the database ready, starts the web server, the background worker and the simulators of the sign-in and of the
state registers, says who can be signed in as, and watches over them until it is told to stop. PORT, IDP_PORT,
REGISTERS_PORT, STARS_DATA and DATABASE_URL are honoured as the README says.
"""

import io
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from types import FrameType

import psycopg

from stars.config.postgres import DatabaseUnavailable, ensure_running
from stars.config.preparation import PreparationFailed, prepare
from stars.config.processes import HOST, ProcessFailed, Watched, is_taken, stop_all
from stars.integrations.identity.simulator.people import simulated_people

CHECKOUT = Path(__file__).resolve().parents[3]
SECONDS_TO_START = 60
SECONDS_BETWEEN_LOOKS = 0.5
LOOKS_BETWEEN_DATABASE_CHECKS = 10


class BadEnvironment(ValueError):
    """A variable of the environment has a value that cannot be used."""


class ToldToStop(BaseException):
    """A signal asked us to end. Not KeyboardInterrupt: after that one subprocess does not wait for its child."""


@dataclass(frozen=True)
class Choices:
    """What the environment says about where to run."""

    port: int
    simulator_port: int
    registers_port: int
    data_folder: Path
    database_url: str  # empty: the embedded server

    def connect(self) -> str:
        """The URL of a running database; the embedded one is started, or started again, when it is not."""
        return self.database_url or ensure_running(self.data_folder)


def read_choices(environment: dict[str, str]) -> Choices:
    """Read the environment. Raises BadEnvironment."""
    port = _port(environment, "PORT", 8000)
    simulator_port = _port(environment, "IDP_PORT", port + 1)
    registers_port = _port(environment, "REGISTERS_PORT", port + 2)
    named = {"PORT": port, "IDP_PORT": simulator_port, "REGISTERS_PORT": registers_port}
    for (name, value), (other, same) in combinations(named.items(), 2):
        if value == same:
            raise BadEnvironment(f"{name} and {other} are both {value}; they must differ.")
    data_folder = Path(environment.get("STARS_DATA") or CHECKOUT / ".data").absolute()
    return Choices(port, simulator_port, registers_port, data_folder, environment.get("DATABASE_URL", ""))


def _port(environment: dict[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadEnvironment(f"{name} is “{text}”; it must be a number from 1 to 65535.")
    return int(text)


def main() -> int:
    """Run until told to stop; the exit code is 0 then, 1 when something went wrong."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Latvian letters is no reason to stop
    _stop_on_signals()
    try:
        choices = read_choices(dict(os.environ))
        _refuse_taken_ports(choices)
        prepare(
            checkout=CHECKOUT,
            data_folder=choices.data_folder,
            database_url=choices.connect(),
            say=say,
        )
        _run(choices)
    except ToldToStop:
        say("Stopped.")
        return 0
    except (BadEnvironment, DatabaseUnavailable, PreparationFailed, ProcessFailed) as problem:
        say(str(problem))
    except psycopg.OperationalError as problem:
        say(f"The database cannot be reached: {problem}")
    return 1


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _stop_on_signals() -> None:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise ToldToStop

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, interrupt)


def _refuse_taken_ports(choices: Choices) -> None:
    for name, port in (
        ("PORT", choices.port),
        ("IDP_PORT", choices.simulator_port),
        ("REGISTERS_PORT", choices.registers_port),
    ):
        if is_taken(port):
            raise BadEnvironment(
                f"Port {port} is taken, perhaps by STARS itself running already. Stop what listens there, "
                f"or choose another port: {name}={port + 10} make run"
            )


def _run(choices: Choices) -> None:
    """Start everything and watch over it; whatever ends this, everything is stopped."""
    *served, worker = processes = _processes(choices)
    environment = {
        **os.environ,
        "PORT": str(choices.port),
        "IDP_PORT": str(choices.simulator_port),
        "REGISTERS_PORT": str(choices.registers_port),
        "STARS_DATA": str(choices.data_folder),
    }
    try:
        for process in served:
            process.start(folder=CHECKOUT, environment=environment)
        for process in served:
            process.wait_until_ready(seconds=SECONDS_TO_START)
        # Last, so that it does not take time from the web server while somebody waits for that.
        worker.start(folder=CHECKOUT, environment=environment)
        say(_welcome(choices))
        _watch(processes, choices, environment)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop_all(processes)


def _watch(processes: Sequence[Watched], choices: Choices, environment: dict[str, str]) -> None:
    """Start again what ends by itself. Raises ProcessFailed when that helps no more."""
    looks = 0
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        looks += 1
        if looks % LOOKS_BETWEEN_DATABASE_CHECKS == 0:
            choices.connect()
        for process in processes:
            if process.has_ended():
                process.count_death()
                say(f"{process.name} ended; it is started again.")
                process.start(folder=CHECKOUT, environment=environment)


def _processes(choices: Choices) -> tuple[Watched, ...]:
    """The worker comes last."""
    return (
        web_server(choices.port),
        Watched(
            "The sign-in simulator",
            (sys.executable, "-m", "stars.integrations.identity.simulator"),
            choices.simulator_port,
            "/.well-known/openid-configuration",
            quiet=True,
        ),
        Watched(
            "The register simulator",
            (sys.executable, "-m", "stars.integrations.registers.simulator"),
            choices.registers_port,
            "/health",
            quiet=True,
        ),
        Watched("The background worker", (sys.executable, "-m", "stars.config.worker")),
    )


def web_server(port: int) -> Watched:
    """The web server, not started yet."""
    command = (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "stars.config.wsgi:application"),
        *("--host", HOST, "--port", str(port), "--workers", "2", "--blocking-threads", "16"),
        *("--no-ws", "--respawn-failed-workers", "--log-level", "error"),
    )
    return Watched("The web server", command, port, "/healthz")


def _welcome(choices: Choices) -> str:
    """What a newcomer needs to know: the address, and who can be signed in as."""
    people = "\n".join(
        f"    {person.slug:<30}{person.given_name} {person.family_name}: {person.description_en}"
        for person in simulated_people(datetime.now(UTC).date())
    )
    return (
        f"\nSTARS is ready: http://localhost:{choices.port}/\n\n"
        f"  Sign in at http://localhost:{choices.port}/provider/login as one of these invented people\n"
        f"  (simulated: the national sign-in on port {choices.simulator_port}, "
        f"registers on {choices.registers_port}):\n{people}\n\n"
        f"  Database, files and e-mails: {choices.data_folder}\n"
        "  Stop: Ctrl-C\n"
    )


if __name__ == "__main__":
    sys.exit(main())
