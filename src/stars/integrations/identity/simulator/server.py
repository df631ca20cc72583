"""The simulator as a server: in a thread for tests, in a process of its own for development."""

import threading
from collections.abc import Callable, Iterable
from datetime import date
from socketserver import TCPServer, ThreadingMixIn
from types import TracebackType
from typing import Self
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from stars.integrations.identity.simulator.application import Application
from stars.integrations.identity.simulator.authority import Authority, today_in_latvia
from stars.integrations.identity.simulator.clients import RegisteredClient
from stars.integrations.identity.simulator.spoil import Spoil

_HOST = "127.0.0.1"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name = _HOST
        self.server_port = self.server_address[1]
        self.setup_environ()


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep addresses with their states and codes out of every log."""


class Simulator:
    """A running stand-in for the national sign-in.

    `with Simulator(spoil={Spoil.EXPIRED}) as simulator:` serves on a free port of this machine (`port=0`
    chooses it); `simulator.issuer` is its address, and `simulator.spoil` may be changed while it runs.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        spoil: Iterable[Spoil] = (),
        issuer: str = "",
        client: RegisteredClient | None = None,
        slow_seconds: float = 10,
        today: Callable[[], date] = today_in_latvia,
    ) -> None:
        self._server = _Server((_HOST, port), _QuietHandler)
        self.issuer = issuer or f"http://{_HOST}:{self._server.server_port}"
        self.client = client or RegisteredClient()
        self.spoil = set(spoil)
        authority = Authority(self.issuer, client=self.client, spoil=self.spoil, today=today)
        self._application = Application(authority, slow_seconds=slow_seconds)
        self._server.set_app(self._application)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._server.server_port

    def start(self) -> None:
        """Serve in a thread until `stop`."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and free the port."""
        self._application.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def serve_forever(self) -> None:
        """Serve in the calling thread, until it is interrupted."""
        with self._server:
            self._server.serve_forever()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
