"""The hundreds who are counted in reports: believable pictures, and still something to hide."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from stars.assessments.enums import Band, Instrument
from stars.assessments.queries.summaries import counted_in
from stars.assessments.summaries import Breakdown, summary
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock, person_codes
from stars.demo import operations
from stars.demo.crowd import SIZE, extras
from stars.demo.many.residents import residents
from stars.surveys.queries.report import municipalities_asked, report
from stars.surveys.queries.versions import offered
from stars.surveys.types import ReportFilter

# Of a year that began lately most results lie in the year before.
LATE_IN_THE_YEAR = datetime(2026, 11, 23, 10, tzinfo=UTC)
MARKS = {Instrument.DIGITAL_SKILLS: (*Band.values, ""), Instrument.LEVEL: ("1", "2", "3")}


def shown(figures):
    """How many figures are shown, and how many are hidden."""
    seen = Counter(figure.value is not None for figure in figures)
    return seen[True], seen[False]


@pytest.mark.django_db
def test_reports_have_something_to_show_and_something_to_hide():
    with clock.told(LATE_IN_THE_YEAR):
        operations.make_anew(with_story=True)
        _tests_in_figures()
        _surveys_in_figures()


def _tests_in_figures():
    places = [value.code for value in classifiers.values_of(Kind.MUNICIPALITY)]
    for instrument, marks in MARKS.items():
        counted = counted_in(2026, instrument)
        for breakdown, least in ((Breakdown.PLACE, 6), (Breakdown.AGE, 2), (Breakdown.QUARTER, 3)):
            rows = summary(counted, breakdown, places=places, marks=marks, months=11).rows
            people_seen, _ = shown(row.people for row in rows)
            cells_seen, cells_hidden = shown(mark for row in rows for mark in row.marks)
            assert (people_seen >= least, cells_seen >= 1, cells_hidden >= 1) == (True, True, True), (
                instrument,
                breakdown,
            )


def _surveys_in_figures():
    versions = offered()
    assert [version.survey for version in versions] == ["exit", "six-months"]
    for version in versions:
        whole = report(version, ReportFilter())
        assert whole.total.value >= 50
        cells_seen, cells_hidden = shown(row.figure for question in whole.questions for row in question.rows)
        assert cells_seen > cells_hidden > 0
        narrowed = [
            report(version, ReportFilter(municipality=place.code)) for place in municipalities_asked(version)
        ]
        assert {bool(each.questions) for each in narrowed} == {True, False}


def test_the_invented_have_codes_that_nobody_has():
    many = list(residents())
    assert len({who.person_code for who in many} | {who.person_code for who in extras()}) == len(many) + SIZE
    for who in many:
        assert who.person_code[10] != person_codes.check_digit(who.person_code[:10])
