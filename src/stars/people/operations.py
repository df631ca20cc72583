"""Everything that writes persons: sign-in, consent, registration, profile, addresses, typed forms."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import QueryDict

from stars.actors.actor import Actor
from stars.actors.permissions import Permission, Role
from stars.audit import operations as audit
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock, person_codes
from stars.integrations.registers import client as registers
from stars.integrations.registers.types import Codes, Said
from stars.people import notices, queries
from stars.people.enums import Document, IdentifierKind
from stars.people.models import Consent, EmailConfirmation, FormDraft, Person, PersonIdentifier, Profile
from stars.people.texts import current_version
from stars.people.types import ProfileAnswers, SignedIn

# A typed form is text; whatever is longer is no honest form.
_KEPT_LENGTH = 100_000
# How long a sign-in waits for the population register.
_PATIENCE_SECONDS = 2.0


class UnknownValue(ValueError):
    """A code that the classifier does not offer."""


class LinkNotValid(Exception):
    """The confirmation link was used, is of an older address, or never existed."""


def arrive(who: SignedIn) -> Person:
    """`sign_in`, after the population register was asked for the earlier codes of a code that is not known here.

    It is asked once and briefly, outside any transaction: nobody waits at the door for a register that is silent.
    """
    code = person_codes.parse(who.person_code, on=clock.today(), technical=True)
    if PersonIdentifier.objects.filter(value=code.digits).exists():
        return sign_in(who)
    patience = min(_PATIENCE_SECONDS, settings.REGISTERS["timeout"])
    return sign_in(who, codes=registers.codes_of(code.digits, attempts=1, timeout=patience))


@transaction.atomic
def sign_in(who: SignedIn, *, codes: Codes | None = None) -> Person:
    """The person behind a sign-in: found by any code they ever had, or made; names as the state has them today.

    `codes` is what the population register said of an unknown code. When it was silent, the person is made and is
    asked about later.
    """
    code = person_codes.parse(who.person_code, on=clock.today(), technical=True)
    person = _known_person(code) or _known_by_earlier(who, code, codes) or _new_person(who, code, codes)
    _refresh(person, who)
    audit.record("session.signed-in", by=actor_of(person), subject="person", subject_id=person.pk)
    return person


def actor_of(person: Person) -> Actor:
    """The person as a citizen who acts for themselves."""
    return Actor(Role.CITIZEN, person.pk, str(person))


@transaction.atomic
def accept_texts(person: Person, *, by: Actor) -> None:
    """Record that the person accepts the versions in force today of both texts (manual 2)."""
    today, now = clock.today(), clock.now()
    for document in Document:
        Consent.objects.get_or_create(
            person=person,
            document=document,
            version=current_version(document, on=today),
            defaults={"accepted_at": now},
        )
    audit.record("consent.accepted", by=by, subject="person", subject_id=person.pk)


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


def set_contact(person: Person, *, email: str, phone: str, by: Actor) -> Person:
    """Keep address and number, both in normal form; a new address gets a confirmation link.

    Nothing is written, and the row is not even read, when `person` has both already.
    """
    if (person.email, person.phone) == (email, phone):
        return person
    return _set_contact(person, email=email, phone=phone, by=by)


@transaction.atomic
def _set_contact(person: Person, *, email: str, phone: str, by: Actor) -> Person:
    locked = Person.objects.select_for_update().get(pk=person.pk)
    has_new_address = locked.email != email
    if has_new_address:
        locked.email, locked.email_confirmed_at = email, None
    if has_new_address or locked.phone != phone:
        locked.phone = phone
        locked.save(update_fields=["email", "email_confirmed_at", "phone"])
    if has_new_address:
        send_confirmation(locked, by=by)
    for name in ("email", "email_confirmed_at", "phone"):
        setattr(person, name, getattr(locked, name))
    return person


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


@transaction.atomic
def send_confirmation(person: Person, *, by: Actor) -> bool:
    """Send a link that proves that the address is theirs; False when as many as may went out within a day."""
    Person.objects.select_for_update().get(pk=person.pk)
    if not queries.may_be_sent_a_link(person):
        return False
    token = secrets.token_urlsafe(24)
    EmailConfirmation.objects.create(
        person=person, email=person.email, token_hash=_hashed(token), sent_at=clock.now()
    )
    notices.confirm_address(person, token)
    audit.record("email.confirmation-sent", by=by, subject="person", subject_id=person.pk)
    return True


@transaction.atomic
def confirm_email(token: str, *, by: Actor) -> Person:
    """Mark the address as confirmed; confirmed twice it is confirmed once. Raises `LinkNotValid`."""
    link = EmailConfirmation.objects.select_for_update().filter(token_hash=_hashed(token)).first()
    if link is None:
        raise LinkNotValid
    person = Person.objects.select_for_update().get(pk=link.person_id)
    if person.email != link.email or (link.used_at is not None and person.email_confirmed_at is None):
        raise LinkNotValid
    if link.used_at is not None:
        return person
    link.used_at = person.email_confirmed_at = clock.now()
    link.save(update_fields=["used_at"])
    person.save(update_fields=["email_confirmed_at"])
    audit.record("email.confirmed", by=by, subject="person", subject_id=person.pk)
    return person


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Actor) -> None:
    """Remember in which language the person is written to."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        audit.record("language.chosen", by=by, subject="person", subject_id=person.pk)


