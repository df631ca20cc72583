"""Registration and profile, and what an application corrects in it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.people.models import Person, Profile
from stars.people.operations.contact import set_contact
from stars.people.types import ProfileAnswers


class UnknownValue(ValueError):
    """A code that the classifier does not offer."""


@transaction.atomic
def save_profile(person: Person, answers: ProfileAnswers, *, by: Actor) -> Profile:
    """Register the person, or correct the profile (manual 3 and 3.2). Raises `UnknownValue`.

    A new e-mail address gets a confirmation link; nothing waits for it.
    """
    by.must(Permission.PROFILE_EDIT)
    _must_be_offered(answers)
    set_contact(person, email=answers.email, phone=answers.phone, by=by)
    values = {
        "economic_status_id": answers.economic_status,
        "education_id": answers.education,
        "low_income": answers.low_income,
        "registration_reasons": answers.registration_reasons,
        "fields_of_interest": answers.fields_of_interest,
        "how_heard": answers.how_heard,
        "municipality_id": answers.municipality,
    }
    profile, is_new = Profile.objects.update_or_create(person=person, defaults=values)
    audit.record(
        "profile.registered" if is_new else "profile.changed", by=by, subject="person", subject_id=person.pk
    )
    return profile


def correct_profile(
    person: Person,
    *,
    economic_status: str | None = None,
    education: str | None = None,
    low_income: bool | None = None,
    occupation: str | None = None,
    by: Actor,
) -> None:
    """Copy back what an application confirmed or corrected; None leaves the profile's value (manual 3.4.1)."""
    by.must(Permission.PROFILE_EDIT)
    given = {
        "economic_status_id": economic_status,
        "education_id": education,
        "low_income": low_income,
        "occupation": occupation,
    }
    known = person.profile
    if any(value is not None and getattr(known, name) != value for name, value in given.items()):
        _correct_profile(person, given, by=by)


@transaction.atomic
def _correct_profile(person: Person, given: dict[str, Any], *, by: Actor) -> None:
    profile = Profile.objects.select_for_update().get(person=person)
    changed = [name for name, value in given.items() if value is not None and getattr(profile, name) != value]
    for name in changed:
        setattr(profile, name, given[name])
    if changed:
        profile.save(update_fields=[*(name.removesuffix("_id") for name in changed), "changed_at"])
        person.profile = profile
        audit.record(
            "profile.corrected", by=by, subject="person", subject_id=person.pk, details={"fields": changed}
        )


def _must_be_offered(answers: ProfileAnswers) -> None:
    asked: list[tuple[Kind, Iterable[str]]] = [
        (Kind.ECONOMIC_STATUS, [answers.economic_status]),
        (Kind.EDUCATION, [answers.education]),
        (Kind.REGISTRATION_REASON, answers.registration_reasons),
        (Kind.FIELD, answers.fields_of_interest),
        (Kind.HOW_HEARD, answers.how_heard),
        (Kind.MUNICIPALITY, [answers.municipality] if answers.municipality else []),
    ]
    for kind, codes in asked:
        known = {value.code for value in classifiers.values_of(kind)}
        if not set(codes) <= known:
            raise UnknownValue(kind)
