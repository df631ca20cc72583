"""Whether somebody relies on a programme or group as it is."""

from stars.applications.enums import LIVE_PLACES, Status
from stars.applications.models import Application, WaitingPlace

# Whoever went, or was refused, relies on it no more; drafts are nobody's business.
_GONE = (Status.DRAFT, Status.WITHDRAWN, Status.REFUSED)


def is_programme_chosen(programme_id: int) -> bool:
    """Whether anybody has applied for the programme and not gone."""
    return Application.objects.filter(programme_id=programme_id).exclude(status__in=_GONE).exists()


def is_group_chosen(group_id: int) -> bool:
    """Whether anybody chose the group, was admitted into it or waits for it."""
    chosen = Application.objects.filter(group_id=group_id).exclude(status__in=_GONE)
    waiting = WaitingPlace.objects.filter(group_id=group_id, state__in=LIVE_PLACES)
    return chosen.exists() or waiting.exists()
