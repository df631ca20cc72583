"""Answers as people read them: on the review page, on the application's page and in its PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications.forms import PAGES
from stars.applications.models import Application, StepAnswers
from stars.applications.places import REMOTE, period_name
from stars.catalogue.models import Group
from stars.classifiers import queries as classifiers
from stars.people.contact import NotReachable, normal_phone, readable_phone
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Step, StepKey
from stars.ui.templatetags.ui import latvian

TITLES: dict[StepKey, Promise] = {
    StepKey.CONTACT: gettext_lazy("How to reach you"),
    StepKey.PLACE: gettext_lazy("Programme and place"),
    StepKey.PROGRAMME: gettext_lazy("About the programme"),
    StepKey.BACKGROUND: gettext_lazy("Work and education"),
}
_TICKS = {"knows_contents", "not_learned_before", "employed_adult", "low_income"}
_CODES = {"region", "economic_status", "education", "choice_reasons"}


@dataclass(frozen=True, slots=True)
class Section:
    """One step with its answers."""

    step: Step
    title: str | Promise
    rows: list[tuple[str | Promise, str]]


def sections(application: Application, *, groups: Sequence[Group] = ()) -> list[Section]:
    """The answers of every step. `groups` are those that a stored period may name."""
    stored: dict[str, StepAnswers] = {row.step: row for row in application.answers.all()}
    scheme = SCHEMES[SchemeCode(application.scheme)]
    reader = _Reader(groups)
    shown = []
    for step in scheme.steps:
        rows = reader.rows(step, stored[step.key].data if step.key in stored else {})
        if step.key is StepKey.PLACE:
            rows = [*programme_rows(application), *rows]
        shown.append(Section(step, step.heading or TITLES[step.key], rows))
    return shown


def programme_rows(application: Application) -> list[tuple[str | Promise, str]]:
    """Institution and programme, filled in from the choice; as they were called when the application was sent."""
    promised = application.promised or {}
    institution = promised.get("institution", application.programme.institution.name)
    programme = promised.get("programme", application.programme.title)
    return [
        (_("Name of the education institution"), latvian(institution)),
        (_("Name of the education programme"), latvian(programme)),
    ]


def field_labels(scheme: str, names: Sequence[str]) -> list[str]:
    """What the fields of a source's form are called; a name that it does not ask stays as it is."""
    called: dict[str, str | Promise] = {}
    for step in SCHEMES[SchemeCode(scheme)].steps:
        page = PAGES[step.key].base_fields
        called |= {name: step.labels.get(name, page[name].label or name) for name in step.fields}
    return [str(called.get(name, name)) for name in names]


def answer_rows(
    step: Step, data: dict[str, list[str]], *, groups: Sequence[Group] = ()
) -> list[tuple[str | Promise, str]]:
    """(label, answer in words) of every field that the step asks, in its order."""
    return _Reader(groups).rows(step, data)


class _Reader:
    """Turns stored texts into words."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = {str(group.pk): group for group in groups}

    def rows(self, step: Step, data: dict[str, list[str]]) -> list[tuple[str | Promise, str]]:
        """(label, answer) of every field that the step asks, in its order."""
        page = PAGES[step.key].base_fields
        return [
            (step.labels.get(name, page[name].label or name), self._answer(name, data))
            for name in step.fields
        ]

    def _answer(self, name: str, data: dict[str, list[str]]) -> str:
        values = [value for value in data.get(name, []) if value]
        if name in _TICKS:
            return _("Yes") if values else _("No")
        if name == "occupation" and data.get("not_working"):
            return _("I do not work")
        if name in _CODES:
            return "; ".join(classifiers.names(values))
        return self._single(name, values[-1] if values else "")

    def _single(self, name: str, value: str) -> str:
        if name == "place":
            return _("Remotely") if value == REMOTE else "".join(classifiers.names([value]))
        if name == "period":
            return period_name(self.groups[value]) if value in self.groups else ""
        if name == "phone":
            return _phone(value)
        return value


def _phone(value: str) -> str:
    try:
        return readable_phone(normal_phone(value)) if value else ""
    except NotReachable:
        return value
