"""Who may manage the rounds of which source."""

from stars.actors.actor import Actor
from stars.actors.permissions import Permission


def must_manage_rounds(scheme: str, *, by: Actor) -> None:
    """The agency manages the rounds of every source, a ministry those of its own. Raises `NotPermitted`, `OutOfScope`."""
    by.must(Permission.ROUND_MANAGE)
    if not by.may(Permission.PROGRAMME_APPROVE):
        by.must_decide_on(scheme)
