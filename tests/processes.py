"""Other processes that work on the test's database, to be stopped dead in the middle."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import quote

from django.db import connection

_PATIENCE_SECONDS = 60


def start(script: str) -> subprocess.Popen[bytes]:
    """Python runs the lines, with Django set up on the test's database."""
    place = connection.settings_dict
    host = quote(str(place["OPTIONS"].get("host") or place["HOST"]), safe="")
    port = f"&port={place['PORT']}" if place["PORT"] else ""
    address = f"postgres://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={host}{port}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "stars.config.settings.test",
    }
    return subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup(); {script}"], env=environment
    )


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it holds; a test that waits in vain fails."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
