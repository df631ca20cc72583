"""Nobody overwrites unseen what a colleague has changed.

A form carries in short what stood there when it was opened (`seen`); whoever saves hands it back, and it is compared
under the lock with what stands there now.
"""

from collections.abc import Mapping
from hashlib import sha256


class ChangedMeanwhile(Exception):
    """It was changed since the form was opened; `now` are the values that differ from what was typed, `seen` all."""

    def __init__(self, now: dict[str, object], seen: str) -> None:
        super().__init__(", ".join(now))
        self.now, self.seen = now, seen


def in_short(values: Mapping[str, object]) -> str:
    """Another word for other values."""
    return sha256(repr(sorted(values.items())).encode()).hexdigest()


def must_be_seen(now: Mapping[str, object], wanted: Mapping[str, object], *, seen: str) -> None:
    """Raises `ChangedMeanwhile` unless the values are as they were seen, or as they are wanted: a second click."""
    differing = {name: value for name, value in now.items() if wanted.get(name, value) != value}
    if differing and in_short(now) != seen:
        raise ChangedMeanwhile(differing, in_short(now))
