"""Each rule met, not met and not known; age by hypothesis."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import assess, is_refused
from stars.schemes.types import Facts, Verdict

TODAY = date(2026, 11, 24)
GOOD = Facts(today=TODAY, birth_date=date(1990, 1, 1), is_employed=True, has_learned_programme=False)

CASES = [
    ("IMK", "adult", {"birth_date": date(1990, 1, 1)}, Verdict.MET),
    ("IMK", "adult", {"birth_date": date(2008, 11, 24)}, Verdict.MET),
    ("IMK", "adult", {"birth_date": date(2008, 11, 25)}, Verdict.NOT_MET),
    ("IMK", "adult", {"birth_date": None}, Verdict.TO_CHECK),
    ("VARAM", "adult", {"birth_date": date(2010, 1, 1)}, Verdict.NOT_MET),
    ("MN", "employed", {"is_employed": True}, Verdict.MET),
    ("MN", "employed", {"is_employed": False}, Verdict.NOT_MET),
    ("MN", "employed", {"is_employed": None}, Verdict.TO_CHECK),
    ("MN", "offered", {"is_offered": False}, Verdict.NOT_MET),
    ("IMK", "round-open", {"round_is_open": False}, Verdict.NOT_MET),
    ("IMK", "not-learned-before", {"has_learned_programme": True}, Verdict.NOT_MET),
    ("IMK", "not-learned-before", {"has_learned_programme": None}, Verdict.TO_CHECK),
    ("MN", "no-open-in-source", {"has_open_in_scheme": True}, Verdict.NOT_MET),
    ("VARAM", "no-open-in-source", {"has_open_in_scheme": True}, Verdict.NOT_MET),
    ("IMK", "no-open-for-programme", {"has_open_for_programme": True}, Verdict.NOT_MET),
]


@pytest.mark.parametrize(("scheme", "rule", "facts", "verdict"), CASES)
def test_rule_comes_out_as_the_facts_say(
    scheme: str, rule: str, facts: dict[str, object], verdict: Verdict
) -> None:
    findings = assess(SCHEMES[SchemeCode(scheme)], replace(GOOD, **facts))

    assert {finding.code: finding.verdict for finding in findings}[rule] is verdict


@pytest.mark.parametrize("scheme", list(SchemeCode))
def test_person_with_good_facts_is_not_refused(scheme: SchemeCode) -> None:
    assert not is_refused(assess(SCHEMES[scheme], GOOD))


def test_all_rules_are_judged_at_once() -> None:
    bad = replace(GOOD, is_employed=False, has_open_in_scheme=True, birth_date=date(2015, 1, 1))
    findings = assess(SCHEMES[SchemeCode.MN], bad)

    refused = {finding.code for finding in findings if finding.verdict is Verdict.NOT_MET}
    assert refused == {"adult", "employed", "no-open-in-source"}
    assert all(finding.explanation for finding in findings if finding.verdict is Verdict.NOT_MET)


def test_what_is_not_known_does_not_refuse() -> None:
    findings = assess(SCHEMES[SchemeCode.MN], Facts(today=TODAY))

    assert not is_refused(findings)
    assert [finding.code for finding in findings if finding.verdict is Verdict.TO_CHECK] == [
        "adult",
        "employed",
        "not-learned-before",
    ]


def test_employment_is_no_rule_outside_mn() -> None:
    unemployed = replace(GOOD, is_employed=False)

    assert not is_refused(assess(SCHEMES[SchemeCode.IMK], unemployed))
    assert is_refused(assess(SCHEMES[SchemeCode.MN], unemployed))


@given(born=st.dates(date(1920, 1, 1), date(2026, 1, 1)), days=st.integers(0, 40_000))
def test_age_grows_by_one_on_each_birthday(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    age = Facts(today=on, birth_date=born).age

    assert age is not None
    # 29 February counts from 1 March in other years, as the Civil Law counts full years.
    assert date(born.year + age, 1, 1) <= on
    assert age in {on.year - born.year, on.year - born.year - 1}
    assert (age == on.year - born.year) == ((on.month, on.day) >= (born.month, born.day))
