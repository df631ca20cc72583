"""Each rule met, not met and not known; age by hypothesis."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.common.months import add_months
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import assess, is_refused
from stars.schemes.parameters import Parameters
from stars.schemes.types import Facts, Verdict

TODAY = date(2026, 11, 24)
PARAMETERS = SCHEMES[SchemeCode.MN].parameters
GOOD = Facts(
    today=TODAY,
    birth_date=date(1990, 1, 1),
    is_employed=True,
    has_learned_programme=False,
    parameters=PARAMETERS,
    learnings=0,
    level=1,
    programme_level=1,
)

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
    (
        "IMK",
        "adult",
        {"birth_date": date(2006, 1, 1), "parameters": Parameters(minimum_age=21)},
        Verdict.NOT_MET,
    ),
    ("IMK", "adult", {"birth_date": date(2010, 1, 1), "parameters": Parameters(minimum_age=16)}, Verdict.MET),
    ("MN", "learnings", {"learnings": 1}, Verdict.MET),
    ("MN", "learnings", {"learnings": 2}, Verdict.NOT_MET),
    ("MN", "learnings", {"learnings": None}, Verdict.TO_CHECK),
    ("MN", "after-completion", {"learnings": 0}, Verdict.MET),
    ("MN", "after-completion", {"completed_on": date(2026, 10, 24)}, Verdict.MET),
    ("MN", "after-completion", {"completed_on": date(2026, 10, 25)}, Verdict.NOT_MET),
    ("MN", "after-completion", {"learnings": None}, Verdict.TO_CHECK),
    ("MN", "after-interruption", {"interrupted_on": date(2026, 5, 24)}, Verdict.MET),
    ("MN", "after-interruption", {"interrupted_on": date(2026, 5, 25)}, Verdict.NOT_MET),
    ("VARAM", "level-test", {"level": 1, "programme_level": 2}, Verdict.MET),
    ("VARAM", "level-test", {"level": None, "programme_level": 2}, Verdict.NOT_MET),
    ("VARAM", "level-fits", {"level": 2, "programme_level": 2}, Verdict.MET),
    ("VARAM", "level-fits", {"level": 1, "programme_level": 2}, Verdict.NOT_MET),
    ("VARAM", "level-fits", {"level": 3, "programme_level": 2}, Verdict.NOT_MET),
    ("VARAM", "level-fits", {"level": None, "programme_level": 2}, Verdict.TO_CHECK),
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


EARLIER = {"learnings", "after-completion", "after-interruption"}


@pytest.mark.parametrize("scheme", list(SchemeCode))
def test_rules_about_earlier_learning_are_asked_where_the_parameters_have_them(scheme: SchemeCode) -> None:
    none, all_of_them = replace(GOOD, parameters=Parameters()), GOOD

    assert {finding.code for finding in assess(SCHEMES[scheme], none)} & EARLIER == set()
    assert {finding.code for finding in assess(SCHEMES[scheme], all_of_them)} & EARLIER == EARLIER


def test_words_tell_the_parameters_of_the_day() -> None:
    facts = replace(GOOD, birth_date=TODAY, parameters=Parameters(minimum_age=21, learnings_allowed=1))
    findings = {finding.code: finding for finding in assess(SCHEMES[SchemeCode.IMK], facts)}

    assert findings["adult"].question == "Jums ir vismaz 21 gads"
    assert findings["adult"].explanation == "Pieteikties varēsiet no 21. dzimšanas dienas."
    assert findings["learnings"].question.endswith("mazāk nekā 1 mācību reize")


@given(day=st.dates(date(2000, 1, 1), date(2060, 1, 1)), months=st.integers(1, 60))
def test_a_waiting_period_ends_on_one_day_and_for_good(day: date, months: int) -> None:
    rules = Parameters(months_after_completion=months)
    end = add_months(day, months)
    before, after = (
        assess(SCHEMES[SchemeCode.IMK], replace(GOOD, today=today, completed_on=day, parameters=rules))
        for today in (end - timedelta(days=1), end)
    )

    assert [{f.code: f.verdict for f in found}["after-completion"] for found in (before, after)] == [
        Verdict.NOT_MET,
        Verdict.MET,
    ]
