"""What the worker does for persons by itself: nothing personal is kept longer than it serves."""

from datetime import timedelta

from django.core.management import call_command
from procrastinate.contrib.django import app

from stars.common import clock
from stars.people.models import EmailConfirmation, FormDraft

TYPED_KEPT = timedelta(days=90)
LINKS_KEPT = timedelta(days=30)


@app.periodic(cron="30 3 * * *")
@app.task(name="people.forget", queueing_lock="people-forget")
def forget(timestamp: int = 0) -> None:
    """Delete ended sessions, forms that nobody came back to, and old confirmation links."""
    now = clock.now()
    call_command("clearsessions")
    FormDraft.objects.filter(saved_at__lt=now - TYPED_KEPT).delete()
    EmailConfirmation.objects.filter(sent_at__lt=now - LINKS_KEPT).delete()
