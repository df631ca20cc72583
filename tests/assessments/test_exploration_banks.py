"""Our statements for self-exploration: how many, of what, and how they are worded."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from stars.assessments.bank_files import BankFile, Row, read_bank
from stars.assessments.enums import Growth, Instrument, Scale, Trait, WorkValue
from stars.assessments.own_bank import OWN_FILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]

FILES = {Instrument.WORK_VALUES: "work_values.json", Instrument.GROWTH: "growth.json"}
COUNTS = {
    Instrument.WORK_VALUES: {**dict.fromkeys(Trait.values, 6), **dict.fromkeys(WorkValue.values, 4)},
    Instrument.GROWTH: {
        Growth.SELF_EFFICACY: 8,
        Growth.LEARNING_MOTIVATION: 6,
        Growth.GROWTH_MINDSET: 5,
        Growth.PERSEVERANCE: 6,
    },
}
# What would show whether a man or a woman answers: "-s/-a", "es esmu" with an adjective, participles, "pats".
GENDERED = re.compile(
    r"/-?\w|\w\(\w+\)|\b(?:esmu|biju|būtu|būšu|jūtos|kļūstu|palieku)\b"
    r"|\b(?:pats|pati|pašam|pašai|paša|pašas|pirmais|pirmā)\b"
    r"|\b\w+(?:jies|jusies|damies|dams|dama|ušais|usī)\b",
    re.IGNORECASE,
)
NEGATED_LV = re.compile(r"\b(?:nav|nekad|neviens|nekas|bez|ne(?!izdošan|kā\b|dēļ)\w+)\b", re.IGNORECASE)
NEGATED_EN = re.compile(r"\b(?:not|no|never|nobody|nothing|without|cannot)\b|n't\b", re.IGNORECASE)
TWO_IN_ONE = re.compile(r"\b(?:un|vai|bet|and|or|but)\b", re.IGNORECASE)
CLINICAL = re.compile(
    r"depres|trauksm|slim|traucējum|bezmieg|panik|simptom|anxi|disorder|insomnia|panic|symptom|mood",
    re.IGNORECASE,
)


@pytest.fixture(params=FILES, ids=[instrument.value for instrument in FILES])
def bank(request: pytest.FixtureRequest) -> BankFile:
    """One of the two banks as it ships."""
    file: Path = OWN_FILE.parent / FILES[request.param]
    return read_bank(file)


def sayings(row: Row) -> tuple[str, str]:
    return row.text_lv, row.text_en


def test_each_dimension_has_its_number_of_statements(bank: BankFile) -> None:
    assert Counter(row.dimension for row in bank.rows) == COUNTS[bank.instrument]
    assert len({row.code for row in bank.rows}) == len(bank.rows)


def test_what_somebody_is_like_is_asked_from_both_sides(bank: BankFile) -> None:
    agreeing = [row for row in bank.rows if row.scale is Scale.AGREEMENT]
    turned = Counter(row.dimension for row in agreeing if row.reverse)
    straight = Counter(row.dimension for row in agreeing if not row.reverse)
    for dimension in {row.dimension for row in agreeing}:
        assert turned[dimension] >= 2
        assert straight[dimension] >= turned[dimension]
    assert [row.code for row in bank.rows if row.scale is Scale.IMPORTANCE and row.reverse] == []


def test_neighbours_ask_about_different_things(bank: BankFile) -> None:
    dimensions = [row.dimension for row in bank.rows]
    same = [pair for pair in itertools.pairwise(dimensions) if len(set(pair)) == 1]
    assert same == []


def test_statements_are_whole_short_sentences_in_two_languages(bank: BankFile) -> None:
    for texts in ([row.text_lv for row in bank.rows], [row.text_en for row in bank.rows]):
        assert [text for text, number in Counter(texts).items() if number > 1] == []
        assert [text for text in texts if not re.fullmatch(r"[A-ZĀČĒĢĪĶĻŅŠŪŽ].{15,110}\.", text)] == []
        assert [text for text in texts if "  " in text] == []


def test_no_statement_shows_who_answers(bank: BankFile) -> None:
    assert [row.text_lv for row in bank.rows if GENDERED.search(row.text_lv)] == []


def test_no_statement_is_negated_doubled_or_clinical(bank: BankFile) -> None:
    assert [row.text_lv for row in bank.rows if NEGATED_LV.search(row.text_lv)] == []
    assert [row.text_en for row in bank.rows if NEGATED_EN.search(row.text_en)] == []
    for pattern in (TWO_IN_ONE, CLINICAL):
        assert [text for row in bank.rows for text in sayings(row) if pattern.search(text)] == []


def test_the_banks_are_ours_and_say_so(bank: BankFile) -> None:
    assert re.fullmatch(
        r"STARS: mūsu pašu apgalvojumi par .+, nevis .*cita instrumenta jautājumi", bank.source
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Es esmu čakls.",
        "Esmu atbildīgs/-a.",
        "Man pašam patīk lemt.",
        "Es sāku pirmais.",
        "Es vienmēr esmu mācījies.",
        "Es eju dziedādama.",
        "Esmu ieradies(-usies) laikā.",
    ],
)
def test_the_pattern_finds_forms_that_show_who_answers(sentence: str) -> None:
    assert GENDERED.search(sentence)
