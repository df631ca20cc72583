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
_PAUSE: Final = 2.0
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


def admit_while_there_are_seats(group_id: int, officer: Actor, *, order: str) -> tuple[int, bool]:
    """Admit who is confirmed for the group; how many were admitted, and whether its seats have ended."""
    admitted = 0
    group = Group.objects.get(pk=group_id)
    if group.seats_free <= 0:
        return 0, True
    waiting = Application.objects.filter(group_id=group_id, status=Status.ELIGIBLE).order_by(order)
    # The list is looked at anew after each, as people do whose colleague works at its other end.
    while application := waiting.first():
        try:
            operations.admit(application, group, by=officer)
        except TransitionNotAllowed:
            continue
        except operations.NoSeatFree:
            return admitted, True
        admitted += 1
    return admitted, False


def attend(desks: list[tuple[int, Actor]], order: str, confirming: threading.Event) -> int:
    """Go round these desks until every group is full or nobody is confirmed any more. How many were admitted.

    All on one connection, as a web process keeps one.
    """
    admitted, full = 0, set()
    try:
        while len(full) < len(desks):
            is_last_round = not confirming.is_set()
            for group_id, officer in desks:
                if group_id in full:
                    continue
                count, is_full = admit_while_there_are_seats(group_id, officer, order=order)
                admitted += count
                if is_full:
                    full.add(group_id)
            if is_last_round:
                break
            time.sleep(_PAUSE)
    finally:
        connection.close()
    return admitted


def institutions(desks: list[tuple[int, Actor]], confirming: threading.Event) -> int:
    """Everybody at work at once; the two of a group begin at the two ends of its list and meet at the last seats."""
    shares = [desks[first::_AT_ONCE] for first in range(_AT_ONCE)]
    orders = ["pk" if first % 2 else "-pk" for first in range(_AT_ONCE)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return sum(pool.map(attend, shares, orders, [confirming] * _AT_ONCE))


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
