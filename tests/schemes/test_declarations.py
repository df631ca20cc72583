"""The declarations are the manual's table of obligatory and optional fields (manual 3.4.1–3.4.3)."""

import pytest

from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import LEVEL

# ● obligatory, ○ optional, – not asked; the order is the manual's.
MANUAL = """
field               IMK MN VARAM
email               ●   ●  ●
phone               ●   ●  ●
region              ●   –  –
place               ●   ●  ●
period              –   ●  –
knows_contents      ●   ●  ●
not_learned_before  ●   ●  –
choice_reasons      ●   ●  –
employed_adult      –   ●  –
economic_status     ●   –  –
workplace           –   ○  –
occupation          ●   ●  –
education           ●   ●  –
low_income          –   ○  –
"""


def _table() -> dict[str, dict[str, str]]:
    header, *rows = [line.split() for line in MANUAL.strip().splitlines()]
    return {scheme: {row[0]: row[number] for row in rows} for number, scheme in enumerate(header) if number}


@pytest.mark.parametrize("code", list(SchemeCode))
def test_declaration_asks_exactly_what_the_manual_lists(code: SchemeCode) -> None:
    steps = SCHEMES[code].steps
    declared = {name: "●" for step in steps for name in step.required}
    declared |= {name: "○" for step in steps for name in step.optional}

    assert declared == {name: mark for name, mark in _table()[code].items() if mark != "–"}


@pytest.mark.parametrize("code", list(SchemeCode))
def test_no_step_asks_more_than_ten_fields(code: SchemeCode) -> None:
    assert max(len(step.fields) for step in SCHEMES[code].steps) <= 10


def test_varam_asks_to_be_admitted_before_the_institution() -> None:
    assert str(SCHEMES[SchemeCode.VARAM].step("place").heading) == "LŪDZU UZŅEMT MANI"
    assert not SCHEMES[SchemeCode.IMK].step("place").heading


def test_professions_are_worded_as_each_scheme_words_them() -> None:
    assert str(SCHEMES[SchemeCode.IMK].step("background").labels["occupation"]) == (
        "Lūdzu nosauciet profesiju, amatu darba vietā"
    )
    assert "occupation" not in SCHEMES[SchemeCode.MN].step("background").labels


def test_group_follows_from_the_period_in_mn_only() -> None:
    assert {code.value: scheme.group_from_period for code, scheme in SCHEMES.items()} == {
        "IMK": False,
        "MN": True,
        "VARAM": False,
    }


def test_only_varam_stands_behind_a_gate() -> None:
    assert [code.value for code, scheme in SCHEMES.items() if scheme.gate] == ["VARAM"]
    asking = [code.value for code, scheme in SCHEMES.items() if set(LEVEL) & set(scheme.criteria)]
    assert asking == ["VARAM"]


def test_unknown_step_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        SCHEMES[SchemeCode.IMK].step("salary")
