"""Rows of (label, value) that several pages of an application show."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from stars.people import queries
from stars.people.models import Person
from stars.ui.templatetags.ui import money, period

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
    days = period(date.fromisoformat(promised["starts_on"]), date.fromisoformat(promised["ends_on"]))
    return [
        (_("Name of the education programme"), promised["programme"]),
        (_("Name of the education institution"), promised["institution"]),
        (_("Place of learning"), ", ".join(filter(None, [promised["place"], promised["address"]]))),
        (_("Learning period"), days),
        (_("Hours"), str(promised["hours"])),
        (_("Price of the programme"), money(promised["price_cents"])),
        (_("Your co-payment"), money(promised["copayment_cents"])),
        (_("Co-payment for a low-income household"), money(promised["low_income_copayment_cents"])),
        (_("Document to be received"), promised["document"]),
        (_("Application round"), promised["round"]),
        (_("Version of the rules"), promised["rules_version"]),
    ]
