"""When a survey opens, until when an answer is asked for, when it is called to mind. Days in Riga, no tables."""

from datetime import date, timedelta

from stars.common.months import add_months
from stars.surveys.types import Definition

REMINDER_DAYS = 7


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
