"""The queue's door for seats, apart from the tasks themselves, so that operation and task need not import each other."""

from collections.abc import Iterable

from procrastinate.contrib.django import app

OFFER_SEATS = "applications.offer-seats"


def enqueue_offering(group_ids: Iterable[int]) -> None:
    """Let the worker offer the groups' free seats to those who wait, once the present transaction is committed.

    Offering locks the applications of other people, so it never happens within the change that freed the seat: that
    would take the locks in the wrong order.
    """
    for group_id in sorted(set(group_ids)):
        app.configure_task(OFFER_SEATS).defer(group_id=group_id)
