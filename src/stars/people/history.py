"""What was changed in a profile and when, from the history that the database's triggers write."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.classifiers import queries as classifiers
from stars.people.contact import readable_phone
from stars.people.models import Person
from stars.people.types import Change

# The history shows the latest changes; all of them stay in the database.
SHOWN = 30
_LABELS: dict[str, Promise] = {
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Surname"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Telephone"),
    "economic_status_id": gettext_lazy("Economic activity status"),
    "education_id": gettext_lazy("Education"),
    "low_income": gettext_lazy("Low-income or needy household"),
    "registration_reasons": gettext_lazy("Reasons for registering"),
    "fields_of_interest": gettext_lazy("Industry/field"),
    "how_heard": gettext_lazy("How you learned of the platform"),
    "municipality_id": gettext_lazy("Municipality of residence"),
    "occupation": gettext_lazy("Profession, position"),
}
_PERSON = ("given_name", "family_name", "email", "phone")
_PROFILE = tuple(name for name in _LABELS if name not in _PERSON)


def changes_of(person: Person) -> list[Change]:
    """Changes of names, addresses and answers, the latest first."""
    found = [
        *_differences(_events("people.PersonEvent", person), _PERSON),
        *_differences(_events("people.ProfileEvent", person), _PROFILE),
    ]
    # First in the order of time, then turned round: equal moments, of one transaction, are the latest first too.
    found.sort(key=lambda change: change.at)
    return found[::-1][:SHOWN]


def _events(model: str, person: Person) -> Sequence[models.Model]:
    """Rows of a history table, made by django-pghistory, in the order of time."""
    table: Any = apps.get_model(model)
    newest = table.objects.filter(pgh_obj_id=person.pk).order_by("-pgh_id")[: SHOWN + 1]
    return list(reversed(newest))


def _differences(events: Iterable[Any], names: tuple[str, ...]) -> list[Change]:
    rows = list(events)
    return [
        Change(
            later.pgh_created_at,
            str(_LABELS[name]),
            _words(getattr(earlier, name)),
            _words(getattr(later, name)),
        )
        for earlier, later in pairwise(rows)
        for name in names
        if getattr(earlier, name) != getattr(later, name) and getattr(earlier, name) not in ("", None)
    ]


def _words(value: object) -> str:
    """A stored value as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(classifiers.names(value))
    text = str(value or "")
    named = classifiers.by_code(text)
    if named is not None:
        return named.name
    return readable_phone(text) if text.startswith("+") else text
