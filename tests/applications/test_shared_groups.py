"""A group that several sources pay for has one pool of seats and one waiting list."""

import pytest
from tests.applications.seating import SUPPORT_CENTS, Hall, RunJobs, counted, live, make_hall, me, status
from tests.world import World

from stars.applications import operations
from stars.applications.enums import Status
from stars.catalogue.models import Group
from stars.funding.queries import budget_of

SOURCES = [("MN", "IMK"), ("IMK", "MN")]


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def test_people_of_both_sources_sit_in_one_group(hall: Hall) -> None:
    group = hall.group(2)
    seated = [
        operations.admit(hall.eligible(group, scheme=scheme), group, by=hall.officer)
        for scheme in ("MN", "IMK")
    ]

    assert [(one.scheme, one.status, one.group_id) for one in seated] == [
        ("MN", Status.ADMITTED, group.pk),
        ("IMK", Status.ADMITTED, group.pk),
    ]
    assert counted(group) == Group.objects.get(pk=group.pk).seats_taken == 2
    for one in seated:
        assert budget_of(one.round_id).committed_cents == SUPPORT_CENTS


@pytest.mark.parametrize(("first", "second"), SOURCES)
def test_the_last_seat_is_the_last_for_every_source(hall: Hall, first: str, second: str) -> None:
    group = hall.group(1)
    late = hall.eligible(group, scheme=second)
    operations.admit(hall.eligible(group, scheme=first), group, by=hall.officer)

    with pytest.raises(operations.NoSeatFree):
        operations.admit(late, group, by=hall.officer)

    assert (status(late), counted(group)) == (Status.ELIGIBLE, 1)


@pytest.mark.parametrize(("leaving", "following"), SOURCES)
def test_a_seat_freed_by_one_source_is_offered_to_whoever_is_next(
    hall: Hall, run_jobs: RunJobs, leaving: str, following: str
) -> None:
    group = hall.group(1)
    seated = operations.admit(hall.eligible(group, scheme=leaving), group, by=hall.officer)
    following_one, same_source = (hall.eligible(group, scheme=scheme) for scheme in (following, leaving))
    for one in (following_one, same_source):
        operations.wait(one, [group], by=hall.officer)

    operations.withdraw(seated, reason="time", by=me(seated))
    run_jobs()
    assert live(group) == [(1, "offered", following_one.pk), (2, "waiting", same_source.pk)]

    operations.accept(following_one, group, by=me(following_one))
    assert (status(following_one), status(same_source), counted(group)) == (
        Status.ADMITTED,
        Status.WAITING,
        1,
    )
