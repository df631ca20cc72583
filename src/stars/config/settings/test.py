"""The test suite: the same engine, no background refresh, static files as they lie."""

from stars.config.settings.development import *  # noqa: F403
from stars.config.settings.development import DATABASES, MIDDLEWARE, STORAGES, TEMPLATES

DEBUG = False
CATALOGUE_REFRESH_SECONDS = 0
# Jobs run in threads of their own would keep connections open past the test database's end.
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TEMPLATES = [
    TEMPLATES[0] | {"OPTIONS": TEMPLATES[0]["OPTIONS"] | {"string_if_invalid": "UNDEFINED[%s]"}}  # type: ignore[operator]
]
PUBLIC_ADDRESS = "http://testserver"
