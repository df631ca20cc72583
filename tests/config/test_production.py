"""A real installation refuses what is only for trying things out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
GOOD = {
    "SECRET_KEY": "long-and-random",
    "ALLOWED_HOSTS": "stars.example",
    "PUBLIC_ADDRESS": "https://stars.example",
    "DATABASE_URL": "postgres://stars@db.example/stars",
    "IDENTITY_ISSUER": "https://idp.example",
    "IDENTITY_CLIENT_ID": "stars",
    "IDENTITY_CLIENT_SECRET": "secret",
    "REGISTERS_URL": "https://registers.example",
    "EMAIL_HOST": "mail.example",
}
READ = "from stars.config.settings import production as p; print(p.DEBUG, p.DEMO_ALLOWED, p.SESSION_COOKIE_SECURE)"
READ_MAIL = """
from stars.config.settings import {} as p
print(p.EMAIL_BACKEND, p.EMAIL_HOST, p.EMAIL_PORT, p.EMAIL_HOST_USER, p.EMAIL_HOST_PASSWORD, p.EMAIL_USE_TLS)
"""
MAIL = {
    "EMAIL_HOST": "mail.example",
    "EMAIL_PORT": "2525",
    "EMAIL_HOST_USER": "stars",
    "EMAIL_HOST_PASSWORD": "mailword",
    "EMAIL_USE_TLS": "false",
}


def start(code: str = READ, **changed: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE)} | GOOD | changed
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_whole_settings_are_accepted_and_strict() -> None:
    assert start().stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize(
    "issuer",
    ["http://localhost:8001", "https://localhost:8001", "http://127.0.0.1:8001", "http://idp.example"],
)
def test_simulator_and_unencrypted_issuers_are_refused(issuer: str) -> None:
    answer = start(IDENTITY_ISSUER=issuer)

    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr


@pytest.mark.parametrize("url", ["http://localhost:8002", "https://127.0.0.1", "http://registers.example"])
def test_register_simulator_and_unencrypted_registers_are_refused(url: str) -> None:
    answer = start(REGISTERS_URL=url)

    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr


@pytest.mark.parametrize("name", sorted(GOOD))
def test_nothing_secret_has_a_default(name: str) -> None:
    answer = start(**{name: ""})

    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr


@pytest.mark.parametrize("settings", ["production", "development"])
def test_the_named_mail_server_sends(settings: str) -> None:
    said = start(READ_MAIL.format(settings), **MAIL).stdout.split()
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    assert said == [smtp, "mail.example", "2525", "stars", "mailword", "False"]
    assert start(READ_MAIL.format(settings)).stdout.split() == [smtp, "mail.example", "587", "True"]


def test_without_a_mail_server_development_writes_files() -> None:
    said = start(READ_MAIL.format("development"), EMAIL_HOST="").stdout.split()
    assert said[0] == "django.core.mail.backends.filebased.EmailBackend"
