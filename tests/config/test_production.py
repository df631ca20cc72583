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


def start(**changed: str) -> subprocess.CompletedProcess[str]:
    """Read the production settings in a process of their own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE)} | GOOD | changed
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(
        [sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=False
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
