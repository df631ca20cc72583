"""The form of an application as its steps: what was answered, what is missing, where to go next."""

from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from stars.applications.forms import StepContext, StepForm, form_for
from stars.applications.models import Application, StepAnswers
from stars.catalogue.models import GroupOffer
from stars.catalogue.queries.offers import open_offers
from stars.classifiers import queries as classifiers
from stars.common import clock
from stars.common.fixed_queries import A_KEY, FixedQuery
from stars.people import queries as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Step, StepKey

_answers = FixedQuery(
    lambda application_id: StepAnswers.objects.filter(application_id=application_id).values_list(
        "step", "data"
    ),
    application_id=A_KEY,
)


@dataclass(frozen=True, slots=True)
class StepState:
    """One step and whether it is whole."""

    step: Step
    is_filled: bool


class Steps:
    """The steps of one application. Reads offers and stored answers once."""

    def __init__(self, application: Application, *, offers: list[GroupOffer] | None = None) -> None:
        self.application = application
        self.person: Person = application.applicant
        self.scheme = SCHEMES[SchemeCode(application.scheme)]
        if offers is None:
            offers = open_offers(application.programme, application.scheme, at=clock.now())
        self.offers = offers
        self._stored = dict(_answers(application_id=application.pk))
        profile = people.profile_of(self.person)
        kept = {profile.economic_status_id, profile.education_id} if profile else set()
        self._context = StepContext(offers=self.offers, kept_codes=frozenset(kept))
        self._stored_forms: dict[StepKey, StepForm] = {}

    def form(self, step: Step, data: Any = None, *, typed: dict[str, list[str]] | None = None) -> StepForm:
        """The page of the step: bound to `data`, or open with what is known of the person, what was stored,
        and what was `typed` and could not be sent, the later before the earlier."""
        known, stored = _known(self.person, step), _as_initial(self._stored.get(step.key, {}))
        form = form_for(step, self._context, data=data, initial=known | stored | _as_initial(typed or {}))
        if data is None and not stored:
            for name in (name for name, value in known.items() if value):
                form.fields[name].prefilled = _("From your profile; you may change it")  # type: ignore[attr-defined]
        return form

    def stored_form(self, step: Step) -> StepForm:
        """The page bound to the stored answers, as submission validates it; bound once."""
        if step.key not in self._stored_forms:
            data = MultiValueDict(self._stored.get(step.key, {}))
            self._stored_forms[step.key] = form_for(step, self._context, data=data)
        return self._stored_forms[step.key]

    def has_stored(self, step: Step) -> bool:
        """True when something was kept of the step."""
        return step.key in self._stored

    def states(self) -> list[StepState]:
        """Every step and whether its stored answers are whole."""
        return [
            StepState(step, self.has_stored(step) and self.stored_form(step).is_valid())
            for step in self.scheme.steps
        ]

    def unfilled(self) -> list[Step]:
        """The steps that submission would refuse."""
        return [state.step for state in self.states() if not state.is_filled]

    def answers(self) -> dict[str, Any]:
        """All cleaned answers in one; to be called when nothing is unfilled."""
        cleaned: dict[str, Any] = {}
        for step in self.scheme.steps:
            form = self.stored_form(step)
            form.is_valid()
            cleaned |= form.cleaned_data
        return cleaned

    def after(self, step: Step) -> Step | None:
        """The step that follows, or None before the review."""
        position = self.scheme.steps.index(step) + 1
        return self.scheme.steps[position] if position < len(self.scheme.steps) else None

    def before(self, step: Step) -> Step | None:
        """The step that comes before, or None."""
        position = self.scheme.steps.index(step)
        return self.scheme.steps[position - 1] if position else None


def _known(person: Person, step: Step) -> dict[str, Any]:
    """What the form is prefilled with from the profile (“ielasās automātiski”)."""
    profile = people.profile_of(person)
    values: dict[str, Any] = {"email": person.email, "phone": person.phone}
    if profile is not None:
        municipality = classifiers.by_code(profile.municipality_id)
        values |= {
            "region": municipality.parent_id if municipality else "",
            "economic_status": profile.economic_status_id,
            "education": profile.education_id,
            "low_income": profile.low_income,
            "occupation": profile.occupation,
        }
    return {name: value for name, value in values.items() if name in step.fields}


def _as_initial(stored: dict[str, list[str]]) -> dict[str, Any]:
    multiple = {"choice_reasons"}
    return {name: values if name in multiple else values[-1] for name, values in stored.items() if values}
