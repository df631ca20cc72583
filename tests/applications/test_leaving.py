"""Going: from every open state, with seat, place and money free again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.applications.seating import Hall, RunJobs, counted, interrupted_on, live, make_hall, me, status
from tests.world import World, past_the_table

from stars.actors.actor import NotPermitted
from stars.applications import operations
from stars.applications.enums import OPEN, Status
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application
from stars.applications.queries import consequence_of
from stars.funding.queries import budget_of


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def standing(hall: Hall, state: str, run_jobs: RunJobs) -> Application:
    """An application in the open state; "offered" is one that waits and has an offer."""
    group = hall.group(1)
    application = hall.eligible(group)
    if state in ("waiting", "offered"):
        operations.wait(application, [group], by=hall.officer)
    if state == "offered":
        run_jobs()
    if state == "admitted":
        operations.admit(application, group, by=hall.officer)
    if state == "submitted":
        with past_the_table():
            Application.objects.filter(pk=application.pk).update(status=state)
    if state == "returned":
        with past_the_table():
            Application.objects.filter(pk=application.pk).update(
                status=state, returned_fields=["email"], correction_due_at=timezone.now()
            )
    application.refresh_from_db()
    return application


STATES = [*OPEN, "offered"]
ACTIONS = {
    Status.SUBMITTED: "leave",
    Status.RETURNED: "leave",
    Status.ELIGIBLE: "leave",
    Status.WAITING: "leave-waiting",
    "offered": "leave-waiting",
    Status.ADMITTED: "leave-admission",
}


@pytest.mark.parametrize("state", STATES)
def test_before_the_round_closes_without_consequence(hall: Hall, run_jobs: RunJobs, state: str) -> None:
    application = standing(hall, state, run_jobs)
    group = hall.groups[0]

    operations.withdraw(application, reason="time", by=me(application))

    assert (status(application), counted(group), live(group)) == (Status.WITHDRAWN, 0, [])
    assert budget_of(application.round_id).committed_cents == 0
    assert interrupted_on(application) is None


@pytest.mark.parametrize("state", STATES)
def test_later_by_the_step_of_the_state(hall: Hall, run_jobs: RunJobs, state: str) -> None:
    application = standing(hall, state, run_jobs)
    group = hall.groups[0]

    for _ in range(2):
        operations.leave(application, reason="health", note="Slimnīca", by=me(application))

    application.refresh_from_db()
    assert (application.status, application.withdrawal_reason) == (Status.WITHDRAWN, "health")
    assert [entry.action for entry in application.decisions.all()] == [ACTIONS[state]]
    assert (counted(group), live(group)) == (0, [])
    assert budget_of(application.round_id).committed_cents == 0


def test_leaving_the_seat_offers_it_to_the_next(hall: Hall, run_jobs: RunJobs) -> None:
    admitted = standing(hall, "admitted", run_jobs)
    group = hall.groups[0]
    following = hall.eligible(group)
    operations.wait(following, [group], by=hall.officer)

    operations.leave(admitted, reason="work", by=me(admitted))
    run_jobs()

    assert live(group) == [(1, "offered", following.pk)]


@pytest.mark.parametrize("state", ["draft", "refused", "completed", "expelled"])
def test_what_is_not_open_is_not_left(hall: Hall, run_jobs: RunJobs, state: str) -> None:
    application = standing(hall, "admitted", run_jobs)
    values = (
        {"number": None, "submitted_at": None} if state == "draft" else {"ended_at": application.submitted_at}
    )
    with past_the_table():
        Application.objects.filter(pk=application.pk).update(status=state, **values)

    with pytest.raises(TransitionNotAllowed):
        operations.leave(application, reason="time", by=me(application))


def test_only_the_applicant_leaves(hall: Hall, run_jobs: RunJobs) -> None:
    application, other = standing(hall, "waiting", run_jobs), hall.eligible()

    for by in (me(other), hall.officer):
        with pytest.raises(NotPermitted):
            operations.leave(application, reason="time", by=by)
        with pytest.raises(NotPermitted):
            operations.withdraw(application, reason="time", by=by)


def test_the_page_may_say_what_leaving_costs(hall: Hall, run_jobs: RunJobs) -> None:
    application = standing(hall, "admitted", run_jobs)

    assert consequence_of(application).interrupts is False
    learning = consequence_of(application, learning=True)
    assert (learning.action, learning.interrupts, learning.months) == ("leave-learning", True, 6)


def test_after_the_round_closes_withdrawing_is_too_late_and_leaving_is_not(
    hall: Hall, run_jobs: RunJobs
) -> None:
    application = standing(hall, "admitted", run_jobs)

    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        with pytest.raises(operations.ApplicationPeriodOver):
            operations.withdraw(application, reason="time", by=me(application))
        operations.leave(application, reason="time", by=me(application))
    assert status(application) == Status.WITHDRAWN
