"""A worker that is killed leaves its job behind as “doing”; the letter still leaves."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from tests.notices.test_operations import send

from stars.notices import operations, tasks
from stars.notices.models import Delivery, DeliveryStatus
from stars.notices.queue import DELIVER

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], list[str]]


def awaited(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What the coroutine comes to, in the test's own thread and transaction.

    The browser of an earlier test leaves an event loop marked as running in this thread; it is set aside meanwhile.
    Beside such a loop Django keeps another connection than without one, so the test's own goes along.
    """
    running, own = asyncio._get_running_loop(), connections["default"]
    asyncio._set_running_loop(None)
    without_loop = connections["default"]
    connections["default"] = own
    try:
        return async_to_sync(work)(*given, **named)
    finally:
        connections["default"] = without_loop
        asyncio._set_running_loop(running)


def taken(*, heartbeat: timedelta | None) -> Job:
    """What waits is begun by a worker that was last heard of so long ago; None: its row is gone already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id",
            [heartbeat or timedelta()],
        )
        (worker,) = cursor.fetchone()
    job: Job | None = awaited(app.job_manager.fetch_job, queues=["notices"], worker_id=worker)
    assert job is not None
    if heartbeat is None:
        awaited(app.job_manager.unregister_worker, worker)
    return job


def look_for_stalled() -> None:
    """The periodic job, in the test's own thread and transaction."""
    awaited(tasks.retry_stalled.func, None, timestamp=0)


def states() -> list[tuple[str, str]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "status"))


@pytest.mark.parametrize("heartbeat", [timedelta(minutes=5), timedelta(seconds=31), None])
def test_the_letter_of_a_killed_worker_leaves_once(run_jobs: RunJobs, heartbeat: timedelta | None) -> None:
    send()
    taken(heartbeat=heartbeat)
    assert (states(), run_jobs(), mail.outbox) == ([(DELIVER, "doing")], [], [])

    for _ in range(2):
        look_for_stalled()
        run_jobs()

    delivery = Delivery.objects.get()
    assert (states(), len(mail.outbox)) == ([(DELIVER, "succeeded")], 1)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.SENT, 1)


def test_killed_after_the_letter_left_it_does_not_leave_again(run_jobs: RunJobs) -> None:
    delivery = send()
    taken(heartbeat=timedelta(minutes=5))
    operations.deliver(delivery.pk)

    look_for_stalled()
    assert (run_jobs(), len(mail.outbox), states()) == ([DELIVER], 1, [(DELIVER, "succeeded")])


def test_a_worker_that_lives_keeps_its_job(run_jobs: RunJobs) -> None:
    send()
    taken(heartbeat=timedelta(seconds=10))

    look_for_stalled()
    assert (states(), run_jobs(), mail.outbox) == ([(DELIVER, "doing")], [], [])


def test_killed_between_sending_and_committing_the_second_letter_is_known_by_its_number(
    run_jobs: RunJobs,
) -> None:
    delivery = send()
    taken(heartbeat=timedelta(minutes=5))
    with transaction.atomic():
        operations.deliver(delivery.pk)
        transaction.set_rollback(True)
    look_for_stalled()
    run_jobs()

    first, second = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == second
    assert re.fullmatch(rf"<delivery-{delivery.pk}\.\d{{20}}@testserver>", first)
    assert Delivery.objects.get().status == DeliveryStatus.SENT


def test_each_letter_has_a_number_of_its_own(run_jobs: RunJobs) -> None:
    for _ in range(2):
        send()
    run_jobs()

    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == 2
