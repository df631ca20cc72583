"""The commands are thin doors: what they say, and that a script notices a fault."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from tests.catalogue.imports.conftest import row

from stars.catalogue.models import FundingSource, Programme, SynonymGroup

pytestmark = pytest.mark.usefixtures("institution")


def run(name, *arguments, **options):
    """What the command said, and whether it failed."""
    said, complained = io.StringIO(), io.StringIO()
    try:
        call_command(name, *arguments, stdout=said, stderr=complained, **options)
    except CommandError as error:
        return said.getvalue(), complained.getvalue(), str(error)
    return said.getvalue(), complained.getvalue(), None


def test_an_import_tells_its_progress_and_outcome(xlsx):
    said, complained, failure = run("import_programmes", str(xlsx(row())))
    assert said == (
        "1 / 1\nProgrammes: 1 added, 0 changed, 0 unchanged, 0 refused.\nGroups: 1 added, 0 changed.\n"
    )
    assert (complained, failure) == ("", None)


def test_a_trial_says_that_it_was_one(xlsx):
    said, _, failure = run("import_programmes", str(xlsx(row())), dry_run=True)
    assert said.endswith("This was a trial: nothing was changed.\n")
    assert failure is None
    assert Programme.objects.count() == 0


def test_a_refused_row_fails_the_command(xlsx):
    said, complained, failure = run("import_programmes", str(xlsx(row(Stundas="?"))))
    assert complained == "Row 2, column “Stundas”: There must be a number.\n"
    assert "1 refused" in said
    assert failure == "Some rows were refused. Correct them and import the file again."


def test_staff_are_told_in_latvian(xlsx):
    with translation.override("lv"):
        complained = run("import_programmes", str(xlsx(row(Stundas="?"))))[1]
    assert complained == "2. rinda, kolonna „Stundas”: Jābūt skaitlim.\n"


def test_an_unusable_file_fails_the_commands(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("", encoding="utf-8")
    assert run("import_programmes", str(path))[2] == "The file is empty."
    assert run("import_synonyms", str(path))[2] == "The file is empty."


def test_synonyms(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("terms\ndators|kompis\nviens\n", encoding="utf-8")
    said, complained, failure = run("import_synonyms", str(path))
    assert said == "Groups of synonyms: 1 in the file, 1 added.\n"
    assert complained == "Row 3, column “terms”: Give at least two different terms, parted by “|”.\n"
    assert failure is not None
    assert SynonymGroup.objects.count() == 1


def test_texts_about_a_source_are_corrected_one_by_one():
    run("load_funding_sources")
    before = FundingSource.objects.get(scheme="IMK")
    assert run("set_funding_source", "IMK", project_lv="Projekts Nr. 1")[0] == "changed: project_lv\n"
    after = FundingSource.objects.get(scheme="IMK")
    assert (after.project_lv, after.project_en) == ("Projekts Nr. 1", before.project_en)
    assert run("load_funding_sources")[0] == "added: -\n"
    assert FundingSource.objects.get(scheme="IMK").project_lv == "Projekts Nr. 1"


@pytest.mark.parametrize("text", ["", "x" * 401])
def test_a_text_that_cannot_be_shown_is_refused(text):
    run("load_funding_sources")
    assert run("set_funding_source", "MN", project_lv=text)[2] is not None
    assert len(FundingSource.objects.get(scheme="MN").project_lv) > 20


def test_nothing_to_correct_is_a_mistake():
    assert run("set_funding_source", "MN")[2] == "give at least one text"
    assert run("set_funding_source", "MN", name_lv="x")[2] == "run load_funding_sources first"
