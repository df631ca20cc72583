"""Synonyms from a file."""

import pytest

from stars.actors.actor import SYSTEM
from stars.catalogue.imports.synonyms import SYNONYMS, read_synonyms
from stars.catalogue.imports.tables import Unreadable
from stars.catalogue.models import SynonymGroup
from stars.catalogue.operations.imports import SynonymsImported, import_synonyms

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Writes lines below the heading."""

    def write(*lines, heading="terms"):
        path = tmp_path / "synonyms.csv"
        path.write_text("\n".join([heading, *lines]), encoding="utf-8")
        return path

    return write


def groups():
    return sorted(SynonymGroup.objects.values_list("terms", flat=True))


def test_groups_are_added_once(file):
    path = file("dators|kompis", "Excel | ekselis|excel")
    assert import_synonyms(path, by=SYSTEM) == SynonymsImported(read=2, added=2, faults=())
    assert import_synonyms(path, by=SYSTEM) == SynonymsImported(read=2, added=0, faults=())
    assert import_synonyms(file("Kompis|dators"), by=SYSTEM).added == 0
    assert groups() == [["Excel", "ekselis"], ["dators", "kompis"]]


def test_replacing_removes_what_the_file_does_not_name(file):
    import_synonyms(file("dators|kompis", "auto|mašīna"), by=SYSTEM)
    kept = SynonymGroup.objects.get(terms__contains=["auto"]).pk
    assert import_synonyms(file("auto|mašīna", "Word|vords"), by=SYSTEM, replace=True).added == 1
    assert groups() == [["Word", "vords"], ["auto", "mašīna"]]
    assert SynonymGroup.objects.filter(pk=kept).exists()


def test_faulty_rows_are_named_and_the_others_taken(file):
    done = import_synonyms(file("dators|kompis", "viens", "a|a", "=a|b", "x" * 81 + "|b"), by=SYSTEM)
    assert [(fault.row, fault.column, fault.message) for fault in done.faults] == [
        (3, "terms", "Give at least two different terms, parted by “|”."),
        (4, "terms", "Give at least two different terms, parted by “|”."),
        (5, "terms", "The cell holds a formula; write the value instead."),
        (6, "terms", "A term is longer than 80 characters."),
    ]
    assert groups() == [["dators", "kompis"]]


def test_a_faulty_file_replaces_nothing(file):
    import_synonyms(file("dators|kompis"), by=SYSTEM)
    assert import_synonyms(file("viens", "auto|mašīna"), by=SYSTEM, replace=True).added == 0
    assert groups() == [["dators", "kompis"]]


def test_a_second_cell_is_told(file):
    done = import_synonyms(file("datu bāze|DB; SQL"), by=SYSTEM)
    assert [(fault.row, fault.message) for fault in done.faults] == [
        (2, "The row has more cells than the heading.")
    ]


def test_a_dry_run_changes_nothing(file):
    assert import_synonyms(file("dators|kompis"), by=SYSTEM, dry_run=True).added == 1
    assert groups() == []


def test_another_heading_is_refused(file):
    with pytest.raises(Unreadable, match="one column, “terms”"):
        import_synonyms(file("a|b", heading="vārdi"), by=SYSTEM)


def test_the_product_s_own_file_is_sound():
    own = read_synonyms(SYNONYMS)
    assert own.faults == ()
    assert len(own.groups) > 100
