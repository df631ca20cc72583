"""The applicant corrects what was returned and sends it again."""

from typing import Any

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.corrections import Correction
from stars.applications.enums import Action, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application, StepAnswers
from stars.applications.operations.access import must_be_applicant
from stars.applications.operations.perform import locked as locked_row
from stars.applications.operations.perform import perform
from stars.applications.promise import promise
from stars.applications.queue import enqueue_registers
from stars.common import clock
from stars.people import operations as people

_COLUMNS = {
    "email": "email",
    "phone": "phone",
    "region": "region_id",
    "economic_status": "economic_status_id",
    "education": "education_id",
    "occupation": "occupation",
    "workplace": "workplace",
    "low_income": "low_income",
    "choice_reasons": "choice_reasons",
}
_PROFILE = ("economic_status", "education", "low_income", "occupation")


class StillWrong(Exception):
    """Some of the corrected answers are not right; the page says which."""


class CorrectionOver(Exception):
    """The deadline is over; the application lapses."""


@transaction.atomic
def resubmit(application: Application, data: MultiValueDict[str, str], *, by: Actor) -> Application:
    """Send the corrected answers. Only the ticked fields are taken from `data`; done twice is done once.

    The application keeps its day and place in the queue. Raises `StillWrong`, `CorrectionOver`,
    `TransitionNotAllowed`, `NotPermitted`.
    """
    locked = locked_row(application)
    must_be_applicant(locked, by=by)
    if locked.status == Status.SUBMITTED:
        return locked
    transition(Action.CORRECT, locked.status)
    if locked.correction_due_at is None or clock.now() > locked.correction_due_at:
        raise CorrectionOver
    correction = Correction(locked)
    cleaned = _cleaned(correction, data)
    _store(correction, data)
    values = {column: cleaned[name] for name, column in _COLUMNS.items() if name in cleaned}
    if "place" in cleaned or "period" in cleaned:
        offer = correction.chosen_offer(cleaned)
        values |= {
            "promised": promise(offer, correction.scheme),
            "group": offer.group if correction.scheme.group_from_period else None,
            "is_remote": offer.group.is_remote,
            "municipality": offer.group.municipality,
        }
    _copy_back(locked, cleaned, by=by)
    locked = perform(Action.CORRECT, locked, by=by, **values)
    enqueue_registers(locked.pk)
    notices.changed(locked, Action.CORRECT)
    return locked


def _cleaned(correction: Correction, data: MultiValueDict[str, str]) -> dict[str, Any]:
    """The corrected answers, right ones only. Raises `StillWrong`."""
    cleaned: dict[str, Any] = {}
    if correction.is_too_long(data):
        raise StillWrong
    for form in correction.pages(data):
        form.is_valid()
        if correction.faults(form):
            raise StillWrong
        names = correction.open_names(form.step)
        cleaned |= {name: value for name, value in form.cleaned_data.items() if name in names}
    return cleaned


def _store(correction: Correction, data: MultiValueDict[str, str]) -> None:
    for step in correction.steps:
        StepAnswers.objects.update_or_create(
            application=correction.application,
            step=step.key,
            defaults={"data": correction.merged(step, data)},
        )


def _copy_back(application: Application, cleaned: dict[str, Any], *, by: Actor) -> None:
    """What was corrected becomes the profile's too (manual 3.4.1)."""
    person = application.applicant
    if "email" in cleaned or "phone" in cleaned:
        people.set_contact(
            person,
            email=cleaned.get("email", person.email),
            phone=cleaned.get("phone", person.phone),
            by=by,
        )
    known = {name: cleaned[name] for name in _PROFILE if name in cleaned}
    if known:
        people.correct_profile(person, **known, by=by)
