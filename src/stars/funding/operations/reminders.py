"""Calling to mind that an account expires."""

from datetime import timedelta

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.common import clock
from stars.common.rows import each
from stars.funding import notices
from stars.funding.models import LearningAccount

# Days before the last one: each once, the nearer instead of the farther when both would be due.
DAYS_BEFORE = (7, 30)


def remind_of_expiry(*, by: Actor) -> int:
    """Write to whoever has money left that can soon no longer be used; how many were sent now.

    Each message is a transaction of its own, so a killed worker leaves the rest to the next run. Raises `NotPermitted`.
    """
    by.must(Permission.APPLICATION_LAPSE)
    today = clock.today()
    accounts = (
        LearningAccount.objects.filter(
            closed_at__isnull=True,
            available_cents__gt=0,
            expires_on__range=(today, today + timedelta(days=max(DAYS_BEFORE))),
        )
        .exclude(person__email="")
        .select_related("person")
        .order_by("pk")
    )
    return each(
        accounts,
        lambda account: notices.expires(account, days=_nearest((account.expires_on - today).days)),
    )


def _nearest(left: int) -> int:
    return min(days for days in DAYS_BEFORE if left <= days)
