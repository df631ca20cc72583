"""Where the machine of the lifecycle begins."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import time_machine
from tests.world import OGRE, RIGA, World, make_group, make_person, make_programme, make_round, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations
from stars.applications.models import Application
from stars.catalogue.models import Group, Programme
from stars.enrolments import operations as enrolments
from stars.funding import operations as funding
from stars.people import operations as people
from stars.people.models import Person

# A Monday, so that deadlines in workdays fall alike whenever the test runs.
BEGIN = datetime(2026, 11, 23, 8, tzinfo=UTC)
# Money for two of the three who apply for it.
SCARCE_CENTS = 100_000
SCHEMES = ("MN", "IMK")


@dataclass
class Scene:
    """Three people who want the same single seats from two sources, and everybody who has a say in it."""

    world: World
    filled: Callable[..., Application]
    people: list[Person] = field(default_factory=list)
    choices: list[tuple[Programme, Group]] = field(default_factory=list)
    officers: list[Actor] = field(default_factory=list)
    institution: Actor = SYSTEM
    everybody: list[Actor] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)


def make_scene(world: World, filled: Callable[..., Application]) -> Scene:
    """Everybody has applied twice, most are confirmed; two applicants are officers too; one round has little money.

    A fourth person learns already: their group has begun, and the round in which they applied has closed.
    """
    scene = Scene(world, filled, [make_person(number) for number in (1, 2, 3)])
    rounds = list(world.rounds.values())
    other = make_programme("Tīkli")
    first = make_group(other, OGRE, rounds=rounds, seats_max=1)
    make_group(other, RIGA, rounds=rounds, seats_max=1)
    Group.objects.filter(pk=world.groups[0].pk).update(seats_max=1)
    funding.set_budget(world.rounds["IMK"], SCARCE_CENTS, by=SYSTEM)
    scene.choices = [(world.programme, world.groups[0]), (other, first)]
    scene.officers = [make_staff(number, "agency") for number in (11, 12)]
    scene.institution = make_staff(20, "institution")
    scene.everybody = [
        *scene.officers,
        scene.institution,
        make_staff(13, "agency", person=scene.people[0]),
        make_staff(21, "institution", person=scene.people[1]),
        make_staff(22, "institution", organisation="cita-skola"),
        make_staff(31, "ministry"),
        *(people.actor_of(person) for person in scene.people),
        SYSTEM,
    ]
    for person in scene.people:
        for scheme, (programme, group) in zip(SCHEMES, scene.choices, strict=True):
            draft = filled(person, scheme, programme=programme, group=group)
            one = operations.submit(draft, by=people.actor_of(person))
            if person != scene.people[-1]:
                operations.confirm(one, by=scene.officers[one.pk % 2])
    _learns(scene)
    return scene


def _learns(scene: Scene) -> None:
    """Applied forty days ago in an earlier round, was confirmed and admitted, signed; learns since five days."""
    round_ = make_round("MN", name="Iepriekšējā kārta", opened=-60, closes=-20)
    programme = make_programme("Vadība")
    starts_on = BEGIN.date() - timedelta(days=5)
    group = make_group(programme, RIGA, rounds=[round_], starts_on=starts_on)
    with time_machine.travel(BEGIN - timedelta(days=40), tick=False):
        learner = make_person(4)
        draft = scene.filled(learner, "MN", programme=programme, group=group)
        one = operations.submit(draft, by=people.actor_of(learner))
        operations.confirm(one, by=scene.officers[0])
        operations.admit(one, group, by=scene.institution)
        enrolments.enrol(
            one,
            contract_number="L-0",
            contract_on=BEGIN.date() - timedelta(days=40),
            by=scene.institution,
        )
    enrolments.pay_begun()
