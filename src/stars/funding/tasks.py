"""What the worker does for money by itself."""

from procrastinate.contrib.django import app

from stars.actors.actor import SYSTEM
from stars.funding import operations


@app.periodic(cron="5 0 * * *")
@app.task(name="funding.expire-accounts", queueing_lock="expire-accounts")
def expire_accounts(timestamp: int = 0) -> None:
    """Close accounts whose last day has passed. The worker's clock is UTC: this is after midnight in Riga."""
    operations.expire_accounts(by=SYSTEM)


@app.periodic(cron="20 6-15 * * *")
@app.task(name="funding.remind-of-expiry", queueing_lock="remind-of-expiry")
def remind_of_expiry(timestamp: int = 0) -> None:
    """Call to mind that accounts expire, by day; what was said already is not said again."""
    operations.remind_of_expiry(by=SYSTEM)
