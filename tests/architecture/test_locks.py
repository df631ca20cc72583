"""The lock files hold what the project declares, and no addresses. When this fails: `make lock`."""

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = PROJECT["dependencies"]
DECLARED_FOR_DEVELOPMENT = PROJECT["optional-dependencies"]["dev"]


def names(requirements: list[str]) -> set[str]:
    """The packages that requirements name, in normal form."""
    found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def locked_directly(file: str) -> set[str]:
    """The packages that a lock file holds because the project itself asks for them."""
    direct = set()
    for entry in re.split(r"^(?=\S)", (CHECKOUT / file).read_text(encoding="utf-8"), flags=re.MULTILINE):
        if "stars (pyproject.toml)" in entry:
            direct.add(entry.split("==")[0])
    return direct


def test_what_runs_is_locked() -> None:
    assert locked_directly("requirements.txt") == names(DECLARED)


def test_what_development_needs_is_locked() -> None:
    assert locked_directly("requirements-dev.txt") == names(DECLARED + DECLARED_FOR_DEVELOPMENT)


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json"]
)
def test_lock_files_name_no_address_to_download_from(file: str) -> None:
    text = (CHECKOUT / file).read_text(encoding="utf-8")
    without_funding = re.sub(r'"funding": (\{[^}]*\}|\[[^\]]*\]|"[^"]*")', "", text)
    assert re.findall(r"https?://\S+", without_funding) == []
