"""A real installation: secrets come from the environment; what is only for trying things out is refused."""

from django.core.exceptions import ImproperlyConfigured

from stars.config.settings.base import *  # noqa: F403
from stars.config.settings.base import IDENTITY, REGISTERS, env
from stars.integrations.identity.issuers import is_simulator
from stars.integrations.registers.addresses import is_stand_in

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

if not all(IDENTITY[key] for key in ("issuer", "client_id", "client_secret")):
    raise ImproperlyConfigured(
        "IDENTITY_ISSUER, IDENTITY_CLIENT_ID and IDENTITY_CLIENT_SECRET are obligatory."
    )
if is_simulator(str(IDENTITY["issuer"])) or not str(IDENTITY["issuer"]).startswith("https://"):
    raise ImproperlyConfigured("The sign-in simulator and unencrypted issuers are refused in production.")
if not REGISTERS["url"] or is_stand_in(str(REGISTERS["url"])):
    raise ImproperlyConfigured(
        "REGISTERS_URL is obligatory; the register simulator and unencrypted addresses are refused in production."
    )

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

EMAIL_HOST = env.str("EMAIL_HOST")
