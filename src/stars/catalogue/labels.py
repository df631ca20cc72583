"""What the columns of programmes and groups are called, and their values in words: for forms and for what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.classifiers import queries as classifiers
from stars.ui.templatetags.ui import day, latvian, money

# Plain texts or promises of them; Django has no public name for the latter.
LABELS: dict[str, Any] = {
    "code": gettext_lazy("Programme code"),
    "title": gettext_lazy("Name of the education programme"),
    "kind_id": gettext_lazy("Kind of programme"),
    "field_id": gettext_lazy("Field of learning"),
    "qualification_id": gettext_lazy("Qualification"),
    "qualification_level": gettext_lazy("Qualification level"),
    "hours": gettext_lazy("Hours"),
    "study_form": gettext_lazy("Form of study"),
    "language": gettext_lazy("Language of teaching"),
    "summary": gettext_lazy("Short description"),
    "contents": gettext_lazy("Contents of the programme"),
    "outcomes": gettext_lazy("Learning outcomes"),
    "prior_education": gettext_lazy("Required earlier education"),
    "prior_knowledge": gettext_lazy("Required earlier knowledge"),
    "document": gettext_lazy("Document issued"),
    "keywords": gettext_lazy("Keywords"),
    "digcomp_areas": gettext_lazy("DigComp competence area"),
    "digcomp_competences": gettext_lazy("DigComp competences"),
    "digcomp_level": gettext_lazy("DigComp level"),
    "varam_level": gettext_lazy("Level of the project “Basic digital skills” (VARAM)"),
    "contact_name": gettext_lazy("Contact person"),
    "contact_phone": gettext_lazy("Telephone"),
    "contact_email": gettext_lazy("E-mail address"),
    "name": gettext_lazy("Name of the group"),
    "municipality_id": gettext_lazy("Place of learning"),
    "is_remote": gettext_lazy("Taught remotely"),
    "address": gettext_lazy("Address"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
    "schedule": gettext_lazy("When the group meets"),
    "schedule_note": gettext_lazy("Note on the schedule"),
    "seats_min": gettext_lazy("Smallest number of learners"),
    "seats_max": gettext_lazy("Number of seats"),
    "price_cents": gettext_lazy("Price for one learner"),
}


_LONG_TEXT = 150


@dataclass(frozen=True, slots=True)
class Difference:
    """One column as it is and as it shall be, in words."""

    label: str | Promise
    before: str
    after: str


def differences(request: ApprovalRequest) -> list[Difference]:
    """What a proposal would change of the published thing."""
    thing = request.thing
    kind = type(thing)
    return [
        Difference(LABELS[name], in_words(kind, name, getattr(thing, name)), in_words(kind, name, value))
        for name, value in request.values.items()
    ]


def labels(columns: Iterable[str]) -> str:
    """The columns by name, in one line."""
    return ", ".join(str(LABELS[name]) for name in columns)


def standing_in_words(kind: type[Programme] | type[Group], values: dict[str, Any]) -> SafeString:
    """The columns by name with their values, in one line; of a long text its beginning."""
    return format_html_join(
        "; ",
        "{}: {}",
        ((LABELS[name], in_words(kind, name, _short(value))) for name, value in values.items()),
    )


def in_words(kind: type[Programme] | type[Group], name: str, value: Any) -> str:
    """A column's value as people read it; a proposal's plain value too."""
    (field,) = (column for column in kind._meta.concrete_fields if column.attname == name)
    value = field.to_python(value)
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(classifiers.names(value) or value)
    if isinstance(value, date):
        return day(value)
    return money(value) if name == "price_cents" else _chosen(field, value)


def _short(value: Any) -> Any:
    return Truncator(value).chars(_LONG_TEXT) if isinstance(value, str) else value


def _chosen(field: Any, value: Any) -> str:
    if field.is_relation:
        return "".join(classifiers.names([value]))
    if isinstance(value, str) and not field.flatchoices:
        return latvian(capfirst(value))
    return str(capfirst(str(dict(field.flatchoices).get(value, value))))
