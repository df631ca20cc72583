"""Groups with few seats, and people whose applications are confirmed and for whom money is held."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.factories import ApplicationFactory
from tests.world import RIGA, World, make_group, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.applications.enums import LIVE_PLACES, Status
from stars.applications.models import Application, WaitingPlace
from stars.applications.queries import facts_about
from stars.catalogue.models import Group
from stars.common import clock
from stars.funding import operations as funding
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

SUPPORT_CENTS = 36_000
BUDGET_CENTS = 100_000_000
PROMISED = {
    "programme": "Datu analīze",
    "institution": "Daugavas tehnikums",
    "place": "Rīga",
    "address": "",
    "starts_on": "2027-01-12",
    "ends_on": "2027-03-20",
    "hours": 72,
    "price_cents": 40_000,
    "copayment_cents": 4_000,
    "low_income_copayment_cents": 0,
    "document": "Moduļa apliecība",
    "round": "1. kārta",
    "rules_version": "MN-2026-1",
}


@dataclass
class Hall:
    """The institution's programme, an officer of it, and who applies for it."""

    world: World
    officer: Actor
    scheme: str = "MN"
    groups: list[Group] = field(default_factory=list)

    def group(self, seats: int, **values: object) -> Group:
        """One more group of the programme, with so many seats."""
        made = make_group(
            self.world.programme, RIGA, rounds=list(self.world.rounds.values()), seats_max=seats, **values
        )
        self.groups.append(made)
        return made

    def eligible(self, group: Group | None = None, *, scheme: str = "") -> Application:
        """A confirmed application that names the group, with its money held."""
        scheme = scheme or self.scheme
        made = ApplicationFactory(
            eligible=True,
            scheme=scheme,
            programme=self.world.programme,
            round=self.world.rounds[scheme],
            group=group,
            support_cents=SUPPORT_CENTS,
            promised=PROMISED,
        )
        funding.hold(
            application_number=made.number,
            programme="Datu analīze",
            person=made.applicant,
            round=made.round,
            scheme=scheme,
            amount_cents=SUPPORT_CENTS,
            reference=f"confirm:{made.pk}",
            by=SYSTEM,
        )
        return made


def make_hall(world: World, *, scheme: str = "MN") -> Hall:
    """The world's programme with money in every round."""
    for round_ in world.rounds.values():
        funding.set_budget(round_, BUDGET_CENTS, by=SYSTEM)
    return Hall(world, make_staff(1, "institution"), scheme)


def me(application: Application) -> Actor:
    """The applicant as the one who acts."""
    return people.actor_of(application.applicant)


def live(group: Group) -> list[tuple[int, str, int]]:
    """(rank, state, application) of the group's live places, by rank."""
    places = WaitingPlace.objects.filter(group=group, state__in=LIVE_PLACES).order_by("rank")
    return [(place.rank, place.state, place.application_id) for place in places]


def seats_held() -> Counter[int]:
    """Seats that are really held in each group, by its key: admitted, completed and offered."""
    seated = Application.objects.filter(status__in=[Status.ADMITTED, Status.COMPLETED])
    offered = WaitingPlace.objects.filter(state="offered")
    return Counter(key for rows in (seated, offered) for key in rows.values_list("group", flat=True))


def counted(group: Group) -> int:
    """Seats that are really held in the group."""
    return seats_held()[group.pk]


def status(application: Application) -> str:
    """As it stands in the database."""
    return Application.objects.get(pk=application.pk).status


RunJobs = Callable[[], list[str]]


def interrupted_on(application: Application) -> date | None:
    """From which day the applicant's waiting period after an interruption counts, as the rules see it now."""
    person, scheme = Person.objects.get(pk=application.applicant_id), SchemeCode(application.scheme)
    return facts_about(person, application.programme, scheme, at=clock.now()).interrupted_on
