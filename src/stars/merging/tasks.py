"""What the worker does about people with several codes."""

from procrastinate.contrib.django import app

from stars.merging.operations import earlier_codes


@app.periodic(cron="*/15 * * * *")
@app.task(name="merging.ask-earlier-codes", queueing_lock="merging-ask-earlier-codes")
def ask_earlier_codes(timestamp: int = 0) -> None:
    """Ask the population register about people who came while it was silent."""
    earlier_codes.ask_unasked()
