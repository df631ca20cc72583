"""What the worker does for seats by itself. Every task may run twice: each row is looked at again under its lock."""

from functools import partial

from procrastinate.contrib.django import app

from stars.actors.actor import SYSTEM
from stars.applications import operations
from stars.applications.queries.places import groups_with_free_seats_and_waiting
from stars.applications.queue import OFFER_SEATS
from stars.catalogue.models import Group
from stars.common.rows import all_of


@app.task(name=OFFER_SEATS)
def offer_seats(group_id: int) -> None:
    """Offer the group's free seats to those who wait for them."""
    operations.offer_freed_seats(Group.objects.select_related("programme").get(pk=group_id), by=SYSTEM)


@app.periodic(cron="*/3 * * * *")
@app.task(name="applications.turn-of-seats", queueing_lock="turn-of-seats")
def turn_of_seats(timestamp: int = 0) -> None:
    """End what was not answered in time and offer what is free, also where a killed worker stopped in the middle."""
    all_of(
        (operations.lapse_offers, operations.lapse_regroups, operations.close_begun_lists, _offer_everywhere)
    )


def _offer_everywhere() -> None:
    all_of(partial(offer_seats, group_id) for group_id in list(groups_with_free_seats_and_waiting()))
