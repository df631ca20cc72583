"""The queue's door for learning."""

from procrastinate.contrib.django import app

SETTLE_CANCELLED = "enrolments.settle-cancelled"


def enqueue_settling(group_id: int, *, has_begun: bool, not_formed: bool) -> None:
    """Let the worker finish what the cancelling of a group means for its people, once that is committed."""
    app.configure_task(SETTLE_CANCELLED).defer(group_id=group_id, has_begun=has_begun, not_formed=not_formed)
