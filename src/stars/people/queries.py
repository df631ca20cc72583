"""Reads about persons."""

from datetime import date, datetime, timedelta

from stars.classifiers import queries as classifiers
from stars.common import clock, person_codes
from stars.people.enums import Document
from stars.people.models import Consent, EmailConfirmation, FormDraft, Person, PersonIdentifier, Profile
from stars.people.texts import current_version

# Without a limit a profile would be a way to fill other people's letter boxes.
_LINKS_A_DAY = 5


def is_registered(person: Person) -> bool:
    """True when the registration form was saved."""
    return hasattr(person, "profile")


def profile_of(person: Person) -> Profile | None:
    """The profile, or None before the registration."""
    return getattr(person, "profile", None)


def texts_in_force() -> dict[str, date]:
    """The versions of the texts that have to be accepted today, by document."""
    today = clock.today()
    return {document.value: current_version(document, on=today) for document in Document}


def has_accepted_texts(person: Person) -> bool:
    """True when the versions in force today of both texts were accepted."""
    wanted = set(texts_in_force().items())
    accepted = Consent.objects.filter(person=person, version__in=[version for _, version in wanted])
    return wanted <= set(accepted.values_list("document", "version"))


def by_code(digits: str) -> Person | None:
    """The person who has or had this personal code; None when the platform knows nobody."""
    identifier = PersonIdentifier.objects.select_related("person").filter(value=digits).first()
    return identifier.person if identifier else None


def person_code(person: Person) -> person_codes.PersonCode | None:
    """The code that is valid now, read; None when there is none."""
    identifier = PersonIdentifier.objects.filter(person=person, valid_until=None).first()
    if identifier is None:
        return None
    return person_codes.parse(identifier.value, on=clock.today(), technical=True)


def birth_date(person: Person) -> date | None:
    """From the sign-in, else from an old-form code, else not known."""
    if person.birth_date is not None:
        return person.birth_date
    code = person_code(person)
    return code.birth_date if code else None


def is_employed(profile: Profile | None) -> bool | None:
    """What the economic status says; None without a profile."""
    status = classifiers.by_code(profile.economic_status_id) if profile else None
    return None if status is None else status.trait == "employed"


def typed_into(person: Person, form: str, *, since: datetime | None = None) -> dict[str, list[str]] | None:
    """What was kept of an unfinished form, or None; with `since` only what was typed after that moment."""
    draft = FormDraft.objects.filter(person=person, form=form).first()
    return draft.data if draft and (since is None or draft.saved_at > since) else None


def may_be_sent_a_link(person: Person) -> bool:
    """Whether one more link to confirm an address may go out: at most five within 24 hours."""
    since = clock.now() - timedelta(days=1)
    return EmailConfirmation.objects.filter(person=person, sent_at__gt=since).count() < _LINKS_A_DAY
