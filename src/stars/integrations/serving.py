"""How a stand-in for somebody else's service runs as a process of its own."""

import signal
import sys
from collections.abc import Callable
from types import FrameType


def serve(name: str, address: str, serve_forever: Callable[[], None]) -> None:
    """Say where it is, and serve until interrupted or told to end."""
    signal.signal(signal.SIGTERM, _end)
    sys.stdout.write(f"{name}: {address}\n")
    sys.stdout.flush()
    try:
        serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
