"""The repository as a whole: it can be moved anywhere, and its tests stand where one looks for them."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT, SOURCE, faults, text, tracked

TESTS = ROOT / "tests"
# Tests of the repository, of whole journeys, and of what tests themselves stand on.
OWN_FOLDERS = {"architecture", "factories", "guards", "journeys", "scripts", "benchmarks"}
# Written so that this file does not find itself.
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:w[o]rk|h[o]me/\w+|r[o]ot|U[s]ers/\w+)/")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}")
BINARY = {".png", ".woff2", ".ico", ".jpg", ".mo", ".pdf", ".xlsx"}
READABLE = [path for path in tracked() if path.suffix not in BINARY]


def folder_of(path: Path) -> str:
    """The folder of a test file below `tests`."""
    return path.relative_to(TESTS).parent.as_posix()


def test_no_file_knows_a_machine() -> None:
    assert faults(READABLE, lambda path: OF_A_MACHINE.findall(text(path))) == {}


def test_no_secret_is_kept() -> None:
    assert faults(READABLE, lambda path: SECRET.findall(text(path))) == {}


def test_the_pattern_finds_what_it_should() -> None:
    paths = [
        "/".join(parts) for parts in (("", "work", "main"), ("", "home", "anna", "x"), ("a", "work", "b"))
    ]
    assert [bool(OF_A_MACHINE.search(f"see {path}")) for path in paths] == [True, True, False]


def test_every_test_stands_beside_what_it_tests() -> None:
    """A folder of tests has the name of a package."""
    files = [path for path in tracked() if path.is_relative_to(TESTS) and path.name.startswith("test_")]
    mirroring = [path for path in files if path.relative_to(TESTS).parts[0] not in OWN_FOLDERS]
    assert faults(mirroring, lambda path: not (SOURCE / folder_of(path)).is_dir()) == {}


def test_what_looks_like_a_test_is_found() -> None:
    lost = [
        path
        for path in tracked()
        if path.is_relative_to(TESTS) and path.suffix == ".py" and "def test_" in text(path)
    ]
    assert faults(lost, lambda path: not path.name.startswith("test_")) == {}


def test_no_file_is_run_that_is_no_program() -> None:
    programs = {".py", ".sh", ""}
    run = [path for path in tracked() if path.stat().st_mode & 0o111]
    assert faults(run, lambda path: path.suffix not in programs or not text(path).startswith("#!")) == {}
