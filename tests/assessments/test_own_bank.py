"""Our own items: every competence is asked about in knowledge, skill and attitude, in two languages."""

import io
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command

from stars.actors.actor import SYSTEM
from stars.assessments import operations
from stars.assessments.bank_files import BankFile, read_bank
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Item, ItemBank, LevelRules
from stars.assessments.own_bank import OWN_FILE, load_own_bank
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]


@pytest.fixture
def own() -> BankFile:
    return read_bank(OWN_FILE)


def changed(folder: Path, **changes: str) -> Path:
    path = folder / "bank.json"
    table = json.loads(OWN_FILE.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**table, **changes}), encoding="utf-8")
    return path


def test_every_competence_is_asked_about_in_three_ways(own: BankFile) -> None:
    scales: dict[str, Counter[Scale]] = defaultdict(Counter)
    for row in own.rows:
        scales[row.competence][row.scale] += 1
    assert len(own.rows) >= 84
    assert set(scales) == {value.code for value in classifiers.values_of(Kind.DIGCOMP_COMPETENCE)}
    assert [
        code
        for code, counted in scales.items()
        if set(counted) != {Scale.KNOWLEDGE, Scale.SKILL, Scale.ATTITUDE}
    ] == []


def test_statements_are_there_in_both_languages_once_and_end_as_sentences(own: BankFile) -> None:
    for texts in ([row.text_lv for row in own.rows], [row.text_en for row in own.rows]):
        assert [text for text, number in Counter(texts).items() if number > 1] == []
        assert [text for text in texts if not text.endswith(".") or "  " in text or len(text) > 160] == []


@pytest.mark.parametrize(("scale", "begins"), [(Scale.KNOWLEDGE, "Es zinu, "), (Scale.SKILL, "Es protu ")])
def test_a_statement_says_what_its_scale_answers(own: BankFile, scale: Scale, begins: str) -> None:
    assert [row.code for row in own.rows if row.text_lv.startswith(begins) != (row.scale is scale)] == []


def test_the_bank_does_not_claim_to_be_somebody_elses(own: BankFile) -> None:
    assert own.source.endswith("nevis DigCompSAT vai MyDigiSkills jautājumi")


def test_loading_offers_it_once() -> None:
    for _ in range(2):
        call_command("load_item_banks", stdout=io.StringIO())
    bank = ItemBank.objects.get(instrument=Instrument.DIGITAL_SKILLS)
    assert bank.published_at
    assert Item.objects.filter(bank=bank).count() == len(read_bank(OWN_FILE).rows)
    rules = LevelRules.objects.get()
    assert (rules.version, rules.level_2_from, rules.level_3_from) == (1, 35, 65)
    assert rules.published_at


def test_a_newer_version_of_ours_takes_over(tmp_path: Path) -> None:
    first = load_own_bank()
    second = load_own_bank(changed(tmp_path, title_en="Mended", source="STARS: told anew"))
    first.refresh_from_db()
    assert (first.retired_at is not None, second.published_at is not None, second.version) == (True, True, 2)
    assert load_own_bank().published_at
    assert ItemBank.objects.get(retired_at__isnull=True) == second


def test_a_bank_from_elsewhere_is_not_driven_out(tmp_path: Path) -> None:
    load_own_bank()
    other = operations.load_bank(read_bank(changed(tmp_path, source="Another instrument")), by=SYSTEM)
    operations.publish_bank(other, by=SYSTEM)
    assert load_own_bank(changed(tmp_path, title_en="Mended")).published_at is None
    assert ItemBank.objects.get(published_at__isnull=False, retired_at__isnull=True) == other
