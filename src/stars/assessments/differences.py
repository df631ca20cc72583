"""What the next version of a bank does to the items of the one before. Pure: no tables, no language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Statement:
    """An item as it is compared: everything that somebody who answers meets, and what it counts for."""

    code: str
    text_lv: str
    text_en: str = ""
    measures: str = ""
    scale: str = ""
    reverse: bool = False
    options: tuple[tuple[str, str], ...] = ()
    right: int | None = None
    level: int | None = None


# Names of what may differ between two statements of one code.
PARTS: Final = tuple(field.name for field in fields(Statement) if field.name != "code")


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that both versions have, and what differs."""

    before: Statement
    after: Statement
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From one version to the next; statements are told apart by their codes."""

    added: Sequence[Statement] = ()
    removed: Sequence[Statement] = ()
    changed: Sequence[Change] = ()
    same: int = 0

    @property
    def is_empty(self) -> bool:
        """True when both versions ask the same; their order may differ."""
        return not (self.added or self.removed or self.changed)


def difference(before: Iterable[Statement], after: Iterable[Statement]) -> Difference:
    """What is new, gone and changed, each in the order of the version that has it."""
    earlier, later = {each.code: each for each in before}, {each.code: each for each in after}
    both = [(earlier[code], each) for code, each in later.items() if code in earlier]
    changed = [Change(old, new, parts) for old, new in both if (parts := _differing(old, new))]
    return Difference(
        added=[each for code, each in later.items() if code not in earlier],
        removed=[each for code, each in earlier.items() if code not in later],
        changed=changed,
        same=len(both) - len(changed),
    )


def _differing(old: Statement, new: Statement) -> tuple[str, ...]:
    return tuple(part for part in PARTS if getattr(old, part) != getattr(new, part))
