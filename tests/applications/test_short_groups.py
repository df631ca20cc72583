"""An institution learns in time, and once, that a group begins soon with fewer learners than it needs."""

from datetime import timedelta

import pytest
from tests.applications.seating import Hall, make_hall
from tests.world import World, make_staff

from stars.actors.actor import SYSTEM, NotPermitted
from stars.applications import operations as applications
from stars.applications.operations.short_groups import warn_of_short_groups
from stars.applications.queries.places import SHORT_WORKDAYS
from stars.applications.tasks import warn_of_short_groups as task
from stars.catalogue.models import Group
from stars.common import clock
from stars.common.workdays import add_workdays
from stars.notices.models import Delivery
from stars.organisations.models import Membership
from stars.people.models import Person

KIND = "short-group"


@pytest.fixture
def hall(world: World) -> Hall:
    made = make_hall(world)
    make_staff(2, "institution", role="admin")
    make_staff(3, "institution", organisation="cits")
    for person in Person.objects.filter(pk__in=Membership.objects.values("person")):
        person.email = f"{person.family_name.lower()}@iestade.example"
        person.save()
    return made


def soon(hall: Hall, *, workdays: int = SHORT_WORKDAYS, needed: int = 2, **values: object) -> Group:
    first = add_workdays(clock.today(), workdays)
    return hall.group(5, seats_min=needed, starts_on=first, ends_on=first + timedelta(days=30), **values)


def told() -> list[str]:
    return sorted(Delivery.objects.filter(kind=KIND).values_list("to_address", flat=True))


def test_each_member_is_told_once_for_each_group(hall: Hall) -> None:
    first = soon(hall)
    assert warn_of_short_groups(by=SYSTEM) == 2
    task()
    assert told() == ["nr1@iestade.example", "nr2@iestade.example"]
    letter = Delivery.objects.filter(kind=KIND)[0]
    assert f"/iestade/grupas/{first.pk}/" in letter.text
    assert first.name in letter.subject
    soon(hall, workdays=3)
    assert warn_of_short_groups(by=SYSTEM) == 2


def test_only_groups_that_begin_soon_and_lack_learners(hall: Hall) -> None:
    enough = soon(hall, needed=1)
    applications.admit(hall.eligible(enough), enough, by=hall.officer)
    soon(hall, workdays=SHORT_WORKDAYS + 1)
    soon(hall, status="cancelled")
    soon(hall, needed=0)
    begun = clock.today() - timedelta(days=1)
    hall.group(5, seats_min=2, starts_on=begun, ends_on=begun + timedelta(days=30))
    assert warn_of_short_groups(by=SYSTEM) == 0

    short = soon(hall, needed=2)
    applications.admit(hall.eligible(short), short, by=hall.officer)
    assert warn_of_short_groups(by=SYSTEM) == 2


def test_who_left_or_has_no_address_is_not_told(hall: Hall) -> None:
    soon(hall)
    Membership.objects.filter(person_id=hall.officer.person_id).update(ended_at=clock.now())
    Person.objects.filter(family_name="Nr2").update(email="")
    assert warn_of_short_groups(by=SYSTEM) == 0


def test_nobody_else_starts_the_job(hall: Hall) -> None:
    with pytest.raises(NotPermitted):
        warn_of_short_groups(by=hall.officer)
