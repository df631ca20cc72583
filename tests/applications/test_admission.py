"""Admission, waiting list, refusal: what the institution decides, and what it may not."""

import pytest
from tests.applications.seating import Hall, RunJobs, counted, live, make_hall, me, status
from tests.world import World, make_group, make_programme, make_round, make_staff, past_the_table

from stars.actors.actor import NotPermitted, OutOfScope, OwnAffair
from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application, Decision, TimelineEntry
from stars.funding.queries import budget_of
from stars.notices.models import Delivery
from stars.people.models import Person


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def test_admission_takes_a_seat_and_tells_the_person(hall: Hall) -> None:
    group = hall.group(2)
    application = hall.eligible(group)

    admitted = operations.admit(application, group, by=hall.officer)

    group.refresh_from_db()
    assert (admitted.status, admitted.group_id, group.seats_taken) == (Status.ADMITTED, group.pk, 1)
    assert TimelineEntry.objects.get(application=application, action="admit").details["group"] == group.name
    assert Delivery.objects.get(person_id=application.applicant_id).to_address == application.email


def test_admitting_twice_is_admitting_once(hall: Hall) -> None:
    group = hall.group(2)
    application = hall.eligible(group)

    operations.admit(application, group, by=hall.officer)
    operations.admit(application, group, by=hall.officer)

    assert TimelineEntry.objects.filter(application=application, action="admit").count() == 1


def test_no_more_than_there_are_seats(hall: Hall) -> None:
    group = hall.group(1)
    operations.admit(hall.eligible(group), group, by=hall.officer)

    with pytest.raises(operations.NoSeatFree):
        operations.admit(hall.eligible(group), group, by=hall.officer)


@pytest.mark.parametrize("why", ["cancelled", "planned", "over", "unpaid", "another programme"])
def test_only_into_a_group_that_serves_the_application(hall: Hall, why: str) -> None:
    group = hall.group(1)
    application = hall.eligible(group)
    if why == "over":
        group.starts_on = group.ends_on = application.submitted_at.date().replace(year=2020)
    elif why == "unpaid":
        group.offers.filter(round__scheme="MN").delete()
    elif why == "another programme":
        group.programme = make_programme("Tīkli")
    else:
        group.status = why
    group.save()

    with pytest.raises(operations.GroupNotOpen):
        operations.admit(application, group, by=hall.officer)


def test_a_later_round_of_the_source_serves_too(hall: Hall) -> None:
    later = make_round("MN", name="2. kārta", opened=20, closes=40)
    group = make_group(hall.world.programme, "muni-0001000", rounds=[later])
    application = hall.eligible(group)

    assert operations.admit(application, group, by=hall.officer).status == Status.ADMITTED


def test_another_group_than_the_chosen_only_with_the_persons_choice(hall: Hall) -> None:
    chosen, other = hall.group(1), hall.group(1)
    application = hall.eligible(chosen)

    with pytest.raises(operations.NotChosen):
        operations.admit(application, other, by=hall.officer)

    operations.wait(application, [other], by=hall.officer)
    with pytest.raises(operations.NotChosen):
        operations.admit(application, other, by=hall.officer)


def test_who_joined_the_list_of_another_group_chose_it(hall: Hall) -> None:
    chosen, other = hall.group(1), hall.group(1)
    application = hall.eligible(chosen)
    operations.join(application, other, by=me(application))

    assert operations.admit(application, other, by=hall.officer).group_id == other.pk


def test_where_no_period_is_chosen_the_place_decides(world: World) -> None:
    hall = make_hall(world, scheme="IMK")
    here = hall.group(1)
    elsewhere = world.groups[1]
    application = hall.eligible()

    with pytest.raises(operations.NotChosen):
        operations.admit(application, elsewhere, by=hall.officer)
    assert operations.admit(application, here, by=hall.officer).group_id == here.pk


def test_the_free_seat_belongs_to_who_waits_longer(hall: Hall) -> None:
    group = hall.group(1)
    first, second = hall.eligible(group), hall.eligible(group)
    operations.wait(first, [group], by=hall.officer)

    with pytest.raises(operations.OthersWait):
        operations.admit(second, group, by=hall.officer)
    assert operations.admit(first, group, by=hall.officer).status == Status.ADMITTED


