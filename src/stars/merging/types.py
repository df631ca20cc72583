"""Plain values about two records that may be one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise


class Obstacle(StrEnum):
    """What must be settled before two persons can become one."""

    OPEN_IN_SOURCE = "open-in-source"
    OPEN_FOR_PROGRAMME = "open-for-programme"
    OTHER_PROPOSAL = "other-proposal"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One obstacle; `applications` are those that stand against each other."""

    obstacle: Obstacle
    label: str | Promise
    applications: Sequence["Link"] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An application by its words and the identity in its address."""

    words: str
    public_id: UUID


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as an officer sees it: codes masked, and how much belongs to them."""

    person_id: UUID
    name: str
    birth_date: str
    codes: Sequence[str]
    is_registered: bool
    applications: Sequence[str]
    holdings: Sequence[tuple[str | Promise, str]]


@dataclass(frozen=True, slots=True)
class Preview:
    """Both sides, what is in the way, and what is worth knowing: `both_accounts` are sources that granted twice."""

    kept: Side
    merged: Side
    conflicts: Sequence[Conflict]
    both_accounts: Sequence[str] = ()

    @property
    def born_apart(self) -> bool:
        """True when the two are known to have been born on different days, which one person cannot be."""
        days = {self.kept.birth_date, self.merged.birth_date} - {""}
        return len(days) > 1
