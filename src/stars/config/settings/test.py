"""The test suite: the same engine, no background refresh, static files as they lie."""

from stars.config.postgres import ensure_running
from stars.config.settings.base import DATA_FOLDER, MIDDLEWARE, REGISTERS, STORAGES, TEMPLATES, env
from stars.config.settings.local import *  # noqa: F403

DEBUG = False
CATALOGUE_REFRESH_SECONDS = 0
# A server of the tests' own, which need not survive a power cut; connections are closed after each request, so that
# threads keep none past the test database's end.
DATABASES = {
    "default": env.db_url_config(
        env.str("DATABASE_URL", default="") or ensure_running(DATA_FOLDER / "tests", durable=False)
    )
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TEMPLATES = [
    TEMPLATES[0] | {"OPTIONS": TEMPLATES[0]["OPTIONS"] | {"string_if_invalid": "UNDEFINED[%s]"}}  # type: ignore[operator]
]
PUBLIC_ADDRESS = "http://testserver"
# Asked only where a test starts the simulator and names it here.
REGISTERS = REGISTERS | {"url": ""}
