"""What an opening hour begins with: groups, a round with money, staff, and people whose applications are filled in."""

import time
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

from stars.actors.actor import SYSTEM
from stars.applications.models import Application, StepAnswers
from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.models import Group, GroupOffer, Programme, Round
from stars.catalogue.operations.rounds import save_round
from stars.catalogue.types import RoundDraft
from stars.funding.operations import set_budget
from stars.organisations import operations as organisations
from stars.organisations.enums import MemberRole, OrganisationKind
from stars.organisations.models import Organisation
from stars.people.enums import Document, IdentifierKind
from stars.people.models import Consent, Person, PersonIdentifier, Profile
from stars.people.session_store import SessionStore
from stars.people.texts import current_version
from stars.workspaces.middleware import ACCEPTED, accepted_now
from stars.workspaces.sessions import LAST_SEEN

SCHEME: Final = "MN"
GROUPS: Final = 40
SEATS: Final = 15
# Enough money for more learners than there are seats, so that both end in the run: 40 × 15 = 600 seats, 700 holds.
_HOLDS: Final = 700
_PRICE, _COPAYMENT = 40_000, 4_000
_PLACE: Final = "muni-0001000"
_BATCH: Final = 1_000
_BACKEND: Final = "stars.people.backend.IdentityBackend"


@dataclass(frozen=True, slots=True)
class Desk:
    """One group, and the memberships of the two people of its institution who admit into it."""

    group_id: int
    officers: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that is ready when the round opens: staff by their memberships, addresses with their owners' sessions."""

    round_id: int
    desks: list[Desk]
    officers: tuple[int, int]
    requests: list[tuple[str, str]]


def make_ready(people: int) -> Opening:
    """Rows for so many people, a draft for each, spread evenly over the groups."""
    round_ = _round()
    groups = _groups(round_)
    institution_staff: dict[int, tuple[int, int]] = {}
    desks = []
    for number, group in enumerate(groups):
        place = group.programme.institution
        if place.pk not in institution_staff:
            institution_staff[place.pk] = _staff(place, 10 * number)
        desks.append(Desk(group.pk, institution_staff[place.pk]))
    agency = Organisation.objects.get(kind=OrganisationKind.AGENCY)
    requests = []
    for first in range(0, people, _BATCH):
        requests += _applicants(range(first, min(people, first + _BATCH)), groups)
    return Opening(round_.pk, desks, _staff(agency, 9_000), requests)


def _round() -> Round:
    now = timezone.now()
    round_ = save_round(
        RoundDraft(
            scheme=SCHEME,
            name="Atvēršanas stunda",
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(days=20),
            learning_from=now.date(),
            learning_until=now.date() + timedelta(days=400),
        ),
        by=SYSTEM,
    )
    set_budget(round_, (_PRICE - _COPAYMENT) * _HOLDS, by=SYSTEM)
    return round_


def _groups(round_: Round) -> list[Group]:
    """Forty groups of programmes of the demonstration, each with seats that nobody holds."""
    chosen = Programme.objects.filter(status=ProgrammeStatus.PUBLISHED).select_related("institution")[:GROUPS]
    start = timezone.localdate() + timedelta(days=40)
    groups = []
    for programme in chosen:
        group = Group.objects.create(
            programme=programme,
            name="Atvēršanas grupa",
            municipality_id=_PLACE,
            starts_on=start,
            ends_on=start + timedelta(days=60),
            schedule="evenings",
            seats_max=SEATS,
            status=GroupStatus.PUBLISHED,
        )
        GroupOffer.objects.create(group=group, round=round_, price_cents=_PRICE, copayment_cents=_COPAYMENT)
        groups.append(group)
    return groups


def _staff(place: Organisation, number: int) -> tuple[int, int]:
    first, second = (_member(place, number + offset) for offset in (1, 2))
    return first, second


def _member(place: Organisation, number: int) -> int:
    person = Person.objects.create(given_name="Darbinieks", family_name=f"Nr{number}")
    membership = organisations.grant(
        place, person, role=MemberRole.OFFICER, basis_document="Mērījums", by=SYSTEM
    )
    return membership.pk


def _applicants(numbers: range, groups: list[Group]) -> list[tuple[str, str]]:
    """Rows of a batch, written as one statement for each table."""
    persons = Person.objects.bulk_create(
        Person(
            given_name="Ilze",
            family_name=f"Pieteicēja{number}",
            birth_date=date(1985, 6, 15),
            email=f"p{number}@klients.example",
            phone="+37120000000",
            email_confirmed_at=timezone.now(),
        )
        for number in numbers
    )
    PersonIdentifier.objects.bulk_create(
        PersonIdentifier(
            person=person,
            value=f"33{number:09d}",
            kind=IdentifierKind.UNDATED,
            valid_from=date(2020, 1, 1),
        )
        for number, person in zip(numbers, persons, strict=True)
    )
    Profile.objects.bulk_create(
        Profile(
            person=person,
            economic_status_id="econ-employee",
            education_id="edu-06",
            occupation="Pavāre",
            registration_reasons=["reason-apply"],
            fields_of_interest=["field-ikt"],
            how_heard=["heard-friends"],
        )
        for person in persons
    )
    Consent.objects.bulk_create(
        Consent(
            person=person,
            document=document,
            version=current_version(document, on=timezone.localdate()),
            accepted_at=timezone.now(),
        )
        for person in persons
        for document in Document
    )
    return _drafts(persons, [groups[number % len(groups)] for number in numbers])


def _drafts(persons: list[Person], groups: list[Group]) -> list[tuple[str, str]]:
    applications = Application.objects.bulk_create(
        Application(public_id=uuid.uuid4(), applicant=person, scheme=SCHEME, programme_id=group.programme_id)
        for person, group in zip(persons, groups, strict=True)
    )
    StepAnswers.objects.bulk_create(
        StepAnswers(application=application, step=step, data=data)
        for application, group, person in zip(applications, groups, persons, strict=True)
        for step, data in _answers(person, group).items()
    )
    return [
        (f"/profils/pieteikumi/{application.public_id}/parskats/", cookies)
        for application, cookies in zip(applications, _sessions(persons), strict=True)
    ]


def _answers(person: Person, group: Group) -> dict[str, dict[str, list[str]]]:
    return {
        "contact": {"email": [person.email], "phone": [person.phone]},
        "place": {"place": [_PLACE], "period": [str(group.pk)]},
        "programme": {
            "knows_contents": ["on"],
            "not_learned_before": ["on"],
            "choice_reasons": ["choice-certificate"],
        },
        "background": {"employed_adult": ["on"], "occupation": ["Pavāre"], "education": ["edu-06"]},
    }


def _sessions(persons: list[Person]) -> list[str]:
    """Each person's session, begun a moment ago, as the session's key."""
    store = SessionStore()
    rows = [
        Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: _BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                    LAST_SEEN: time.time() + 600,
                    ACCEPTED: accepted_now(),
                }
            ),
            expire_date=timezone.now() + timedelta(hours=12),
        )
        for person in persons
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]
