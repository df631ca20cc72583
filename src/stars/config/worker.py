"""The background worker: `python -m stars.config.worker`, in development as in production."""

import os
from typing import cast

import django
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

CONCURRENT_JOBS = 2
SECONDS_TO_FINISH = 8  # after that a job is cut off; it comes back, and jobs bear being run twice


def main() -> None:
    """Run jobs until told to stop by SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stars.config.settings.development")
    django.setup()
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as with_own_connections:
        with_own_connections.run_worker(
            concurrency=CONCURRENT_JOBS, shutdown_graceful_timeout=SECONDS_TO_FINISH
        )


if __name__ == "__main__":
    main()
