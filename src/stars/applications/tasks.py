"""What the worker does for applications."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from stars.actors.actor import SYSTEM
from stars.applications.operations import decisions, registers
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
