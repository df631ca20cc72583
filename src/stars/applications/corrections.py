"""The form of an application that was returned: only what was ticked is open, everything else stands as it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from stars.applications.display import answer_rows
from stars.applications.enums import Action, Status
from stars.applications.forms import StepContext, StepForm, form_for
from stars.applications.models import Application, Decision
from stars.applications.places import place_code
from stars.catalogue.models import Group, GroupOffer
from stars.catalogue.queries.offers import offers_of
from stars.common import clock
from stars.common.typed import length_of, texts_of, whole_numbers
from stars.people import queries as people
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Scheme, Step

# Answers that are checked against each other are opened together.
_COMPANIONS = (frozenset({"place", "period"}), frozenset({"economic_status", "occupation"}))
_FROM_GROUP = frozenset({"place", "period"})
# More than any honest page of the form; what is longer is refused by the page's own limits when it is validated.
LONGEST_STEP = 20_000
_MULTIPLE = frozenset({"choice_reasons"})
# The tick "I do not work" is sent instead of an occupation.
_INSTEAD = {"occupation": "not_working"}


def with_companions(scheme: Scheme, fields: Iterable[str]) -> list[str]:
    """The fields and those that depend on them, in the order of the form."""
    ticked = set(fields)
    for together in _COMPANIONS:
        if ticked & together:
            ticked |= together
    return [name for step in scheme.steps for name in step.fields if name in ticked]


def answers_of(application: Application, fields: Iterable[str]) -> dict[str, list[str]]:
    """The stored answers to these fields, with the ticks that stand for one of them."""
    wanted = set(fields) | {_INSTEAD[name] for name in fields if name in _INSTEAD}
    return {
        name: texts for row in application.answers.all() for name, texts in row.data.items() if name in wanted
    }


@dataclass(frozen=True, slots=True)
class Returned:
    """What the officer said when the application was returned; `key` tells one return from the next."""

    key: int
    reasons: list[str]
    note: str
    due_at: datetime

    @property
    def is_over(self) -> bool:
        """True after the deadline; the refusal follows by itself."""
        return clock.now() > self.due_at


def returned(application: Application) -> Returned | None:
    """What is to be corrected and until when; None when nothing is open for correction."""
    decision = _last_return(application)
    if application.status != Status.RETURNED or application.correction_due_at is None or decision is None:
        return None
    return Returned(decision.pk, decision.reasons, decision.note, application.correction_due_at)


def _last_return(application: Application) -> Decision | None:
    returns = [decision for decision in application.decisions.all() if decision.action == Action.RETURN]
    return max(returns, key=lambda decision: (decision.at, decision.pk), default=None)


class Change(NamedTuple):
    """One answer that was open for correction, in words: as it was, and as it is or will be."""

    label: str | Promise
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """False when the person left the answer as it was."""
        return self.before != self.after


def difference(application: Application, proposed: dict[str, list[str]] | None = None) -> list[Change]:
    """What the last return opened: each answer before it and now, or as `proposed` would make it.

    Empty when the application was never returned.
    """
    decision = _last_return(application)
    if decision is None:
        return []
    now = answers_of(application, decision.fields) if proposed is None else proposed
    groups = _groups_named(decision.answers, now)
    changes = []
    for step in SCHEMES[SchemeCode(application.scheme)].steps:
        before = answer_rows(step, decision.answers, groups=groups)
        after = answer_rows(step, now, groups=groups)
        changes += [
            Change(label, was, will)
            for name, (label, was), (_label, will) in zip(step.fields, before, after, strict=True)
            if name in decision.fields
        ]
    return changes


def _groups_named(*answers: dict[str, list[str]]) -> list[Group]:
    """The groups that stored periods name, whatever has become of them."""
    named = whole_numbers(text for each in answers for text in each.get("period", []))
    return list(Group.objects.filter(pk__in=named).order_by("pk")) if named else []


class Correction:
    """The pages of a returned application that hold something to correct."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.scheme = SCHEMES[SchemeCode(application.scheme)]
        self.fields = list(application.returned_fields)
        self.steps = [step for step in self.scheme.steps if set(step.fields) & set(self.fields)]
        self.stored: dict[str, dict[str, list[str]]] = {
            row.step: row.data for row in application.answers.all()
        }
        self.offers = self._offers() if _FROM_GROUP & set(self.fields) else []
        profile = people.profile_of(application.applicant)
        kept = {profile.economic_status_id, profile.education_id} if profile else set()
        self._context = StepContext(offers=self.offers, kept_codes=frozenset(kept | self._stored_codes()))

    def open_names(self, step: Step) -> list[str]:
        """Names that the person may send for this step, with the tick that goes with a field."""
        names = [name for name in step.fields if name in self.fields]
        return [*names, "not_working"] if set(names) & set(step.with_none) else names

    def pages(
        self, data: MultiValueDict[str, str] | None = None, *, typed: dict[str, list[str]] | None = None
    ) -> list[StepForm]:
        """The pages: bound to `data`, or open with what was answered and what was `typed` since."""
        if data is not None:
            return [self._bound(step, data) for step in self.steps]
        return [self._unbound(step, typed or {}) for step in self.steps]

    def as_one(
        self,
        data: MultiValueDict[str, str] | None = None,
        *,
        typed: dict[str, list[str]] | None = None,
        remark: str = "",
    ) -> forms.Form:
        """The open fields of all pages as one form; the officer's remark is repeated beside the only one."""
        opened: dict[str, forms.Field] = {}
        initial: dict[str, Any] = {}
        faults: dict[str, Any] = {}
        for page in self.pages(data, typed=typed):
            names = [name for name in page.fields if name in self.open_names(page.step)]
            opened |= {name: page.fields[name] for name in names}
            initial |= page.initial
            faults |= self.faults(page) if data is not None else {}
        if len(self.fields) == 1:
            opened[self.fields[0]].help_text = remark
        sent = None if data is None else MultiValueDict(self.proposed(data))
        one = forms.Form(sent, initial=initial)
        one.full_clean()
        one.fields |= opened
        for name, errors in faults.items():
            one.add_error(name, errors.as_data())
        return one

    def is_right(self, data: MultiValueDict[str, str]) -> bool:
        """Whether `resubmit` would take it."""
        return not any(self.faults(page) for page in self.pages(data)) and not self.is_too_long(data)

    def is_too_long(self, data: MultiValueDict[str, str]) -> bool:
        """Whether a step's answers are longer than any honest ones."""
        return any(length_of(self.merged(step, data)) > LONGEST_STEP for step in self.steps)

    def merged(self, step: Step, data: MultiValueDict[str, str]) -> dict[str, list[str]]:
        """The step's answers with the open ones taken from `data`; whatever else was sent counts for nothing."""
        names = self.open_names(step)
        kept = {name: texts for name, texts in self.stored.get(step.key, {}).items() if name not in names}
        return kept | texts_of(data, names)

    def proposed(self, data: MultiValueDict[str, str]) -> dict[str, list[str]]:
        """The open answers as `data` would make them."""
        return {
            name: texts
            for step in self.steps
            for name, texts in self.merged(step, data).items()
            if name in self.open_names(step)
        }

    def faults(self, form: StepForm) -> dict[str, Any]:
        """What is wrong with the open answers of a bound page; the others were right when they were sent."""
        names = self.open_names(form.step)
        return {name: errors for name, errors in form.errors.items() if name in names}

    def _bound(self, step: Step, data: MultiValueDict[str, str]) -> StepForm:
        return form_for(step, self._context, data=MultiValueDict(self.merged(step, data)))

    def _unbound(self, step: Step, typed: dict[str, list[str]]) -> StepForm:
        names = self.open_names(step)
        answers = self.stored.get(step.key, {}) | {
            name: texts for name, texts in typed.items() if name in names
        }
        initial = {
            name: texts if name in _MULTIPLE else texts[-1] for name, texts in answers.items() if texts
        }
        return form_for(step, self._context, initial=initial)

    def chosen_offer(self, cleaned: dict[str, Any]) -> GroupOffer:
        """The offer that corrected place and period name."""
        if self.scheme.group_from_period:
            return next(offer for offer in self.offers if offer.group_id == int(cleaned["period"]))
        return next(offer for offer in self.offers if place_code(offer.group) == cleaned["place"])

    def _offers(self) -> list[GroupOffer]:
        """The groups of the round in which the person applied, closed or not: the day of application is kept."""
        offers = offers_of(self.application.programme, schemes=[self.application.scheme])
        return [offer for offer in offers if offer.round_id == self.application.round_id]

    def _stored_codes(self) -> set[str]:
        codes = ("economic_status", "education")
        return {text for answers in self.stored.values() for name in codes for text in answers.get(name, [])}
