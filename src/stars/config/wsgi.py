"""The door for the web server."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stars.config.settings.development")
application = get_wsgi_application()

from stars.catalogue import live  # noqa: E402  models exist only once Django is set up

# The catalogue is read before the first visitor asks for it; whoever comes sooner waits for the same reading.
threading.Thread(target=live.snapshot, name="warm-up", daemon=True).start()
