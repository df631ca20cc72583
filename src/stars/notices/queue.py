"""The queue's door, apart from the task itself, so that operation and task need not import each other."""

from procrastinate.contrib.django import app

DELIVER = "notices.deliver"


def enqueue_delivery(delivery_id: int) -> None:
    """Put the delivery into the queue within the present transaction."""
    app.configure_task(DELIVER, queue="notices").defer(delivery_id=delivery_id)
