"""What an opening hour begins with: groups, a round with money, staff, and people whose applications are filled in."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from benchmarks.residents import registered, sessions_of
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
from stars.people.models import Person

SCHEME: Final = "MN"
GROUPS: Final = 40
SEATS: Final = 15
# Enough money for more learners than there are seats, so that both end in the run: 40 × 15 = 600 seats, 700 holds.
_HOLDS: Final = 700
_PRICE, _COPAYMENT = 40_000, 4_000
_PLACE: Final = "muni-0001000"
_BATCH: Final = 1_000


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
    """Their drafts, and what is sent for each."""
    persons = registered(numbers)
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
        for application, cookies in zip(applications, sessions_of(persons), strict=True)
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
