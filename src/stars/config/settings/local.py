"""What a developer's machine and the tests share: known secrets, the sign-in simulator, demonstration data."""

from stars.config.settings.base import *  # noqa: F403
from stars.config.settings.base import IDENTITY, INSTALLED_APPS, REGISTERS, env

# Keeps the migrations of each app in one line while they are written; an installation only runs them.
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-tests")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

PORT = env.int("PORT", default=8000)
IDP_PORT = env.int("IDP_PORT", default=PORT + 1)
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default=f"http://localhost:{PORT}")
IDENTITY = IDENTITY | {
    "issuer": env.str("IDENTITY_ISSUER", default=f"http://localhost:{IDP_PORT}"),
    "client_id": env.str("IDENTITY_CLIENT_ID", default="stars"),
    "client_secret": env.str("IDENTITY_CLIENT_SECRET", default="simulator-only"),
    "allow_simulator": True,
}
REGISTERS_PORT = env.int("REGISTERS_PORT", default=PORT + 2)
REGISTERS = REGISTERS | {"url": env.str("REGISTERS_URL", default=f"http://localhost:{REGISTERS_PORT}")}

DEMO_ALLOWED = True
