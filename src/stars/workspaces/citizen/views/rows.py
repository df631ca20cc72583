"""Rows of (label, value) that several pages of an application show."""

from django.utils.translation import gettext as _

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
