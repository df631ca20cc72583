"""The crowd: many connections, each sending one person's request after the other and noting how long it took."""

import selectors
import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from benchmarks.load import HOST, Connection

_TOKEN: Final = "b" * 32
_PATIENCE: Final = 60


@dataclass(slots=True)
class Served:
    """What the crowd saw: seconds of each answer, and how long all of it took."""

    took: list[float] = field(default_factory=list)
    seconds: float = 0

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.took) / self.seconds

    def slower_than_all_but(self, percent: float) -> float:
        """The time within which all but so many percent were answered, in seconds."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * (100 - percent) / 100))]


def post(path: str, session: str, **fields: str) -> bytes:
    """The request by which a signed-in person sends what stands at `path`, with fields of a form if it has any."""
    body = urlencode({"csrfmiddlewaretoken": _TOKEN, **fields}).encode("ascii")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: sessionid={session}; csrftoken={_TOKEN}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body


def rush(port: int, requests: list[bytes], *, connections: int = 32, expecting: bytes = b"302") -> Served:
    """Send everything as fast as it is answered. Raises LoadFailed for any answer but the expected, a redirect."""
    waiting, served = iter(requests), Served()
    selector = selectors.DefaultSelector()
    opened = [Connection(port, expecting=expecting) for _ in range(connections)]
    asked: dict[Connection, float] = {}
    begun = time.perf_counter()
    for connection, request in zip(opened, waiting, strict=False):
        connection.send(request)
        asked[connection] = time.perf_counter()
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    while asked:
        ready = selector.select(timeout=_PATIENCE)
        if not ready:
            raise TimeoutError("no answer within a minute")
        for key, _ in ready:
            connection: Connection = key.data
            if not connection.receive():
                continue
            now = time.perf_counter()
            served.took.append(now - asked.pop(connection))
            request = next(waiting, b"")
            if request:
                connection.send(request)
                asked[connection] = time.perf_counter()
    served.seconds = time.perf_counter() - begun
    for connection in opened:
        connection.close()
    return served
