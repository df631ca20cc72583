"""A load generator for one machine: many connections kept alive, one thread, bounded in number and in time.

It does as little as possible for each request, because it works on the cores of the server that it measures; how
much of the time it took for itself is part of what it says.
"""

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

HOST: Final = "127.0.0.1"
_MOST_REQUESTS: Final = 100_000
_CHUNK: Final = 1 << 18


class LoadFailed(RuntimeError):
    """The server did not answer, or not with 200."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a burst. `own_share` is the part of the time in which the generator itself was computing."""

    requests: int
    seconds: float
    received: int
    own_share: float

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.requests / self.seconds


class Connection:
    """One connection, on which one request after another is sent; `length` is that of the last answer's body."""

    def __init__(self, port: int, *, timeout: float = 120, expecting: bytes = b"200") -> None:
        """Connect. Any status but the one that is expected counts as a failure. Raises OSError."""
        self.socket = socket.create_connection((HOST, port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.length = 0
        self._expecting = b"HTTP/1.1 " + expecting + b" "
        self._begun = b""
        self._rest = -1  # of the body; -1 while the head is not known

    def send(self, request: bytes) -> None:
        """Ask; the answer is read by `receive`."""
        self._begun, self._rest = b"", -1
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what has come; True when the answer is whole. Raises LoadFailed for any answer but the expected."""
        chunk = self.socket.recv(_CHUNK)
        if not chunk:
            raise LoadFailed("the server closed a connection")
        if self._rest >= 0:
            self._rest -= len(chunk)
            return self._rest <= 0
        self._begun += chunk
        head, end, body = self._begun.partition(b"\r\n\r\n")
        if not end:
            return False
        self.length = self._length(head)
        self._rest = self.length - len(body)
        return self._rest <= 0

    def ask(self, request: bytes) -> bytes:
        """Send one request and give the body of its answer."""
        self.send(request)
        whole = b""
        while True:
            chunk = self.socket.recv(_CHUNK)
            if not chunk:
                raise LoadFailed("the server closed a connection")
            whole += chunk
            head, end, body = whole.partition(b"\r\n\r\n")
            if end and len(body) >= self._length(head):
                return body

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def _length(self, head: bytes) -> int:
        """How long the body is. Raises LoadFailed."""
        if not head.startswith(self._expecting):
            raise LoadFailed(head.split(b"\r\n", 1)[0].decode("latin-1"))
        _before, named, after = head.lower().partition(b"\r\ncontent-length:")
        if not named:
            raise LoadFailed("an answer does not say how long it is")
        return int(after.split(b"\r\n", 1)[0])


def request_for(path: str, *, encodings: str = "") -> bytes:
    """The request of a visitor of whom nothing is known."""
    accept = f"Accept-Encoding: {encodings}\r\n" if encodings else ""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/html\r\n{accept}\r\n".encode("ascii")


def burst(port: int, requests: Iterable[bytes], *, seconds: float, connections: int = 16) -> Outcome:
    """Send the requests, in their order, as fast as they are answered, until they or the time are used up."""
    waiting = islice(requests, _MOST_REQUESTS)
    opened = [Connection(port) for _ in range(connections)]
    try:
        return _drive(opened, waiting, seconds)
    finally:
        for connection in opened:
            connection.close()


def _drive(opened: list[Connection], waiting: Iterator[bytes], seconds: float) -> Outcome:
    done = received = busy = 0
    selector = selectors.DefaultSelector()
    begun, computing = time.perf_counter(), time.process_time()
    for connection, request in zip(opened, waiting, strict=False):
        connection.send(request)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        busy += 1
    while busy:
        ready = selector.select(timeout=30)
        if not ready:
            raise LoadFailed("no answer within 30 seconds")
        is_over = time.perf_counter() - begun > seconds
        for key, _ in ready:
            if not key.data.receive():
                continue
            done += 1
            received += key.data.length
            following = None if is_over else next(waiting, None)
            if following is None:
                selector.unregister(key.data.socket)
                busy -= 1
            else:
                key.data.send(following)
    took = time.perf_counter() - begun
    return Outcome(done, took, received, (time.process_time() - computing) / took)
