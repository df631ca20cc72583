"""Age bands of the Recovery Fund: the birthday decides."""

from datetime import date

import pytest

from stars.people.ages import age_group
from stars.people.enums import AgeGroup


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param(date(2008, 11, 29), AgeGroup.UNDER_18, id="eighteen-tomorrow"),
        pytest.param(date(2008, 11, 28), AgeGroup.YOUNG, id="eighteen-today"),
        pytest.param(date(1996, 11, 29), AgeGroup.YOUNG, id="thirty-tomorrow"),
        pytest.param(date(1996, 11, 28), AgeGroup.MIDDLE, id="thirty-today"),
        pytest.param(date(1971, 11, 29), AgeGroup.MIDDLE, id="fifty-five-tomorrow"),
        pytest.param(date(1971, 11, 28), AgeGroup.OLDER, id="fifty-five-today"),
        pytest.param(date(2004, 2, 29), AgeGroup.YOUNG, id="leap-day"),
        pytest.param(None, None, id="unknown"),
    ],
)
def test_age_groups_are_those_of_the_fund(born: date | None, expected: AgeGroup | None) -> None:
    assert age_group(born, date(2026, 11, 28)) == expected
