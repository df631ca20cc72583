"""What the provider remembers for a while."""

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_REMEMBERED_SECONDS = 3600
_Thing = TypeVar("_Thing")


@dataclass(slots=True)
class Memory(Generic[_Thing]):
    """Things under unguessable keys, forgotten after an hour; several threads may use it."""

    _things: dict[str, tuple[float, _Thing]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, thing: _Thing) -> str:
        """Keep a thing and return its key."""
        now = time.monotonic()
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._things = {k: v for k, v in self._things.items() if now - v[0] < _REMEMBERED_SECONDS}
            self._things[key] = (now, thing)
        return key

    def get(self, key: str) -> _Thing | None:
        """Return the thing under the key, if there is one."""
        with self._lock:
            kept = self._things.get(key)
        return kept[1] if kept else None

    def take(self, key: str) -> _Thing | None:
        """Return the thing and forget it: it works once."""
        with self._lock:
            kept = self._things.pop(key, None)
        return kept[1] if kept else None
