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
    DRAFT_FOR_PROGRAMME = "draft-for-programme"
    ACCOUNTS = "accounts"
    OTHER_PROPOSAL = "other-proposal"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One obstacle; `about` names what stands against each other."""

    obstacle: Obstacle
    label: str | Promise
    about: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as an officer sees it: codes masked, and how much belongs to them."""

    person_id: UUID
    name: str
    birth_date: str
    codes: Sequence[str]
    is_registered: bool
    applications: Sequence[str]
    holdings: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Preview:
    """Both sides and what is in the way."""

    kept: Side
    merged: Side
    conflicts: Sequence[Conflict]
