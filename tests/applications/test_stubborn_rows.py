"""In no job does one row that always fails hold up those after it, and those that were done are not done again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.applications.seating import Hall, RunJobs, live, make_hall, me
from tests.factories.learning import returned
from tests.factories.people import PersonFactory
from tests.stubborn import refuse
from tests.world import World, make_staff

from stars.applications import operations, seat_tasks, tasks
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.catalogue.models import Group
from stars.common.rows import RowsFailed
from stars.enrolments import operations as enrolments
from stars.enrolments import tasks as of_learning
from stars.notices.models import Delivery
from stars.organisations.models import Membership
from stars.people.models import Person

LETTERS = "notices_delivery"


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def fails_twice(job: Callable[[], object]) -> None:
    """Both times the job says that one row failed."""
    for _ in range(2):
        with pytest.raises(RowsFailed, match=r"^1 failed"):
            job()


def said(kind: str) -> int:
    return Delivery.objects.filter(kind=kind).count()


def status(*applications: Application) -> list[str]:
    return [Application.objects.get(pk=each.pk).status for each in applications]


def waiting(hall: Hall, group: Group) -> Application:
    return operations.wait(hall.eligible(group), [group], by=hall.officer)


def test_corrections_lapse(catalogue_lists: None) -> None:
    stuck, other = (returned(PersonFactory(), days=-1) for _ in range(2))
    refuse(LETTERS, f"NEW.person_id = '{stuck.applicant_id}'")
    fails_twice(tasks.lapse_corrections)
    assert status(stuck, other) == [Status.RETURNED, Status.REFUSED]
    assert said("application.lapse") == 1


def test_reminders_go_out(catalogue_lists: None) -> None:
    stuck, _ = (returned(PersonFactory(), days=1) for _ in range(2))
    refuse(LETTERS, f"NEW.person_id = '{stuck.applicant_id}'")
    with time_machine.travel(timezone.now(), tick=False):
        fails_twice(tasks.remind)
    assert said("reminder.correction") == 1


def test_members_hear_of_a_short_group(hall: Hall) -> None:
    make_staff(2, "institution", role="admin")
    members = list(Person.objects.filter(pk__in=Membership.objects.values("person")).order_by("pk"))
    for number, person in enumerate(members):
        person.email = f"nr{number}@iestade.example"
        person.save()
    first = timezone.localdate() + timedelta(days=3)
    hall.group(5, seats_min=2, starts_on=first, ends_on=first + timedelta(days=30))
    refuse(LETTERS, f"NEW.kind = 'short-group' AND NEW.person_id = '{hall.officer.person_id}'")
    fails_twice(tasks.warn_of_short_groups)
    assert said("short-group") == 1


def test_offers_lapse_and_choices_end_and_seats_are_offered(hall: Hall, run_jobs: RunJobs) -> None:
    """What fails in one part of the job holds up neither its other rows nor the other parts."""
    groups = [hall.group(1) for _ in range(3)]
    stuck, unanswered, declined = (waiting(hall, group) for group in groups)
    run_jobs()
    operations.decline(declined, groups[2], by=me(declined))
    next_one = waiting(hall, groups[1])
    over = Application.objects.get(pk=declined.pk).regroup_due_at
    refuse(LETTERS, f"NEW.person_id = '{stuck.applicant_id}'")
    with time_machine.travel(over + timedelta(days=1), tick=False):
        fails_twice(seat_tasks.turn_of_seats)
    assert live(groups[0]) == [(1, "offered", stuck.pk)]
    assert live(groups[1]) == [(2, "offered", next_one.pk)]
    assert status(unanswered, declined) == [Status.ELIGIBLE, Status.REFUSED]


def test_people_of_a_cancelled_group_are_settled(hall: Hall) -> None:
    group = hall.group(3)
    stuck, other = (operations.admit(hall.eligible(group), group, by=hall.officer) for _ in range(2))
    refuse(LETTERS, f"NEW.person_id = '{stuck.applicant_id}'")
    with pytest.raises(RowsFailed, match=r"^1 failed"):
        enrolments.cancel_group(group, reason="Nav pasniedzēja", by=hall.officer)
    assert status(stuck, other) == [Status.ADMITTED, Status.ELIGIBLE]
    fails_twice(of_learning.settle_left)
    assert said("application.regroup") == 1
