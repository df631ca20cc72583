"""Settings that every environment shares. What differs comes from the environment or the files beside this one."""

from pathlib import Path

import django_stubs_ext
import environ
import pghistory
from django.utils.translation import gettext_lazy as _

from stars.config.settings.security import *  # noqa: F403  one namespace is how Django reads settings

django_stubs_ext.monkeypatch()
env = environ.Env()

CHECKOUT = Path(__file__).resolve().parents[4]
SOURCE = CHECKOUT / "src" / "stars"
DATA_FOLDER = Path(env.str("STARS_DATA", default=str(CHECKOUT / ".data")))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "stars.ui",
    "stars.audit",
    "stars.classifiers",
    "stars.notices",
    "stars.people",
    "stars.organisations",
    "stars.catalogue",
    "stars.assessments",
    "stars.funding",
    "stars.applications",
    "stars.surveys",
    "stars.enrolments",
    "stars.merging",
    "stars.workspaces.public",
    "stars.workspaces.citizen",
    "stars.workspaces.staff",
    "stars.workspaces.institution",
    "stars.workspaces.agency",
    "stars.demo",
]
FIRST_PARTY_APPS = [name for name in INSTALLED_APPS if name.startswith("stars.")]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stars.workspaces.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stars.workspaces.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "stars.workspaces.sessions.IdleSessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stars.workspaces.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "stars.workspaces.middleware.AccessMiddleware",
]

ROOT_URLCONF = "stars.config.urls"
WSGI_APPLICATION = "stars.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "stars.workspaces.context.page",
            ],
        },
    }
]
FORM_RENDERER = "stars.ui.renderer.DesignRenderer"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["stars.people.backend.IdentityBackend"]
LOGIN_URL = "public:sign-in"

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", _("Latvian")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [SOURCE / "locale"]
FORMAT_MODULE_PATH = ["stars.ui.formats"]
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Europe/Riga"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
NODE_MODULES = CHECKOUT / "node_modules"
STATICFILES_DIRS = [
    ("vendor/designsystemet", NODE_MODULES / "@digdir/designsystemet-css" / "dist" / "src"),
    ("vendor/htmx", NODE_MODULES / "htmx.org" / "dist"),
    ("vendor/inter", NODE_MODULES / "@fontsource-variable" / "inter"),
    ("vendor/inter-ui", NODE_MODULES / "inter-ui" / "web"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_FOLDER / "files"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
}

# How often a web process asks whether the catalogue has changed; 0 asks at every search (tests).
CATALOGUE_REFRESH_SECONDS = env.float("CATALOGUE_REFRESH_SECONDS", default=0.1)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
# Whose messages people receive, and where the links in them lead.
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="stars@stars.example")
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default="http://localhost:8000")

# Demonstration data replace everything that is there; only development and tests allow them.
DEMO_ALLOWED = False

PROCRASTINATE_IMPORT_PATHS = [
    "stars.notices.tasks",
    "stars.catalogue.tasks",
    "stars.people.tasks",
    "stars.funding.tasks",
    "stars.applications.tasks",
    "stars.applications.seat_tasks",
    "stars.surveys.tasks",
    "stars.enrolments.tasks",
    "stars.merging.tasks",
]

IDENTITY = {
    "issuer": env.str("IDENTITY_ISSUER", default=""),
    "client_id": env.str("IDENTITY_CLIENT_ID", default=""),
    "client_secret": env.str("IDENTITY_CLIENT_SECRET", default=""),
    "scopes": "openid",
    "timeout": 5,
}

# State registers. `attempts` and `pause` (seconds, doubled each time) are of one question; jobs ask again later.
REGISTERS = {
    "url": env.str("REGISTERS_URL", default=""),
    "key": env.str("REGISTERS_KEY", default=""),
    "timeout": env.float("REGISTERS_TIMEOUT", default=5),
    "attempts": 3,
    "pause": 0.3,
}

# History is read by the row whose history it is; indexes of what that row pointed at would cost every change.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"stars": {"level": "INFO"}, "procrastinate": {"level": "WARNING"}},
}
