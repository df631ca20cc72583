"""`make run`: an embedded PostgreSQL, the sign-in simulator, e-mails as files unless a mail server is named."""

from stars.config.postgres import ensure_running
from stars.config.settings.base import DATA_FOLDER, env
from stars.config.settings.local import *  # noqa: F403

DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or ensure_running(DATA_FOLDER))}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

EMAIL_HOST = env.str("EMAIL_HOST", default="")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_FOLDER / "emails"
