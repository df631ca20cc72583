"""What the worker does for learning by itself. Every task may run twice."""

from functools import partial

from procrastinate.contrib.django import app

from stars.actors.actor import SYSTEM
from stars.catalogue.models import Group
from stars.common.rows import all_of
from stars.enrolments import operations, queries
from stars.enrolments.queue import SETTLE_CANCELLED


@app.task(name=SETTLE_CANCELLED)
def settle_cancelled(group_id: int, has_begun: bool, not_formed: bool) -> None:  # noqa: FBT001  stored as JSON
    """Finish what the cancelling of a group means for its people."""
    operations.settle_cancelled(Group.objects.get(pk=group_id), has_begun=has_begun, not_formed=not_formed)


@app.periodic(cron="*/10 * * * *")
@app.task(name="enrolments.settle-left", queueing_lock="settle-left")
def settle_left(timestamp: int = 0) -> None:
    """Groups that were cancelled and to which somebody still belongs, or belongs again after a late confirmation."""
    all_of(partial(operations.settle_cancelled, group) for group in list(queries.cancelled_with_people()))


@app.periodic(cron="20 4 * * *")
@app.task(name="enrolments.pay-begun", queueing_lock="pay-begun")
def pay_begun(timestamp: int = 0) -> None:
    """Pay for learning that has begun, where the source pays then."""
    operations.pay_begun()


@app.periodic(cron="40 2 * * *")
@app.task(name="enrolments.look-for-inconsistencies", queueing_lock="look-for-inconsistencies")
def look_for_inconsistencies(timestamp: int = 0) -> None:
    """Say when seats, places, learning or money contradict each other."""
    operations.look_for_inconsistencies(by=SYSTEM)