def test_admission_closes_the_other_places_and_passes_on_what_they_held(
    hall: Hall, run_jobs: RunJobs
) -> None:
    one, other = hall.group(1), hall.group(1)
    first, second = hall.eligible(one), hall.eligible(one)
    operations.wait(first, [one, other], by=hall.officer)
    operations.wait(second, [one], by=hall.officer)
    run_jobs()
    offered = first.places.get(state="offered")
    assert offered.group_id == one.pk

    operations.admit(first, one, by=hall.officer)
    run_jobs()

    assert sorted(first.places.values_list("state", flat=True)) == ["accepted", "closed"]
    assert [state for _, state, _ in live(one)] == ["waiting"]
    assert (counted(one), counted(other)) == (1, 0)


def test_ranks_count_on_and_nobody_stands_twice(hall: Hall) -> None:
    group = hall.group(1)
    operations.admit(hall.eligible(group), group, by=hall.officer)
    waiting = [hall.eligible(group) for _ in range(3)]
    for application in [*waiting, waiting[0]]:
        operations.wait(application, [group], by=hall.officer)

    assert live(group) == [
        (rank, "waiting", application.pk) for rank, application in enumerate(waiting, start=1)
    ]


def test_not_admitted_with_a_reason_and_the_money_is_free(hall: Hall) -> None:
    group = hall.group(1)
    application = hall.eligible(group)
    operations.wait(application, [group], by=hall.officer)
    before = budget_of(application.round_id).committed_cents

    refused = operations.not_admit(application, reasons=["no-seats"], note="Pilna.", by=hall.officer)

    assert (refused.status, refused.ended_at is not None) == (Status.REFUSED, True)
    assert Decision.objects.get(application=application, action="not-admit").reasons == ["no-seats"]
    assert live(group) == []
    assert (before, budget_of(application.round_id).committed_cents) == (36_000, 0)


@pytest.mark.parametrize("reasons", [[], ["invented"], ["no-seats", "<script>"]])
def test_not_admitted_needs_a_reason_of_the_list(hall: Hall, reasons: list[str]) -> None:
    group = hall.group(1)

    with pytest.raises(operations.ReasonOwed):
        operations.not_admit(hall.eligible(group), reasons=reasons, by=hall.officer)


@pytest.mark.parametrize("state", ["submitted", "completed", "withdrawn", "draft"])
def test_only_confirmed_applications_are_admitted(hall: Hall, state: str) -> None:
    group = hall.group(1)
    application = hall.eligible(group)
    values = {"draft": {"number": None, "submitted_at": None}, "submitted": {}}.get(
        state, {"ended_at": application.submitted_at}
    )
    if state == "withdrawn":
        values["withdrawal_reason"] = "time"
    with past_the_table():
        Application.objects.filter(pk=application.pk).update(status=state, **values)

    with pytest.raises(TransitionNotAllowed):
        operations.admit(application, group, by=hall.officer)


def test_another_institution_admits_nobody_here(hall: Hall) -> None:
    group = hall.group(1)
    stranger = make_staff(2, "institution", organisation="cits-tehnikums")

    for attempt in (
        lambda: operations.admit(hall.eligible(group), group, by=stranger),
        lambda: operations.wait(hall.eligible(group), [group], by=stranger),
        lambda: operations.not_admit(hall.eligible(group), reasons=["other"], by=stranger),
        lambda: operations.offer_freed_seats(group, by=stranger),
    ):
        with pytest.raises(OutOfScope):
            attempt()


def test_nobody_decides_on_their_own_application(hall: Hall) -> None:
    group = hall.group(1)
    application = hall.eligible(group)
    Application.objects.filter(pk=application.pk).update(
        applicant=Person.objects.get(pk=hall.officer.person_id)
    )

    for attempt in (
        lambda: operations.admit(application, group, by=hall.officer),
        lambda: operations.wait(application, [group], by=hall.officer),
        lambda: operations.not_admit(application, reasons=["other"], by=hall.officer),
    ):
        with pytest.raises(OwnAffair):
            attempt()


def test_the_applicant_does_not_admit(hall: Hall) -> None:
    group = hall.group(1)
    application = hall.eligible(group)

    with pytest.raises(NotPermitted):
        operations.admit(application, group, by=me(application))
    assert status(application) == Status.ELIGIBLE
