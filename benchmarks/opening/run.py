"""Measuring the opening hour, and what must hold afterwards whatever happened in it."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Final

from django.db import connection
from django.db.models import Count, F

from benchmarks.figures import Figure
from benchmarks.opening.applicants import GROUPS, Opening, make_ready
from benchmarks.opening.crowd import Served, post, rush
from benchmarks.site import Site
from stars.applications.enums import OPEN, SEATED, Status
from stars.applications.models import Application
from stars.catalogue.models import Group
from stars.config.run import CHECKOUT
from stars.funding.queries import budget_of

PEOPLE: Final = 5_000
_WARM: Final = 100
_BARE_SECONDS: Final = 3
_BARE_THREADS: Final = 16
# One person in ten is in a hurry and sends twice.
_HURRIED: Final = 10
_WAVE: Final = 5 * GROUPS


def measure(running: Site, environment: dict[str, str]) -> list[Figure]:
    """The whole hour, as fast as it goes."""
    begun = time.monotonic()
    opening = make_ready(PEOPLE + _WARM)
    print(f"  {PEOPLE:,} people with filled applications: {time.monotonic() - begun:.1f} s", flush=True)
    prepared = [post(path, session) for path, session in opening.requests]
    rush(running.port, prepared[:_WARM], connections=8)
    bare = _bare_transactions()
    served, done = _hour(running, opening, prepared[_WARM:], environment)
    bare = (bare + _bare_transactions()) / 2
    print(f"  confirmed {done['confirmed']}, admitted {done['admitted']}", flush=True)
    return _figures(served, bare, opening)


def _hour(
    running: Site, opening: Opening, prepared: list[bytes], environment: dict[str, str]
) -> tuple[Served, dict[str, int]]:
    requests = _arrivals(prepared)
    desks = json.dumps([[desk.group_id, desk.officers] for desk in opening.desks])
    command = [sys.executable, "-m", "benchmarks.opening.offices", str(opening.round_id)]
    with subprocess.Popen(
        [*command, *(str(number) for number in opening.officers)],
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as offices:
        assert offices.stdin is not None
        assert offices.stdout is not None
        offices.stdin.write(desks + "\n")
        offices.stdin.flush()
        if offices.stdout.readline().strip() != "ready":
            raise RuntimeError("the offices did not open")
        served = rush(running.port, requests)
        offices.stdin.close()
        return served, json.loads(offices.stdout.readline())


def _arrivals(prepared: list[bytes]) -> list[bytes]:
    """Wave after wave, each with as many people for every group, in no order; who is in a hurry sends twice at once.

    So the oldest applications, which the money suffices for, are spread over the groups, and all seats end.
    """
    chance, arrivals = Random(3), []
    for first in range(0, len(prepared), _WAVE):
        wave = prepared[first : first + _WAVE]
        wave += wave[::_HURRIED]
        chance.shuffle(wave)
        arrivals += wave
    return arrivals


def _bare_transactions() -> float:
    """Transactions in a second that do nothing but insert three rows, from as many threads as the server has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, at timestamptz DEFAULT now(), text text)"
        )
    deadline = time.perf_counter() + _BARE_SECONDS
    begun = time.perf_counter()
    with ThreadPoolExecutor(_BARE_THREADS) as pool:
        done = sum(pool.map(lambda _: _insert_until(deadline), range(_BARE_THREADS)))
    return done / (time.perf_counter() - begun)


def _insert_until(deadline: float) -> int:
    done = 0
    try:
        with connection.cursor() as cursor:
            while time.perf_counter() < deadline:
                cursor.execute("BEGIN")
                for _ in range(3):
                    cursor.execute("INSERT INTO bench_bare (text) VALUES (%s)", ["x" * 200])
                cursor.execute("COMMIT")
                done += 1
    finally:
        connection.close()
    return done


def _figures(served: Served, bare: float, opening: Opening) -> list[Figure]:
    budget = budget_of(opening.round_id)
    groups = [desk.group_id for desk in opening.desks]
    return [
        Figure("opening hour: submissions", served.rate, "/s", 100, at_least=True),
        Figure("  95 % are answered within", 1000 * served.slower_than_all_but(5), "ms", digits=0),
        Figure("  ratio to a bare transaction of three inserts", 100 * served.rate / bare, "%"),
        Figure("  over-admissions", _over_admissions(groups), "", 0, digits=0),
        Figure("  over-spending", max(0, -budget.left_cents) / 100, "€", 0, digits=0),
        Figure("  duplicates", _duplicates(opening.round_id), "", 0, digits=0),
        Figure("  seats left", _seats_left(groups), "", digits=0),
        Figure("  money left", budget.left_cents / 100, "€", digits=0),
    ]


def _over_admissions(groups: list[int]) -> int:
    """Learners beyond the seats of their group."""
    seated = (
        Application.objects.filter(group__in=groups, status__in=SEATED)
        .values("group_id", seats=F("group__seats_max"))
        .annotate(learners=Count("pk"))
    )
    return sum(max(0, row["learners"] - row["seats"]) for row in seated)


def _duplicates(round_id: int) -> int:
    """People with more than one open application in the source, and numbers given twice."""
    sent = Application.objects.filter(round_id=round_id).exclude(status=Status.DRAFT)
    several = sent.filter(status__in=OPEN).values("applicant").annotate(count=Count("pk")).filter(count__gt=1)
    return several.count() + sent.count() - sent.values("number").distinct().count()


def _seats_left(groups: list[int]) -> int:
    return sum(group.seats_free for group in Group.objects.filter(pk__in=groups))
