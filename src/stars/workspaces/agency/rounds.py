"""Rounds as the pages of an authority show them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications.enums import Status
from stars.catalogue.models import Round
from stars.catalogue.queries.rounds import Phase, phase_of
from stars.funding.types import Budget
from stars.schemes.codes import SchemeCode

PHASES: dict[Phase, Promise] = {
    Phase.COMING: _("Opens later"),
    Phase.OPEN: _("Open"),
    Phase.CLOSED: _("Closed"),
}
_COLOURS = {Phase.COMING: "info", Phase.OPEN: "success", Phase.CLOSED: "neutral"}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its figures."""

    round: Round
    phase: str | Promise
    colour: str
    budget: Budget
    groups: int
    applications: int

    @property
    def committed_percent(self) -> int:
        """How much of the budget is committed; rounded down, so that only a full one is 100."""
        return (
            self.budget.committed_cents * 100 // self.budget.budget_cents if self.budget.budget_cents else 0
        )


def managed_schemes(actor: Actor) -> list[str]:
    """Sources whose rounds the actor manages: the agency's are all."""
    codes = [code.value for code in SchemeCode]
    if actor.may(Permission.PROGRAMME_APPROVE):
        return codes
    return [code for code in codes if code in actor.schemes]


def round_line(round_: Round, *, budget: Budget, groups: int, applications: int, at: datetime) -> RoundLine:
    """The round with its figures and its phase in words."""
    phase = phase_of(round_, at=at)
    return RoundLine(round_, PHASES[phase], _COLOURS[phase], budget, groups, applications)


def status_lines(counts: dict[str, int]) -> list[tuple[str | Promise, int]]:
    """How many applications stand where, in the order of an application's life."""
    return [(status.label, counts[status]) for status in Status if status in counts]
