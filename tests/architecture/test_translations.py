"""Every visible text has its Latvian, complete and up to date. GNU gettext's own tools read the files."""

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


def entries(catalogue: Path) -> list[str]:
    """The entries of a file, one text each, without its header and what is obsolete."""
    done = subprocess.run(
        ["msgcat", "--no-wrap", "--no-location", "--to-code=UTF-8", str(catalogue)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    _header, *rest = done.stdout.strip().split("\n\n")
    return [entry for entry in rest if not entry.startswith("#~")]


def message_ids(catalogue: Path) -> set[str]:
    """What the entries of a file translate, singular and plural."""
    found = (re.search(r"^msgid (?:.|\n)*?(?=^msgstr)", entry, re.MULTILINE) for entry in entries(catalogue))
    return {match[0] for match in found if match}


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


def test_the_file_holds_the_texts_of_the_code_and_no_others(collected: Path) -> None:
    """When this fails: `make messages`, then translate."""
    of_code, translated = message_ids(collected), message_ids(LATVIAN)
    assert sorted(of_code - translated) == []
    assert sorted(translated - of_code) == []


def test_nothing_is_untranslated() -> None:
    empty = re.compile(r'^msgstr(\[\d\])? ""$(?!\n")', re.MULTILINE)
    assert [entry for entry in entries(LATVIAN) if empty.search(entry)] == []


def test_nothing_is_a_guess() -> None:
    assert [entry for entry in entries(LATVIAN) if re.search(r"^#,.*\bfuzzy\b", entry, re.MULTILINE)] == []


def test_the_file_is_sound_and_placeholders_agree() -> None:
    checked = subprocess.run(
        ["msgfmt", "--check", "--output-file", os.devnull, str(LATVIAN)], capture_output=True, check=False
    )
    assert (checked.returncode, checked.stderr.decode(errors="replace")) == (0, "")


def plural_forms(entry: str) -> list[list[str]]:
    """The words of each form of an entry up to the first sign that ends a clause."""
    said = re.findall(r'^msgstr\[\d\] "(.*)"$', entry, re.MULTILINE)
    return [re.split(r"[.,;:](?: |$)", text)[0].split() for text in said]


def disagrees(entry: str) -> bool:
    """Whether after 10–20 some words stand in the plural and others in the genitive: “atlikušas 14 dienu”."""
    forms = plural_forms(entry)
    if len({len(words) for words in forms}) != 1:
        return False
    as_many = [third == second for first, second, third in zip(*forms, strict=True) if first != second]
    return len(set(as_many)) > 1


def test_words_that_belong_to_a_number_agree() -> None:
    wrong = 'msgstr[0] "atlikusi %(n)s diena"\nmsgstr[1] "atlikušas %(n)s dienas"\nmsgstr[2] "atlikušas %(n)s dienu"'
    assert [disagrees(wrong), disagrees(wrong.replace("dienu", "dienas"))] == [True, False]
    assert [entry for entry in entries(LATVIAN) if "msgstr[2]" in entry and disagrees(entry)] == []


@pytest.mark.parametrize(("form", "numbers"), [(0, (1, 21, 101)), (1, (2, 9, 22)), (2, (0, 10, 11, 19, 20))])
def test_plural_forms_are_those_of_latvian(form: int, numbers: tuple[int, ...]) -> None:
    header = LATVIAN.read_text(encoding="utf-8").split("\n\n")[0].replace('"\n"', "")
    rule = re.search(r"Plural-Forms: nplurals=3; plural=(.*?);", header)
    assert rule is not None
    assert {c2py(rule[1])(number) for number in numbers} == {form}
