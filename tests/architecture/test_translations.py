"""Every visible text has its Latvian, complete and up to date. GNU gettext's own tools are the judges."""

import os
import re
import shutil
import subprocess
import sys
from gettext import c2py  # type: ignore[attr-defined]
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "stars"
LATVIAN = SOURCE / "locale" / "lv" / "LC_MESSAGES" / "django.po"


def complaints(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command says against its input; empty when it is content."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts that the code holds now, collected as `make messages` does, in a copy."""
    copy = tmp_path_factory.mktemp("collected") / "stars"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "*.mo", "*.po"))
    (copy / "locale").mkdir(exist_ok=True)
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [
            *(sys.executable, "-m", "django", "makemessages", "--locale", "lv", "--keep-pot"),
            *("--extension", "html,txt,py,md", "--verbosity", "0"),
        ],
        cwd=copy,
        env=environment,
        check=True,
        capture_output=True,
    )
    return copy / "locale" / "django.pot"


def test_the_file_is_sound_and_placeholders_agree() -> None:
    assert complaints("msgfmt", "--check", "--output-file", os.devnull, LATVIAN) == ""


def test_nothing_is_untranslated() -> None:
    assert selected("--untranslated") == ""


def test_nothing_is_fuzzy() -> None:
    assert selected("--only-fuzzy") == ""


def selected(attribute: str) -> str:
    """The entries of the Latvian file that have the attribute."""
    done = subprocess.run(
        ["msgattrib", attribute, "--no-obsolete", str(LATVIAN)], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_every_text_of_the_code_is_there(collected: Path) -> None:
    assert complaints("msgcmp", LATVIAN, collected) == ""


def test_no_text_has_left_the_code(collected: Path) -> None:
    assert complaints("msgcmp", "--use-untranslated", "--use-fuzzy", collected, LATVIAN) == ""


@pytest.mark.parametrize(("form", "numbers"), [(0, (1, 21, 101)), (1, (2, 9, 22)), (2, (0, 10, 11, 19, 20))])
def test_plural_forms_are_those_of_latvian(form: int, numbers: tuple[int, ...]) -> None:
    header = subprocess.run(["msgconv", "--no-wrap", LATVIAN], capture_output=True, text=True, check=True)
    rule = re.search(r"Plural-Forms: nplurals=3; plural=(.*?);", header.stdout)
    assert rule is not None
    assert {c2py(rule[1])(number) for number in numbers} == {form}
