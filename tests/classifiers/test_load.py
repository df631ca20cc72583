"""Loading the lists: what the files say stands in the database, and nothing else moves."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from stars.actors.actor import ANONYMOUS, SYSTEM, NotPermitted
from stars.audit.models import AuditEvent
from stars.classifiers import operations, queries
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue
from stars.classifiers.operations import FaultyFile, Loaded, load

pytestmark = pytest.mark.django_db

REGION = """
kind = "region"
[[value]]
code = "region-selija"
lv = "Sēlija"
en = "Selonia"
"""
PLACE = """
kind = "muni"
[[value]]
code = "muni-9999000"
lv = "Sēlijas novads"
en = "Selonia Municipality"
parent = "region-selija"
valid_until = 2030-12-31
"""


@pytest.fixture
def folder(tmp_path):
    """Two files; the one with the child comes first in the alphabet."""
    (tmp_path / "a-places.toml").write_text(PLACE, encoding="utf-8")
    (tmp_path / "b-regions.toml").write_text(REGION, encoding="utf-8")
    return tmp_path


def test_the_product_s_own_lists():
    """Sizes from the domain facts: 42 municipalities and a closed one, 21 competences, 10 educations."""
    sizes = {kind: len(queries.values_of(kind)) for kind in Kind}
    assert sizes == {
        Kind.MUNICIPALITY: 43,
        Kind.REGION: 5,
        Kind.FIELD: 16,
        Kind.EDUCATION: 10,
        Kind.ECONOMIC_STATUS: 13,
        Kind.REGISTRATION_REASON: 9,
        Kind.CHOICE_REASON: sizes[Kind.CHOICE_REASON],
        Kind.HOW_HEARD: 10,
        Kind.PROGRAMME_KIND: 9,
        Kind.QUALIFICATION: sizes[Kind.QUALIFICATION],
        Kind.DIGCOMP_AREA: 5,
        Kind.DIGCOMP_COMPETENCE: 21,
        Kind.DIGCOMP_LEVEL: 8,
    }
    assert queries.by_code("muni-0055000").valid_until == date(2025, 6, 30)
    assert queries.by_code("econ-employee").trait == "employed"
    assert queries.by_code("dccomp-1-1").parent_id == "dcarea-1"
    assert {len(value.trait) for value in queries.values_of(Kind.QUALIFICATION)} == {1}


def test_a_second_load_changes_nothing():
    again = load(by=SYSTEM)
    assert (again.added, again.changed) == (0, 0)
    assert not AuditEvent.objects.filter(kind="classifiers.loaded").exists()


def test_children_may_come_before_their_parents(folder):
    assert load(folder, by=SYSTEM) == Loaded(added=2, changed=0, unchanged=0)
    value = ClassifierValue.objects.get(code="muni-9999000")
    assert (value.parent_id, value.valid_until, value.position) == ("region-selija", date(2030, 12, 31), 1)


def test_a_changed_name_is_taken_and_others_stay(folder):
    load(folder, by=SYSTEM)
    before = ClassifierValue.objects.count()
    (folder / "b-regions.toml").write_text(REGION.replace("Selonia", "Sēlija land"), encoding="utf-8")
    assert load(folder, by=SYSTEM) == Loaded(added=0, changed=1, unchanged=1)
    assert ClassifierValue.objects.get(code="region-selija").name_en == "Sēlija land"
    assert ClassifierValue.objects.count() == before
    assert AuditEvent.objects.get(details__changed=["region-selija"]).actor_role == "system"


def test_what_the_process_keeps_is_forgotten(folder):
    assert queries.by_code("region-selija") is None
    load(folder, by=SYSTEM)
    assert queries.by_code("region-selija").name_lv == "Sēlija"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('code = "region-selija"', 'code = "muni-selija"', "does not begin"),
        ('lv = "Sēlija"', 'lv = ""', "names in both languages"),
        ('en = "Selonia"', 'en = "Selonia"\nnote = "?"', "known keys only"),
        ('en = "Selonia"', 'en = "Selonia"\nparent = "region-none"', "parent does not exist"),
        ('en = "Selonia"', 'en = "Selonia"\nvalid_from = "2020-01-01"', "no date"),
        ('kind = "region"', 'kind = "county"', "county"),
        ("[[value]]", "[[value", "b-regions.toml"),
    ],
)
def test_a_faulty_file_changes_nothing(folder, old, new, complaint):
    path = folder / "b-regions.toml"
    path.write_text(REGION.replace(old, new), encoding="utf-8")
    with pytest.raises(FaultyFile, match=complaint):
        load(folder, by=SYSTEM)
    assert not ClassifierValue.objects.filter(code="muni-9999000").exists()


def test_a_value_given_twice_is_refused(folder):
    (folder / "c-regions.toml").write_text(REGION, encoding="utf-8")
    with pytest.raises(FaultyFile, match="given twice: region-selija"):
        load(folder, by=SYSTEM)


def test_only_who_manages_the_catalogue_loads(folder):
    with pytest.raises(NotPermitted):
        load(folder, by=ANONYMOUS)


def test_the_command_says_how_much_changed(folder):
    said = io.StringIO()
    call_command("load_classifiers", folder=folder, stdout=said)
    assert said.getvalue() == "added 2, changed 0, unchanged 0\n"


def test_the_command_names_the_fault(folder):
    (folder / "b-regions.toml").write_text('kind = "county"', encoding="utf-8")
    with pytest.raises(CommandError, match="b-regions"):
        call_command("load_classifiers", folder=folder)


def test_own_files_are_the_default():
    assert operations.DATA.joinpath("municipalities.toml").is_file()
