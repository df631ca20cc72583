"""The other side of the opening hour, as a process of its own: officers confirm, institutions admit.

    python -m benchmarks.opening.offices ROUND OFFICER OFFICER < desks.json

Two officers confirm the oldest applications of the round until its money ends; for each group two people of the
institution admit until its seats end. All of it ends when standard input is closed and nothing is left to do.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import django

django.setup()

from django.db import connection  # noqa: E402  after the setup

from stars.actors.actor import Actor  # noqa: E402
from stars.applications import operations  # noqa: E402
from stars.applications.enums import Status  # noqa: E402
from stars.applications.lifecycle import TransitionNotAllowed  # noqa: E402
from stars.applications.models import Application  # noqa: E402
from stars.catalogue.models import Group  # noqa: E402
from stars.funding.operations import BudgetExceeded  # noqa: E402
from stars.organisations.models import Membership  # noqa: E402
from stars.organisations.queries import actor_by  # noqa: E402

# Faster than any officer looks at a list again; without it the benchmark would measure the looking.
_PAUSE: Final = 0.5
_AT_ONCE: Final = 8
_over = threading.Event()


def confirm_until_the_money_ends(round_id: int, officer: Actor) -> int:
    """Confirm the oldest first; two officers meet at the same application now and then. How many were confirmed."""
    confirmed = 0
    while True:
        batch = list(
            Application.objects.filter(
                round_id=round_id, status=Status.SUBMITTED, money_short_at=None
            ).order_by("submitted_at", "pk")[:10]
        )
        if not batch and _over.is_set():
            return confirmed
        for application in batch:
            try:
                operations.confirm(application, by=officer)
            except TransitionNotAllowed:
                continue
            except BudgetExceeded:
                return confirmed
            confirmed += 1
        if not batch:
            time.sleep(_PAUSE)


def admit_while_there_are_seats(group_id: int, officer: Actor) -> tuple[int, bool]:
    """Admit who is confirmed for the group; how many were admitted, and whether its seats have ended."""
    admitted = 0
    group = Group.objects.get(pk=group_id)
    if group.seats_free <= 0:
        return 0, True
    for application in Application.objects.filter(group_id=group_id, status=Status.ELIGIBLE).order_by("pk"):
        try:
            operations.admit(application, group, by=officer)
        except TransitionNotAllowed:
            continue
        except operations.NoSeatFree:
            return admitted, True
        admitted += 1
    return admitted, False


def institutions(desks: list[tuple[int, Actor]], confirming: threading.Event) -> int:
    """Go round all desks until every group is full or nobody is confirmed any more. How many were admitted."""
    admitted, full = 0, set()
    wanted = {group for group, _ in desks}

    def attend(desk: tuple[int, Actor]) -> tuple[int, int, bool]:
        try:
            return (desk[0], *admit_while_there_are_seats(*desk))
        finally:
            connection.close()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while full != wanted:
            is_last_round = not confirming.is_set()
            for group, count, is_full in pool.map(attend, [desk for desk in desks if desk[0] not in full]):
                admitted += count
                if is_full:
                    full.add(group)
            if is_last_round:
                break
            time.sleep(_PAUSE)
    return admitted


def main() -> None:
    """Work until told that the crowd has gone; print how much was done."""
    round_id = int(sys.argv[1])
    officers = [_actor(number) for number in sys.argv[2:4]]
    desks = [
        (group, _actor(member)) for group, members in json.loads(sys.stdin.readline()) for member in members
    ]
    print("ready", flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), _over.set()), daemon=True).start()
    confirming = threading.Event()
    confirming.set()
    counts: list[int] = []

    def confirm(officer: Actor) -> None:
        try:
            counts.append(confirm_until_the_money_ends(round_id, officer))
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    waiter = threading.Thread(target=lambda: ([thread.join() for thread in threads], confirming.clear()))
    waiter.start()
    admitted = institutions(desks, confirming)
    waiter.join()
    print(json.dumps({"confirmed": sum(counts), "admitted": admitted}), flush=True)


def _actor(membership: str | int) -> Actor:
    found = Membership.objects.select_related("organisation", "person").get(pk=membership)
    return actor_by(found, found.person)


if __name__ == "__main__":
    main()
