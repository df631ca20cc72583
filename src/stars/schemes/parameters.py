"""What a scheme's rules depend on and may change from one day to the next: dated parameters, in plain values.

The declarations hold the values that are documented as defaults; the agency sets others, from a day on, in
`stars.funding`. A value marked *unknown* was looked for in the acts and not found (facts 12): it is a default of ours
until the agency sets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PaysOn(StrEnum):
    """Which event turns a hold into a payment."""

    START = "start"
    COMPLETION = "completion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One version of a source's parameters. Sums in euro cents, shares in percent, times as each name says.

    `version` 0 is the declaration's default. `learnings_allowed` None: no limit. `account_cents` None: the source has
    no learning account. `copayment_percent_by_kind` has codes of programme kinds.
    """

    version: int = 0
    valid_from: date | None = None
    minimum_age: int = 18
    learnings_allowed: int | None = None
    months_after_completion: int = 0
    months_after_interruption: int = 0
    copayment_percent: int = 0
    copayment_percent_by_kind: Mapping[str, int] = field(default_factory=dict)
    low_income_copayment_percent: int = 0
    account_cents: int | None = None
    account_months: int = 12
    pays_on: PaysOn = PaysOn.COMPLETION
    # Share of the hold that is paid although learning was interrupted.
    expulsion_percent: int = 0
    leaving_percent: int = 0
    # Whether giving up counts as an interruption, from which the waiting period runs.
    leaving_admission_interrupts: bool = False
    leaving_learning_interrupts: bool = True
    check_workdays: int = 5
    correction_workdays: int = 10
    offer_workdays: int = 2
    regroup_workdays: int = 5

    def copayment_percent_for(self, kind: str, *, low_income: bool) -> int:
        """The learner's share of the price, in percent, for a programme of this kind."""
        if low_income:
            return self.low_income_copayment_percent
        return self.copayment_percent_by_kind.get(kind, self.copayment_percent)
