"""Ages in full years, and the bands in which the Recovery Fund counts people. Plain values."""

from datetime import date
from typing import Final

from stars.people.enums import AgeGroup

# Who is younger than so many years is in the band, unless in an earlier one; from the last on all are the oldest.
YOUNGER_THAN: Final = ((18, AgeGroup.UNDER_18), (30, AgeGroup.YOUNG), (55, AgeGroup.MIDDLE))


def age_group(birth_date: date | None, on: date) -> AgeGroup | None:
    """The band of the age on that day; None when the day of birth is not known."""
    if birth_date is None:
        return None
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    age = on.year - birth_date.year - (not had_birthday)
    return next((band for years, band in YOUNGER_THAN if age < years), AgeGroup.OLDER)
