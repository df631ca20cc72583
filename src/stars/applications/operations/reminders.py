"""Calling deadlines to mind. Each reminder has a name by which it is sent once, however often the job runs.

Every reminder is a transaction of its own: a worker that is killed in between leaves the rest to the next run.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications import notices
from stars.applications.enums import Reminder
from stars.applications.models import Application
from stars.applications.queries import deadlines
from stars.common import clock
from stars.common.rows import each


def remind(*, by: Actor) -> int:
    """Send what is due to be called to mind; how many were sent now. Raises `NotPermitted`."""
    by.must(Permission.APPLICATION_LAPSE)
    now = clock.now()
    return each(_due(now), lambda row: notices.remind(row[0], row[1], once=row[2], **row[3]))


def _due(now: datetime) -> Iterator[tuple[Application, Reminder, str, dict[str, Any]]]:
    """About which application, which reminder, the name by which it is sent once, and what its text may name."""
    for place in deadlines.offers_ending(now):
        context = {"due": place.offer_due_at, "group": place.group}
        yield place.application, Reminder.OFFER, f"offer:{place.pk}", context
    for application in deadlines.corrections_ending(now):
        due = application.correction_due_at
        once = f"correction:{application.pk}:{due:%Y%m%d%H%M}"
        yield application, Reminder.CORRECTION, once, {"due": due, "fields": application.returned_fields}
    for application in deadlines.regroups_ending(now):
        due = application.regroup_due_at
        once = f"regroup:{application.pk}:{due:%Y%m%d%H%M}"
        yield application, Reminder.REGROUP, once, {"due": due}
    for draft, until in deadlines.drafts_of_closing_rounds(now):
        once = f"round:{draft.pk}:{until:%Y%m%d%H%M}"
        yield draft, Reminder.ROUND, once, {"due": until}
