"""Waiting lists and offers: who is next, until when, and what follows from each answer."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.applications.seating import Hall, RunJobs, counted, live, make_hall, me, status
from tests.world import World, make_round

from stars.actors.actor import SYSTEM, NotPermitted
from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.models import Application, TimelineEntry, WaitingPlace
from stars.applications.operations.offers import OfferInUse, remove_offer
from stars.applications.queries.places import choices_for, places_of, usual_wait
from stars.catalogue.models import Group, GroupOffer
from stars.common import clock
from stars.common.workdays import deadline
from stars.funding.queries import budget_of
from stars.notices.models import Delivery


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def waiting(hall: Hall, *groups: Group) -> Application:
    """Somebody on the lists of these groups."""
    made = hall.eligible(groups[0])
    return operations.wait(made, groups, by=hall.officer)


def full(hall: Hall) -> tuple[Group, Application]:
    """A group with one seat, and who has it."""
    group = hall.group(1)
    return group, operations.admit(hall.eligible(group), group, by=hall.officer)


def test_the_source_pays_on_for_a_group_in_whose_list_somebody_waits(hall: Hall, run_jobs: RunJobs) -> None:
    """Else a seat would be offered and accepted for which nobody pays."""
    chosen, other = hall.group(1), hall.group(1)
    application = waiting(hall, chosen, other)
    paid = GroupOffer.objects.get(group=other, round=application.round)
    unused = GroupOffer.objects.get(group=other, round=hall.world.rounds["IMK"])
    again = GroupOffer.objects.create(
        group=other, round=make_round("MN", name="2. kārta"), price_cents=40_000, copayment_cents=4_000
    )

    remove_offer(unused, by=SYSTEM)
    remove_offer(again, by=SYSTEM)
    with pytest.raises(OfferInUse):
        remove_offer(paid, by=SYSTEM)
    operations.give_up_place(application, other, by=me(application))
    remove_offer(paid, by=SYSTEM)


def test_a_freed_seat_is_offered_to_the_next_for_two_workdays(hall: Hall, run_jobs: RunJobs) -> None:
    group, seated = full(hall)
    first, second = waiting(hall, group), waiting(hall, group)

    operations.withdraw(seated, reason="time", by=me(seated))
    run_jobs()

    assert live(group) == [(1, "offered", first.pk), (2, "waiting", second.pk)]
    place = WaitingPlace.objects.get(application=first)
    assert place.offer_due_at == deadline(place.offered_at, 2)
    line = TimelineEntry.objects.get(application=first, action="offered")
    assert datetime.fromisoformat(line.details["due"]) == place.offer_due_at
    assert Delivery.objects.filter(person_id=first.applicant_id).count() == 2
    assert counted(group) == 1


def test_offering_again_offers_nothing(hall: Hall, run_jobs: RunJobs) -> None:
    group = hall.group(2)
    for _ in range(3):
        waiting(hall, group)
    run_jobs()

    assert [state for _, state, _ in live(group)] == ["offered", "offered", "waiting"]
    assert operations.offer_freed_seats(group, by=SYSTEM) == 0


def test_who_has_an_offer_elsewhere_is_passed_over_and_keeps_the_place(hall: Hall, run_jobs: RunJobs) -> None:
    one, other = hall.group(1), hall.group(1)
    first = waiting(hall, one, other)
    run_jobs()
    second = waiting(hall, other, one)
    run_jobs()

    assert live(one) == [(1, "offered", first.pk), (2, "waiting", second.pk)]
    assert live(other) == [(1, "waiting", first.pk), (2, "offered", second.pk)]

    operations.decline(first, one, by=me(first))
    run_jobs()
    assert live(one) == [(2, "waiting", second.pk)]
    operations.decline(second, other, by=me(second))
    run_jobs()
    assert live(one) == [(2, "offered", second.pk)]
    assert live(other) == [(1, "offered", first.pk)]


def test_who_loses_an_offer_with_its_group_is_offered_the_free_seat_of_another(
    hall: Hall, run_jobs: RunJobs
) -> None:
    doomed, other = hall.group(1), hall.group(1)
    application = waiting(hall, doomed)
    run_jobs()
    operations.wait(application, [other], by=hall.officer)
    run_jobs()
    assert live(doomed) + live(other) == [(1, "offered", application.pk), (1, "waiting", application.pk)]
    operations.regroup(application, doomed, by=hall.officer)
    run_jobs()
    assert live(doomed) + live(other) == [(1, "offered", application.pk)]


def test_accepting_admits_and_closes_the_rest(hall: Hall, run_jobs: RunJobs) -> None:
    one, (other, _) = hall.group(1), full(hall)
    application = waiting(hall, one, other)
    run_jobs()

    admitted = operations.accept(application, one, by=me(application))
    again = operations.accept(application, one, by=me(application))

    assert (admitted.status, again.status, admitted.group_id) == (Status.ADMITTED, Status.ADMITTED, one.pk)
    assert sorted(application.places.values_list("state", flat=True)) == ["accepted", "closed"]
    assert counted(one) == Group.objects.get(pk=one.pk).seats_taken == 1
    assert TimelineEntry.objects.filter(application=application, action="accept").count() == 1


def test_declining_passes_the_seat_on_and_another_group_may_be_chosen(hall: Hall, run_jobs: RunJobs) -> None:
    group = hall.group(1)
    first, second = waiting(hall, group), waiting(hall, group)
    run_jobs()

    operations.decline(first, group, by=me(first))
    operations.decline(first, group, by=me(first))
    run_jobs()

    assert live(group) == [(2, "offered", second.pk)]
    first.refresh_from_db()
    assert (first.status, first.regroup_due_at) == (Status.ELIGIBLE, deadline(clock.now(), 5))
    assert TimelineEntry.objects.filter(application=first, action="declined").count() == 1


def test_who_chooses_no_other_group_in_time_is_not_admitted(hall: Hall, run_jobs: RunJobs) -> None:
    group = hall.group(1)
    application = waiting(hall, group)
    run_jobs()
    operations.decline(application, group, by=me(application))
    application.refresh_from_db()

    with time_machine.travel(application.regroup_due_at + timedelta(minutes=1), tick=False):
        assert (operations.lapse_regroups(), operations.lapse_regroups()) == (1, 0)

    assert status(application) == Status.REFUSED
    assert application.decisions.get(action="not-admit").reasons == ["no-place-left"]
    assert budget_of(application.round_id).committed_cents == 0


def test_an_unanswered_offer_lapses_and_goes_on(hall: Hall, run_jobs: RunJobs) -> None:
    group = hall.group(1)
    first, second = waiting(hall, group), waiting(hall, group)
    run_jobs()
    due = WaitingPlace.objects.get(application=first).offer_due_at

    with time_machine.travel(due, tick=False):
        assert operations.lapse_offers() == 0
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        with pytest.raises(operations.OfferOver):
            operations.accept(first, group, by=me(first))
        assert (operations.lapse_offers(), operations.lapse_offers()) == (1, 0)
        run_jobs()

    assert live(group) == [(2, "offered", second.pk)]
    assert TimelineEntry.objects.filter(application=first, action="offer-lapsed").count() == 1


def test_giving_up_a_place_keeps_the_others(hall: Hall) -> None:
    (one, _), (other, _) = full(hall), full(hall)
    application = waiting(hall, one, other)

    operations.give_up_place(application, one, by=me(application))
    operations.give_up_place(application, one, by=me(application))

    assert (live(one), len(live(other)), status(application)) == ([], 1, Status.WAITING)


def test_joining_another_list_and_joining_twice(hall: Hall) -> None:
    (one, _), (other, _) = full(hall), full(hall)
    application = hall.eligible(one)
    for group in (one, other, other):
        operations.join(application, group, by=me(application))

    assert (len(live(one)), len(live(other)), status(application)) == (1, 1, Status.WAITING)


def test_a_seat_is_not_accepted_without_an_offer(hall: Hall) -> None:
    group, _ = full(hall)
    application = waiting(hall, group)

    with pytest.raises(operations.OfferOver):
        operations.accept(application, group, by=me(application))
    with pytest.raises(operations.OfferOver):
        operations.decline(application, group, by=me(application))


def test_an_offer_of_a_cancelled_group_is_not_accepted(hall: Hall, run_jobs: RunJobs) -> None:
    group = hall.group(1)
    application = waiting(hall, group)
    run_jobs()
    Group.objects.filter(pk=group.pk).update(status="cancelled")

    with pytest.raises(operations.GroupNotOpen):
        operations.accept(application, group, by=me(application))


def test_nothing_is_offered_once_learning_has_begun(hall: Hall, run_jobs: RunJobs) -> None:
    group, seated = full(hall)
    application = waiting(hall, group)
    operations.withdraw(seated, reason="time", by=me(seated))

    with time_machine.travel(timezone.now() + timedelta(days=41), tick=False):
        run_jobs()
        assert [state for _, state, _ in live(group)] == ["waiting"]
        assert (operations.close_begun_lists(), operations.close_begun_lists()) == (1, 0)

    assert (live(group), status(application)) == ([], Status.ELIGIBLE)


@pytest.mark.parametrize("what", ["join", "accept", "decline", "give_up_place"])
def test_only_the_applicant_answers(hall: Hall, run_jobs: RunJobs, what: str) -> None:
    group = hall.group(2)
    application, stranger = waiting(hall, group), waiting(hall, group)
    run_jobs()

    for by in (me(stranger), hall.officer):
        with pytest.raises(NotPermitted):
            getattr(operations, what)(application, group, by=by)


def test_position_and_measured_time(hall: Hall, run_jobs: RunJobs) -> None:
    group, seated = full(hall)
    first, second = waiting(hall, group), waiting(hall, group)
    assert [line.position for line in places_of(second)] == [2]
    assert places_of(second)[0].usual_days is None

    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        operations.withdraw(seated, reason="time", by=me(seated))
        run_jobs()
        operations.accept(first, group, by=me(first))
        run_jobs()
        assert usual_wait(hall.world.programme) == 6
        assert [(line.position, line.usual_days) for line in places_of(second)] == [(1, 6)]


def test_groups_to_choose_from_say_how_many_wait(hall: Hall) -> None:
    chosen, (taken, _) = hall.group(3), full(hall)
    waiting(hall, taken)
    application = waiting(hall, chosen)

    found = {choice.group.pk: (choice.is_free, choice.waiting) for choice in choices_for(application)}
    assert found == {taken.pk: (False, 1), **{group.pk: (True, 0) for group in hall.world.groups}}


@given(days=st.integers(0, 800), workdays=st.integers(1, 10))
def test_deadlines_fall_on_workdays_and_never_earlier(days: int, workdays: int) -> None:
    moment = datetime(2026, 1, 1, 12, tzinfo=timezone.get_default_timezone()) + timedelta(days=days)
    due = timezone.localtime(deadline(moment, workdays))
    assert due.weekday() < 5
    assert due.date() - moment.date() >= timedelta(days=workdays)
