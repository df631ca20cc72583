"""The nightly look at what the database's constraints cannot say across tables. It mends nothing: people must look."""

import logging

from stars.actors.actor import Actor
from stars.applications.queries import consistency as of_applications
from stars.audit import operations as audit
from stars.enrolments.queries import consistency as of_learning
from stars.funding import queries as money

_LOG = logging.getLogger(__name__)
_LOOKS = {
    "groups": of_applications.inconsistent_groups,
    "places": of_applications.inconsistent_places,
    "waiting": of_applications.inconsistent_waiting,
    "holds": of_applications.inconsistent_holds,
    "enrolments": of_learning.inconsistent_enrolments,
    "accounts": money.inconsistent_accounts,
    "budgets": money.inconsistent_budgets,
}


def look_for_inconsistencies(*, by: Actor) -> dict[str, int]:
    """How many rows contradict each other, by what they are; a finding is logged and recorded, counts only."""
    counted = {name: look().count() for name, look in _LOOKS.items()}
    found = {name: count for name, count in counted.items() if count}
    if found:
        _LOG.error("inconsistent rows: %s", ", ".join(f"{name} {count}" for name, count in found.items()))
        audit.record("consistency.broken", by=by, subject="database", details=found)
    return found
