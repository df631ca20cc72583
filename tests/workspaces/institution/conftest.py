"""An institution at work: confirmed applicants with their money held, groups, and browsers of those who work."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.applications.seating import Hall, make_hall
from tests.world import World, make_staff

from stars.actors.actor import Actor
from stars.applications import operations as applications
from stars.applications.models import Application
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment


@pytest.fixture
def hall(world: World) -> Hall:
    """The programme of the world with money in every round."""
    return make_hall(world)


@pytest.fixture
def officer(hall: Hall) -> Actor:
    """Somebody of the institution."""
    return hall.officer


@pytest.fixture
def desk(officer: Actor, at_work: Callable[[Actor], Client]) -> Client:
    """The officer's browser."""
    return at_work(officer)


@pytest.fixture
def other_desk(hall: Hall, at_work: Callable[[Actor], Client]) -> Client:
    """The browser of another institution's officer."""
    return at_work(make_staff(9, "institution", organisation="cits"))


@pytest.fixture
def begun(hall: Hall) -> Group:
    """A group that learns since a month."""
    today = clock.today()
    return hall.group(12, starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=10))


@pytest.fixture
def learner(hall: Hall, begun: Group) -> Callable[[], Enrolment]:
    """Makes somebody who learns in the begun group by a contract."""

    def make() -> Enrolment:
        admitted = applications.admit(hall.eligible(begun), begun, by=hall.officer)
        return enrolments.enrol(
            admitted,
            contract_number=f"L-{admitted.pk}",
            contract_on=clock.today() - timedelta(days=30),
            by=hall.officer,
        )

    return make


def ids(*people: Application) -> str:
    """The query that ticks these."""
    return "&".join(f"p={person.public_id}" for person in people)


def opened(desk: Client, address: str) -> dict[str, object]:
    """The form at the address as it would be sent when nothing is changed in it."""
    context = desk.get(address).context
    values = {name: context["form"][name].value() for name in context["form"].fields}
    return {name: value for name, value in values.items() if value is not None} | {"seen": context["seen"]}
