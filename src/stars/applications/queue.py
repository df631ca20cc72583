"""The queue's doors, apart from the tasks themselves, so that operations and tasks need not import each other."""

from collections.abc import Iterable

from procrastinate.contrib.django import app

ASK_REGISTERS = "applications.ask-registers"
OFFER_SEATS = "applications.offer-seats"


def enqueue_registers(application_id: int) -> None:
    """Have the registers asked about the application, once the present transaction is committed."""
    app.configure_task(ASK_REGISTERS, queue="registers").defer(application_id=application_id)


def enqueue_offering(group_ids: Iterable[int]) -> None:
    """Let the worker offer the groups' free seats to those who wait, once the present transaction is committed.

    Offering locks the applications of other people, so it never happens within the change that freed the seat: that
    would take the locks in the wrong order.
    """
    for group_id in sorted(set(group_ids)):
        app.configure_task(OFFER_SEATS).defer(group_id=group_id)
