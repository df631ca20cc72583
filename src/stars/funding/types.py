"""Plain values about money: what pages and other apps are given instead of tables. All sums in euro cents."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Budget:
    """How much public money a round may commit, and how much it has: open holds and payments."""

    budget_cents: int = 0
    committed_cents: int = 0

    @property
    def left_cents(self) -> int:
        """What can still be held."""
        return self.budget_cents - self.committed_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A learning account as it stands: granted = available + held + spent + expired."""

    pk: int
    scheme: str
    opens_on: date
    expires_on: date
    is_closed: bool
    granted_cents: int
    available_cents: int
    held_cents: int
    spent_cents: int
    expired_cents: int

    def is_usable(self, on: date) -> bool:
        """True while money of the account can be held for a new programme; the last day counts."""
        return not self.is_closed and on <= self.expires_on

    def days_left(self, on: date) -> int:
        """Days until the last one, which counts; 0 on that day and after it."""
        return max(0, (self.expires_on - on).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One movement as its owner reads it; `available_cents` is what was available after it."""

    pk: int
    at: datetime
    kind: str
    label: str
    programme: str
    application: str
    reason: str
    amount_cents: int
    available_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectableEntry:
    """An entry that a correction may name; `owner_id` of its account.

    `state`: "free", "proposed", "corrected", or "restored" when the correction was reversed. `about` is the label of what
    a correction is about in the end, `reason` why it was made; both empty for others.
    """

    pk: int
    at: datetime
    kind: str
    label: str
    scheme: str
    round_name: str
    application: str
    programme: str
    amount_cents: int
    state: str
    about: str = ""
    reason: str = ""
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A payment that is to come back because the learning it was for costs nothing after all.

    `is_returned` None while no officer has decided about it.
    """

    application: str
    programme: str
    amount_cents: int
    is_returned: bool | None
    decided_at: datetime | None