def keep_typed(person_id: UUID | str, form: str, data: QueryDict) -> bool:
    """Keep an unfinished form for its owner; False when it is too long to be one or holds nothing.

    The whole form is kept, with what was emptied; only signs that no text may hold are left out.
    """
    fields = {
        name: [text.replace("\x00", "") for text in values]
        for name, values in data.lists()
        if name != "csrfmiddlewaretoken"
    }
    texts = [text for values in fields.values() for text in values]
    if not any(texts) or sum(map(len, texts)) > _KEPT_LENGTH:
        return False
    if Person.objects.filter(pk=person_id).exclude(merged_into=None).exists():
        return False
    FormDraft.objects.update_or_create(person_id=person_id, form=form[:80], defaults={"data": fields})
    return True


def forget_typed(person: Person, form: str) -> None:
    """The form was sent: nothing is left to keep."""
    FormDraft.objects.filter(person=person, form=form[:80]).delete()


def _known_person(code: person_codes.PersonCode) -> Person | None:
    identifier = PersonIdentifier.objects.select_for_update().filter(value=code.digits).first()
    return identifier.person if identifier else None


def _known_by_earlier(who: SignedIn, code: person_codes.PersonCode, codes: Codes | None) -> Person | None:
    """The person who has another of these codes; the one they came with becomes theirs.

    When the codes lead to several persons it is the one who was here first, and the rest is asked about later.
    """
    if codes is None or codes.said is not Said.YES:
        return None
    named = PersonIdentifier.objects.filter(value__in=codes.codes).order_by("person__created_at", "pk")
    owners = list(dict.fromkeys(named.values_list("person_id", flat=True)))
    if not owners:
        return None
    person = Person.objects.select_for_update().get(pk=owners[0])
    earlier = PersonIdentifier.objects.filter(person=person, valid_until=None).first()
    if earlier is not None:
        earlier.valid_until = max(clock.today(), earlier.valid_from)
        earlier.save(update_fields=["valid_until"])
    try:
        with transaction.atomic():
            _give_code(person, who, code)
    except IntegrityError:
        # Two sign-ins at once; the other one gave the code first.
        return PersonIdentifier.objects.get(value=code.digits).person
    if len(owners) > 1:
        person.earlier_codes_unasked = True
        person.save(update_fields=["earlier_codes_unasked"])
    audit.record("person.code-added", by=actor_of(person), subject="person", subject_id=person.pk)
    return person


def _give_code(person: Person, who: SignedIn, code: person_codes.PersonCode) -> None:
    kind = IdentifierKind.TECHNICAL if who.is_technical else IdentifierKind(code.kind.value)
    PersonIdentifier.objects.create(person=person, value=code.digits, kind=kind, valid_from=clock.today())


def _new_person(who: SignedIn, code: person_codes.PersonCode, codes: Codes | None) -> Person:
    is_silent = codes is not None and codes.said is Said.FAILED and codes.fault != registers.NOT_CONFIGURED
    try:
        with transaction.atomic():
            person = Person.objects.create(
                given_name=who.given_name,
                family_name=who.family_name,
                birth_date=who.birth_date,
                earlier_codes_unasked=is_silent,
            )
            _give_code(person, who, code)
    except IntegrityError:
        # The same person signed in twice at once; the other sign-in was first.
        return PersonIdentifier.objects.get(value=code.digits).person
    return person


def _refresh(person: Person, who: SignedIn) -> None:
    """Names and birth date as the state gives them; the history keeps the earlier ones."""
    today = {
        "given_name": who.given_name,
        "family_name": who.family_name,
        "birth_date": who.birth_date or person.birth_date,
    }
    changed = [name for name, value in today.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, today[name])
    if changed:
        person.save(update_fields=changed)


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


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
