"""What the worker does for surveys by itself. Every task may run twice."""

from procrastinate.contrib.django import app

from stars.actors.actor import SYSTEM
from stars.surveys import operations


@app.periodic(cron="25 5-15 * * *")
@app.task(name="surveys.open-due", queueing_lock="open-due-surveys")
def open_due(timestamp: int = 0) -> None:
    """Ask what opens months after learning, by day, and what could not be asked when learning ended."""
    operations.open_due(by=SYSTEM)


@app.periodic(cron="35 6-15 * * *")
@app.task(name="surveys.remind", queueing_lock="remind-of-surveys")
def remind(timestamp: int = 0) -> None:
    """Call unanswered surveys to mind before their term is over, by day."""
    operations.remind(by=SYSTEM)
