"""What the worker runs."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from stars.notices import operations
from stars.notices.queue import DELIVER

STALLED_AFTER_SECONDS = 30


@app.task(
    name=DELIVER,
    queue="notices",
    retry=RetryStrategy(max_attempts=operations.MOST_ATTEMPTS - 1, exponential_wait=5),
)
def deliver(delivery_id: int) -> None:
    """Send one e-mail; tried again with growing pauses when the mail server does not answer."""
    operations.deliver(delivery_id)


@app.periodic(cron="* * * * *")
@app.task(name="notices.retry-stalled", queueing_lock="retry-stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that was killed stay “doing” for ever; put them back after half a minute without a heartbeat."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)
