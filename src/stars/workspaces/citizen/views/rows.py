"""Rows of (label, value) that several pages of an application show."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.common import clock
from stars.people import queries
from stars.people.models import Person
from stars.ui.templatetags.ui import day, money, period

Rows = list[tuple[str, str]]


def person_rows(person: Person) -> Rows:
    """Name, surname and personal code, filled in from the sign-in."""
    code = queries.person_code(person)
    return [
        (_("Given name"), person.given_name),
        (_("Surname"), person.family_name),
        (_("Personal code"), code.formatted if code else ""),
    ]


def promise_rows(promised: dict[str, Any]) -> Rows:
    """What the person saw when they applied."""
    if not promised:
        return []
    return [
        (_("Name of the education programme"), promised["programme"]),
        (_("Name of the education institution"), promised["institution"]),
        (_("Place of learning"), ", ".join(filter(None, [promised["place"], promised["address"]]))),
        _days(promised),
        (_("Hours"), str(promised["hours"])),
        (_("Price of the programme"), money(promised["price_cents"])),
        (_("Your co-payment"), money(promised["copayment_cents"])),
        (_("Co-payment for a low-income household"), money(promised["low_income_copayment_cents"])),
        (_("Document to be received"), promised["document"]),
        (_("Application round"), promised["round"]),
        (_("Version of the rules"), promised["rules_version"]),
    ]


def _days(promised: dict[str, Any]) -> tuple[str, str]:
    """The period of the group, where there is one; else the time in which the institution will set it."""
    start, end = (date.fromisoformat(promised[name]) for name in ("starts_on", "ends_on"))
    if "schedule" in promised:
        return (_("Learning period"), period(start, end))
    within = {"start": day(start), "end": day(end)}
    return (_("Learning has to take place"), _("between %(start)s and %(end)s") % within)


def time_left(due: datetime) -> str:
    """The countdown: whole days, on the last day hours."""
    left = due - clock.now()
    if left.days:
        return ngettext("%(count)s day left", "%(count)s days left", left.days) % {"count": left.days}
    hours = left.seconds // 3600
    if hours:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    return _("less than an hour left")
