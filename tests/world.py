"""A programme that IMK and MN pay for, somebody who may apply, and a whole set of answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pgtrigger
import pytest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations
from stars.applications.models import Application
from stars.catalogue.models import Group, GroupOffer, Programme, Round
from stars.catalogue.operations.funding_sources import load_funding_sources
from stars.common import clock
from stars.funding.operations import set_budget, set_rules
from stars.funding.queries import rules_for
from stars.organisations import operations as organisations
from stars.organisations.models import Organisation
from stars.organisations.queries import actor_by
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import ProfileAnswers, SignedIn
from stars.schemes.codes import SchemeCode

RIGA, OGRE = "muni-0001000", "muni-0040000"


# What no code of ours may do: a test that needs rows so, and not the way there, writes them past these triggers.
past_the_table = partial(pgtrigger.ignore, "applications.Application:status_by_the_table")
past_the_holders = partial(pgtrigger.ignore, "catalogue.Group:seats_follow_holders")


@dataclass
class World:
    """Everything that an application touches."""

    programme: Programme
    rounds: dict[str, Round] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)


def make_round(
    scheme: str, *, name: str = "1. kārta", opened: int = -10, closes: int = 10, budget: int = 10_000_000
) -> Round:
    """A round that opened and closes so many days from now, with plenty of money; `budget=0` leaves it without any."""
    now = timezone.now()
    made = Round.objects.create(
        scheme=scheme,
        name=name,
        opens_at=now + timedelta(days=opened),
        closes_at=now + timedelta(days=closes),
        learning_from=now.date(),
        learning_until=now.date() + timedelta(days=300),
    )
    if budget:
        set_budget(made, budget, by=SYSTEM)
    return made


def make_programme(title: str = "Datu analīze", **values: object) -> Programme:
    """A published programme of one institution."""
    institution, _ = Organisation.objects.get_or_create(
        slug="tehnikums",
        defaults={"kind": "institution", "name": "Daugavas tehnikums", "registration_number": "90000000001"},
    )
    return Programme.objects.create(
        **{
            "title": title,
            "institution": institution,
            "kind_id": "kind-modulis",
            "field_id": "field-ikt",
            "hours": 72,
            "study_form": "onsite",
            "summary": "Kā lasīt datus.",
            "contents": "- Tabulas",
            "prior_education": "Vidējā izglītība",
            "prior_knowledge": "Nav",
            "document": "Moduļa apliecība",
            "status": "published",
            "published_at": timezone.now(),
            **values,
        }
    )


def make_group(
    programme: Programme, municipality: str | None, *, rounds: list[Round], **values: object
) -> Group:
    """A group that begins in forty days and is paid for in the rounds."""
    day = timezone.localdate()
    group = Group.objects.create(
        **{
            "programme": programme,
            "name": f"{municipality} {Group.objects.count()}",
            "municipality_id": municipality,
            "is_remote": municipality is None,
            "starts_on": day + timedelta(days=40),
            "ends_on": day + timedelta(days=90),
            "schedule": "evenings",
            "seats_max": 12,
            "status": "published",
            **values,
        }
    )
    for round_ in rounds:
        GroupOffer.objects.create(group=group, round=round_, price_cents=40_000, copayment_cents=4_000)
    return group


@pytest.fixture
def catalogue_lists(db: None) -> None:
    """The wording of the sources, besides the classifiers, which are always there."""
    load_funding_sources(by=SYSTEM)


@pytest.fixture
def world(catalogue_lists: None) -> World:
    """One programme, IMK and MN open, a group in Rīga and one in Ogre."""
    rounds = {scheme: make_round(scheme) for scheme in ("IMK", "MN")}
    programme = make_programme()
    groups = [make_group(programme, place, rounds=list(rounds.values())) for place in (RIGA, OGRE)]
    return World(programme, rounds, groups)


def make_staff(
    number: int, kind: str, *, role: str = "officer", organisation: str = "", person: Person | None = None
) -> Actor:
    """Somebody who works for an organisation of this kind, which is made when it is not there; slug = `organisation`.

    `person` where it is somebody who is known already.
    """
    slug = organisation or {"institution": "tehnikums"}.get(kind, kind)
    place, _ = Organisation.objects.get_or_create(
        slug=slug,
        defaults={
            "kind": kind,
            "name": f"Organizācija {slug}",
            "registration_number": f"5{Organisation.objects.count():010d}",
        },
    )
    person = person or people.sign_in(SignedIn(f"0202801{number:04d}", "Darbiniece", f"Nr{number}"))
    membership = organisations.grant(place, person, role=role, basis_document="Rīkojums Nr. 1", by=SYSTEM)
    return actor_by(membership, person)


def make_person(number: int = 1, *, status: str = "econ-employee", born: str = "010190") -> Person:
    """Somebody invented, registered."""
    code = f"{born}-1{number:04d}".replace("-", "")
    person = people.sign_in(SignedIn(code, "Ilze", f"Paraudziņa{number}"))
    answers = ProfileAnswers(
        email=f"ilze{number}@klients.example",
        phone="+37120000000",
        economic_status=status,
        education="edu-05",
        low_income=False,
        registration_reasons=["reason-apply"],
        fields_of_interest=["field-ikt"],
        how_heard=["heard-friends"],
    )
    people.save_profile(person, answers, by=people.actor_of(person))
    return person


@pytest.fixture
def person(catalogue_lists: None) -> Person:
    """An adult who is employed."""
    return make_person()


@pytest.fixture
def by(person: Person) -> Actor:
    """The person as the one who acts."""
    return people.actor_of(person)


def answers_for(scheme: str, world: World, *, group: Group | None = None) -> dict[str, dict[str, list[str]]]:
    """Right answers for every step of the scheme."""
    group = group or world.groups[0]
    place = [str(group.municipality_id or "attalinati")]
    programme = {
        "knows_contents": ["on"],
        "not_learned_before": ["on"],
        "choice_reasons": ["choice-certificate"],
    }
    contact = {"email": ["ilze@Klients.example"], "phone": ["20 000 001"]}
    if scheme == "MN":
        background = {"employed_adult": ["on"], "occupation": ["Pavāre"], "education": ["edu-06"]}
        return {
            "contact": contact,
            "place": {"place": place, "period": [str(group.pk)]},
            "programme": programme,
            "background": background,
        }
    background = {"economic_status": ["econ-employee"], "occupation": ["Pavāre"], "education": ["edu-06"]}
    return {
        "contact": contact | {"region": ["region-latgale"]},
        "place": {"place": place},
        "programme": programme,
        "background": background,
    }


@pytest.fixture
def rules() -> Callable[..., None]:
    """From today on, the source's parameters with these changed."""

    def change(*, scheme: str = "MN", **values: object) -> None:
        parameters = rules_for(scheme, clock.today())
        known = {name: getattr(parameters, name) for name in parameters.__dataclass_fields__}
        set_rules(
            scheme,
            type(parameters)(**known | {"version": 0, "valid_from": None} | values),
            valid_from=clock.today(),
            basis="Pārbaude",
            by=SYSTEM,
        )

    return change


@pytest.fixture
def filled(world: World) -> Callable[..., Application]:
    """A draft with all steps answered rightly, not sent."""

    def fill(
        person: Person, scheme: str = "MN", *, programme: Programme | None = None, group: Group | None = None
    ) -> Application:
        by = people.actor_of(person)
        application = operations.start(person, programme or world.programme, SchemeCode(scheme), by=by)
        for step, answers in answers_for(scheme, world, group=group).items():
            operations.keep_step(application, step, MultiValueDict(answers), by=by)
        return application

    return fill
