"""What came of a test: one module for each test, in this register."""

from collections.abc import Mapping
from typing import Final

from stars.assessments.enums import Instrument
from stars.workspaces.citizen.views.assessments.results import digital_skills, growth, level, work_values
from stars.workspaces.citizen.views.assessments.results.base import ResultPage

PAGES: Final[Mapping[Instrument, ResultPage]] = {
    Instrument.DIGITAL_SKILLS: digital_skills.PAGE,
    Instrument.WORK_VALUES: work_values.PAGE,
    Instrument.GROWTH: growth.PAGE,
    Instrument.LEVEL: level.PAGE,
}


def result_page_of(instrument: Instrument) -> ResultPage:
    """How the test's results are shown."""
    return PAGES[instrument]
