"""What the worker does for the catalogue by itself."""

from datetime import timedelta

from procrastinate.contrib.django import app

from stars.catalogue.models import CatalogueChange
from stars.common import clock

# A web process that has not looked for a day reads the whole catalogue anyway.
KEPT = timedelta(days=2)


@app.periodic(cron="15 3 * * *")
@app.task(name="catalogue.forget-changes", queueing_lock="forget-changes")
def forget_changes(timestamp: int = 0) -> None:
    """Delete the log of changes that every process has read long ago."""
    CatalogueChange.objects.filter(at__lt=clock.now() - KEPT).delete()
