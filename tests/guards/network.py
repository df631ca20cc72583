"""No test reaches beyond this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

_NAMES = {"localhost", "testserver", ""}


def is_here(host: object) -> bool:
    """Whether an address or name is this machine's own."""
    text = host.decode() if isinstance(host, bytes) else host
    if text is None or text in _NAMES:
        return True
    try:
        return ipaddress.ip_address(str(text)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def closed_network() -> Iterator[None]:
    """Connections and questions for names fail the test, unless they stay on this machine.

    `pytest.fail` passes through `except Exception`, so no code under test can take it for an outage.
    """
    connect, connect_ex, ask = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def must_be_here(host: object) -> None:
        if not is_here(host):
            pytest.fail(f"a test wanted to reach {host!r} over the network")

    def guarded(method: Any) -> Any:
        def connect_here(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX:
                must_be_here(address[0])
            return method(self, address)

        return connect_here

    def ask_here(host: Any, *args: Any, **kwargs: Any) -> Any:
        must_be_here(host)
        return ask(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        patch.setattr(socket, "getaddrinfo", ask_here)
        yield
