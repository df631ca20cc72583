"""The door for the web server."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stars.config.settings.development")
application = get_wsgi_application()


def _warm_up() -> None:
    """Read the catalogue before the first visitor asks for it; whoever comes sooner waits for the same reading."""
    # Models exist only once Django is set up, which the line above does.
    from stars.catalogue import live

    live.snapshot()


threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
