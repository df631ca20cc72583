"""When a survey opens, until when an answer is asked for, when it is called to mind. Days in Riga, no tables."""

from datetime import date, timedelta

from stars.common.months import add_months
from stars.surveys.enums import AgeGroup
from stars.surveys.types import Definition

REMINDER_DAYS = 7
_OLDEST_OF_BAND = ((17, AgeGroup.UNDER_18), (29, AgeGroup.YOUNG), (54, AgeGroup.MIDDLE))


def opens_on(definition: Definition, ended_on: date) -> date:
    """The first day on which the survey is asked."""
    return add_months(ended_on, definition.months_after)


def due_on(definition: Definition, ended_on: date) -> date:
    """The last day of the term; later answers are taken as well, until the version is retired."""
    return opens_on(definition, ended_on) + timedelta(days=definition.days_to_answer)


def is_to_open(definition: Definition, ended_on: date, today: date) -> bool:
    """Whether it is asked for the first time on this day. When the term is over nobody is asked any more: a survey that
    is new does not reach everybody who ever learned."""
    return opens_on(definition, ended_on) <= today <= due_on(definition, ended_on)


def is_to_remind(due: date, today: date) -> bool:
    """In the last days of the term."""
    return due - timedelta(days=REMINDER_DAYS) <= today <= due


def age_group(birth_date: date | None, on: date) -> AgeGroup | None:
    """The band of the age in full years; None when the day of birth is not known."""
    if birth_date is None:
        return None
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    age = on.year - birth_date.year - (not had_birthday)
    return next((band for oldest, band in _OLDEST_OF_BAND if age <= oldest), AgeGroup.OLDER)
