"""The registers as a server: in a thread for tests, in a process of its own for development."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self, cast

from stars.integrations.registers.simulator.answers import Habit, answer, habit_of

HOST = "127.0.0.1"
_BODY_LIMIT_BYTES = 10_000
# A flaky register answers at this attempt.
_FLAKY_ATTEMPTS = 2


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A burst of jobs asks at once.
    request_queue_size = 64
    simulator: "RegisterSimulator"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Only for `make run`, which waits until we answer."""
        status = HTTPStatus.OK if self.path == "/health" else HTTPStatus.NOT_FOUND
        self._respond(status, {})

    def do_POST(self) -> None:
        """One question."""
        simulator = cast(_Server, self.server).simulator
        asked = self._body()
        if asked is None:
            self._respond(HTTPStatus.BAD_REQUEST, {})
            return
        code = str(asked.get("person_code", ""))
        path = self.path.strip("/")
        simulator.asked[path] += 1
        if simulator.misbehaves(habit_of(code), (path, code)):
            self._respond(HTTPStatus.SERVICE_UNAVAILABLE, {})
            return
        said = answer(path, asked, today=simulator.today())
        if said is None:
            self._respond(HTTPStatus.BAD_REQUEST, {})
        else:
            self._respond(HTTPStatus.OK, said)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""

    def _body(self) -> dict[str, object] | None:
        try:
            length = int(self.headers.get("Content-Length") or 0)
            if not 0 < length <= _BODY_LIMIT_BYTES:
                return None
            read = json.loads(self.rfile.read(length))
        except ValueError:
            return None
        return read if isinstance(read, dict) else None

    def _respond(self, status: HTTPStatus, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # Whoever asked about a slow person has gone.
            self.close_connection = True


class RegisterSimulator:
    """Running registers: `with RegisterSimulator() as registers:` serves on a free port at `registers.url`.

    `asked` counts the questions by path; `is_down` lets every one fail.
    """

    def __init__(
        self, port: int = 0, *, slow_seconds: float = 10, today: Callable[[], date] = date.today
    ) -> None:
        self._server = _Server((HOST, port), _Handler)
        self._server.simulator = self
        self.url = f"http://{HOST}:{self._server.server_address[1]}"
        self.asked: Counter[str] = Counter()
        self.is_down = False
        self.today = today
        self._slow_seconds = slow_seconds
        self._attempts: Counter[tuple[str, str]] = Counter()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def misbehaves(self, habit: Habit | None, about: tuple[str, str]) -> bool:
        """True when this question fails; a slow one only takes its time."""
        if habit is Habit.SLOW:
            self._stopping.wait(self._slow_seconds)
        if habit is Habit.FLAKY:
            self._attempts[about] += 1
            return self._attempts[about] % _FLAKY_ATTEMPTS != 0
        return self.is_down or habit is Habit.BROKEN

    def serve_forever(self) -> None:
        """Serve in the calling thread, until it is interrupted."""
        with self._server:
            self._server.serve_forever()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
