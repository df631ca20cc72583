"""The person behind a sign-in: found by any code they ever had, or made; and as whom they act."""

from django.conf import settings
from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.audit import operations as audit
from stars.common import clock, person_codes
from stars.integrations.registers import client as registers
from stars.integrations.registers.types import Codes, Said
from stars.people.enums import IdentifierKind
from stars.people.models import Person, PersonIdentifier
from stars.people.types import SignedIn

# How long a sign-in waits for the population register.
_PATIENCE_SECONDS = 2.0


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
