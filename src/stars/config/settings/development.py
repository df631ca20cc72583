"""`make run`: an embedded PostgreSQL, the sign-in simulator, e-mails as files."""

from stars.config.postgres import ensure_running
from stars.config.settings.base import *  # noqa: F403
from stars.config.settings.base import DATA_FOLDER, IDENTITY, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-tests")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or ensure_running(DATA_FOLDER))}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

PORT = env.int("PORT", default=8000)
IDP_PORT = env.int("IDP_PORT", default=PORT + 1)
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default=f"http://localhost:{PORT}")
IDENTITY = IDENTITY | {
    "issuer": env.str("IDENTITY_ISSUER", default=f"http://localhost:{IDP_PORT}"),
    "client_id": env.str("IDENTITY_CLIENT_ID", default="stars"),
    "client_secret": env.str("IDENTITY_CLIENT_SECRET", default="simulator-only"),
    "allow_simulator": True,
}

DEMO_ALLOWED = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_FOLDER / "emails"
