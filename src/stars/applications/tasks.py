"""What the worker does for applications."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from stars.actors.actor import SYSTEM
from stars.applications.operations import decisions, registers, reminders, short_groups
from stars.applications.queue import ASK_REGISTERS


@app.task(
    name=ASK_REGISTERS,
    queue="registers",
    retry=RetryStrategy(max_attempts=registers.MOST_ATTEMPTS - 1, exponential_wait=6),
)
def ask_registers(application_id: int) -> None:
    """Ask the state registers; tried again with growing pauses while one does not answer."""
    registers.ask(application_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="applications.lapse-corrections", queueing_lock="lapse-corrections")
def lapse_corrections(timestamp: int = 0) -> None:
    """Refuse what was sent back and not corrected in time."""
    decisions.lapse_corrections(by=SYSTEM)


@app.periodic(cron="10 6-15 * * *")
@app.task(name="applications.remind", queueing_lock="remind-of-deadlines")
def remind(timestamp: int = 0) -> None:
    """Call deadlines to mind, by day. The worker's clock is UTC; what was said this morning is not said again."""
    reminders.remind(by=SYSTEM)


@app.periodic(cron="40 6 * * *")
@app.task(name="applications.warn-of-short-groups", queueing_lock="warn-of-short-groups")
def warn_of_short_groups(timestamp: int = 0) -> None:
    """Tell institutions about groups that begin soon and have too few learners."""
    short_groups.warn_of_short_groups(by=SYSTEM)
