"""Calling deadlines to mind. Each reminder has a name by which it is sent once, however often the job runs.

Every reminder is a transaction of its own: a worker that is killed in between leaves the rest to the next run.
"""

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications import notices
from stars.applications.enums import Reminder
from stars.applications.queries import deadlines
from stars.common import clock


def remind(*, by: Actor) -> int:
    """Send what is due to be called to mind; how many were sent now. Raises `NotPermitted`."""
    by.must(Permission.APPLICATION_LAPSE)
    now = clock.now()
    sent = 0
    for place in deadlines.offers_ending(now):
        sent += notices.remind(
            place.application,
            Reminder.OFFER,
            once=f"offer:{place.pk}",
            due=place.offer_due_at,
            group=place.group,
        )
    for application in deadlines.corrections_ending(now):
        due = application.correction_due_at
        once = f"correction:{application.pk}:{due:%Y%m%d%H%M}"
        sent += notices.remind(
            application, Reminder.CORRECTION, once=once, due=due, fields=application.returned_fields
        )
    for application in deadlines.regroups_ending(now):
        due = application.regroup_due_at
        once = f"regroup:{application.pk}:{due:%Y%m%d%H%M}"
        sent += notices.remind(application, Reminder.REGROUP, once=once, due=due)
    for draft, until in deadlines.drafts_of_closing_rounds(now):
        once = f"round:{draft.pk}:{until:%Y%m%d%H%M}"
        sent += notices.remind(draft, Reminder.ROUND, once=once, due=until)
    return sent
