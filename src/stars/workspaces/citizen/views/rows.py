"""Rows of (label, value) that several pages of an application show."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.common import clock
from stars.people import queries
from stars.people.models import Person

Rows = list[tuple[str, str]]


def person_rows(person: Person) -> Rows:
    """Name, surname and personal code, filled in from the sign-in."""
    code = queries.person_code(person)
    return [
        (_("Given name"), person.given_name),
        (_("Surname"), person.family_name),
        (_("Personal code"), code.formatted if code else ""),
    ]


def time_left(due: datetime) -> str:
    """The countdown: whole days, on the last day hours."""
    left = due - clock.now()
    if left.days:
        return ngettext("%(count)s day left", "%(count)s days left", left.days) % {"count": left.days}
    hours = left.seconds // 3600
    if hours:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    return _("less than an hour left")
