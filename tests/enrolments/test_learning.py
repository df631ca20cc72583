"""From the contract to the document, and everything that may come between."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.applications.seating import (
    SUPPORT_CENTS,
    Hall,
    RunJobs,
    counted,
    interrupted_on,
    live,
    make_hall,
    me,
    status,
)
from tests.stubborn import refuse
from tests.world import World, make_staff

from stars.actors.actor import SYSTEM, OutOfScope, OwnAffair
from stars.applications import operations as applications
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.queries import facts_about, findings_for
from stars.catalogue.models import Group
from stars.common.rows import RowsFailed
from stars.enrolments import operations, queries
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.funding import operations as funding
from stars.funding.models import LedgerEntry
from stars.funding.queries import budget_of
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.parameters import PaysOn


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


@pytest.fixture
def group(hall: Hall) -> Group:
    return hall.group(2)


@pytest.fixture
def admitted(hall: Hall, group: Group) -> Application:
    return applications.admit(hall.eligible(group), group, by=hall.officer)


def today() -> date:
    return timezone.localdate()


def enrol(hall: Hall, application: Application, **values: object) -> Enrolment:
    """A contract of today."""
    given = {"contract_number": "L-1", "contract_on": today(), "by": hall.officer, **values}
    return operations.enrol(application, **given)


def travel(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def committed(application: Application) -> int:
    return budget_of(application.round_id).committed_cents


def test_contract_and_copayment_are_noted_and_corrected(hall: Hall, admitted: Application) -> None:
    noted = enrol(hall, admitted, copayment_paid_cents=4_000, copayment_paid_on=today())
    again = enrol(hall, admitted, contract_number=" L-2 ")

    assert (noted.pk, again.contract_number, again.copayment_paid_cents) == (again.pk, "L-2", 0)
    assert (again.hours_planned, again.person_id, again.group_id) == (
        72,
        admitted.applicant_id,
        admitted.group_id,
    )
    assert noted.status == EnrolmentStatus.LEARNING


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"contract_number": "  "}, operations.ContractMissing),
        ({"contract_on": date(2100, 1, 1)}, operations.ContractMissing),
        ({"copayment_paid_cents": 100}, operations.DayImpossible),
        ({"copayment_paid_cents": -1, "copayment_paid_on": date(2026, 1, 1)}, operations.DayImpossible),
        ({"copayment_paid_cents": 1, "copayment_paid_on": date(2100, 1, 1)}, operations.DayImpossible),
    ],
)
def test_no_learning_without_a_whole_contract(
    hall: Hall, admitted: Application, values: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        enrol(hall, admitted, **values)
    assert Enrolment.objects.exists() is False


def test_only_the_admitted_sign(hall: Hall, group: Group) -> None:
    with pytest.raises(operations.NotAdmitted):
        enrol(hall, hall.eligible(group))


def test_hours_stay_within_the_programme(hall: Hall, admitted: Application) -> None:
    enrolment = enrol(hall, admitted)
    assert operations.note_attendance(enrolment, hours=72, by=hall.officer).hours_attended == 72
    for hours in (-1, 73):
        with pytest.raises(operations.HoursImpossible):
            operations.note_attendance(enrolment, hours=hours, by=hall.officer)


@pytest.mark.parametrize("outcome", [{"grade": 10}, {"grade": 1}, {"passed": True}])
def test_completion_pays_and_is_remembered(
    hall: Hall, admitted: Application, outcome: dict[str, object]
) -> None:
    enrolment = enrol(hall, admitted)
    with travel(95):
        done = operations.complete(
            enrolment, document_number="A 1", document_on=today(), by=hall.officer, **outcome
        )

        assert (done.status, status(admitted)) == ("completed", Status.COMPLETED)
        person = Person.objects.get(pk=admitted.applicant_id)
        facts = facts_about(person, admitted.programme, SchemeCode("MN"), at=timezone.now())
    assert facts.has_learned_programme is True
    assert committed(admitted) == SUPPORT_CENTS
    assert funding.release(admitted.number, reference="again", reason="", by=SYSTEM) == 0


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"document_number": " "}, operations.OutcomeMissing),
        ({"grade": None}, operations.OutcomeMissing),
        ({"grade": None, "passed": False}, operations.OutcomeMissing),
        ({"grade": 0}, operations.OutcomeMissing),
        ({"grade": 11}, operations.OutcomeMissing),
        ({"document_on": date(2100, 1, 1)}, operations.DayImpossible),
        ({"document_on": date(2020, 1, 1)}, operations.DayImpossible),
    ],
)
def test_completion_needs_document_and_outcome(
    hall: Hall, admitted: Application, values: dict[str, object], refusal: type[Exception]
) -> None:
    enrolment = enrol(hall, admitted)
    with travel(95):
        given = {"document_number": "A 1", "document_on": today(), "grade": 7, **values}
        with pytest.raises(refusal):
            operations.complete(enrolment, by=hall.officer, **given)
    assert status(admitted) == Status.ADMITTED


def test_nothing_follows_an_end(hall: Hall, admitted: Application) -> None:
    enrolment = enrol(hall, admitted)
    with travel(50):
        operations.expel(enrolment, reason="absence", on=today(), by=hall.officer)
        for attempt in (
            lambda: operations.expel(enrolment, reason="absence", on=today(), by=hall.officer),
            lambda: operations.note_attendance(enrolment, hours=1, by=hall.officer),
            lambda: operations.complete(
                enrolment, document_number="A", document_on=today(), grade=5, by=hall.officer
            ),
        ):
            with pytest.raises(operations.NotLearning):
                attempt()
        with pytest.raises(operations.NotAdmitted):
            enrol(hall, admitted)


def test_expulsion_frees_the_money_and_begins_the_waiting_period(hall: Hall, admitted: Application) -> None:
    enrolment = enrol(hall, admitted)
    with travel(50):
        day = today()
        operations.expel(enrolment, reason="failure", on=day, note="Nav ieskaišu.", by=hall.officer)

    assert (status(admitted), committed(admitted)) == (Status.EXPELLED, 0)
    assert interrupted_on(admitted) == day


@pytest.mark.parametrize(
    "values", [{"reason": "invented"}, {"reason": ""}, {"on": date(2100, 1, 1)}, {"on": date(2020, 1, 1)}]
)
def test_expulsion_needs_reason_and_day(hall: Hall, admitted: Application, values: dict[str, object]) -> None:
    enrolment = enrol(hall, admitted)
    with pytest.raises((operations.OutcomeMissing, operations.DayImpossible)):
        operations.expel(enrolment, by=hall.officer, **{"reason": "absence", "on": today(), **values})


def test_the_rules_say_what_expulsion_and_leaving_cost(
    hall: Hall, group: Group, rules: Callable[..., None]
) -> None:
    rules(expulsion_percent=50, leaving_percent=25)
    one, other = (applications.admit(hall.eligible(group), group, by=hall.officer) for _ in range(2))
    expelled = enrol(hall, one)
    enrol(hall, other)
    with travel(50):
        operations.expel(expelled, reason="absence", on=today(), by=hall.officer)
        operations.leave(other, reason="work", by=me(other))

    assert committed(one) == SUPPORT_CENTS // 2 + SUPPORT_CENTS // 4


def test_who_cannot_be_paid_for_holds_up_nobody(hall: Hall, rules: Callable[..., None]) -> None:
    rules(pays_on=PaysOn.START)
    group = hall.group(3)
    stuck, other = (
        enrol(hall, applications.admit(hall.eligible(group), group, by=hall.officer)) for _ in range(2)
    )
    refuse("funding_ledgerentry", f"NEW.reference = 'start:{stuck.pk}'")
    with travel(41):
        for _ in range(2):
            with pytest.raises(RowsFailed, match=r"^1 failed"):
                operations.pay_begun()
    paid = LedgerEntry.objects.filter(reference__startswith="start:").values_list("reference", flat=True)
    assert set(paid) == {f"start:{other.pk}", f"start:{other.pk}:release"}


@pytest.fixture
def start_pays(rules: Callable[..., None]) -> None:
    """Whoever applies from now on is paid for when the learning begins."""
    rules(pays_on=PaysOn.START)


def test_where_the_start_pays_it_pays_once(hall: Hall, start_pays: None, admitted: Application) -> None:
    enrolment = enrol(hall, admitted)
    assert operations.pay_begun() == 0
    with travel(41):
        assert (operations.pay_begun(), operations.pay_begun()) == (1, 1)
        operations.expel(enrolment, reason="absence", on=today(), by=hall.officer)
    assert committed(admitted) == SUPPORT_CENTS


def test_a_contract_after_the_start_pays_at_once(hall: Hall, start_pays: None, admitted: Application) -> None:
    with travel(45):
        enrol(hall, admitted)
    assert funding.release(admitted.number, reference="again", reason="", by=SYSTEM) == 0
    assert committed(admitted) == SUPPORT_CENTS


def verdict(application: Application, rule: str) -> str:
    """How the rule would come out if the applicant applied now."""
    person, scheme = Person.objects.get(pk=application.applicant_id), SchemeCode(application.scheme)
    found = findings_for(person, application.programme, scheme, at=timezone.now())
    return next(finding.verdict.value for finding in found if finding.code == rule)


def test_the_waiting_period_counts_from_the_day_of_the_expulsion_not_of_its_noting(
    hall: Hall, admitted: Application
) -> None:
    enrolment = enrol(hall, admitted)
    with travel(70):
        day = today() - timedelta(days=20)
        operations.expel(enrolment, reason="absence", on=day, note="", by=hall.officer)
        assert interrupted_on(admitted) == day
        assert verdict(admitted, "after-interruption") == "not-met"
    # Half a year after the day itself; the day of the noting would be later.
    with time_machine.travel(datetime.combine(day, time(12), UTC) + timedelta(days=186), tick=False):
        assert verdict(admitted, "after-interruption") == "met"


def test_later_rules_do_not_change_whether_a_leaving_interrupted(
    hall: Hall, group: Group, rules: Callable[..., None]
) -> None:
    left = applications.admit(hall.eligible(group), group, by=hall.officer)
    enrol(hall, left)
    with travel(50):
        operations.leave(left, reason="work", by=me(left))
        rules(leaving_learning_interrupts=False)
    with travel(51):
        assert interrupted_on(left) is not None


def test_the_rules_under_which_one_applied_say_whether_leaving_interrupts(
    hall: Hall, group: Group, rules: Callable[..., None]
) -> None:
    rules(leaving_learning_interrupts=False)
    left = applications.admit(hall.eligible(group), group, by=hall.officer)
    enrol(hall, left)
    with travel(50):
        operations.leave(left, reason="work", by=me(left))
        rules(leaving_learning_interrupts=True)
        assert interrupted_on(left) is None


def test_after_completing_the_waiting_period_counts_from_the_document(
    hall: Hall, admitted: Application
) -> None:
    enrolment = enrol(hall, admitted)
    with travel(110):
        day = today() - timedelta(days=10)
        operations.complete(enrolment, document_number="A 1", document_on=day, grade=8, by=hall.officer)
        assert verdict(admitted, "after-completion") == "not-met"
    with time_machine.travel(datetime.combine(day, time(12), UTC) + timedelta(days=32), tick=False):
        assert verdict(admitted, "after-completion") == "met"


def test_leaving_learning_interrupts_and_leaving_before_it_does_not(hall: Hall, group: Group) -> None:
    one, other = (applications.admit(hall.eligible(group), group, by=hall.officer) for _ in range(2))
    enrol(hall, one)
    enrol(hall, other)
    operations.leave(one, reason="work", by=me(one))
    with travel(50):
        operations.leave(other, reason="work", by=me(other))

    assert [entry.action for entry in one.decisions.all()] == ["leave-admission"]
    assert [entry.action for entry in other.decisions.all()] == ["leave-learning"]
    assert interrupted_on(one) is None
    assert interrupted_on(other) is not None
    assert set(Enrolment.objects.values_list("status", flat=True)) == {"left"}


def test_withdrawing_while_the_round_is_open_ends_a_contract_too(hall: Hall, admitted: Application) -> None:
    enrol(hall, admitted)
    operations.withdraw(admitted, reason="time", by=me(admitted))

    assert (status(admitted), Enrolment.objects.get().status) == (Status.WITHDRAWN, "left")


def test_too_late_to_withdraw_keeps_the_contract(hall: Hall, admitted: Application) -> None:
    enrol(hall, admitted)
    with travel(11), pytest.raises(applications.ApplicationPeriodOver):
        operations.withdraw(admitted, reason="time", by=me(admitted))
    assert Enrolment.objects.get().status == "learning"


def test_strangers_and_oneself_note_nothing(hall: Hall, admitted: Application) -> None:
    stranger = make_staff(2, "institution", organisation="cits")
    enrolment = enrol(hall, admitted)
    for attempt in (
        lambda: enrol(hall, admitted, by=stranger),
        lambda: operations.note_attendance(enrolment, hours=1, by=stranger),
        lambda: operations.expel(enrolment, reason="absence", on=today(), by=stranger),
        lambda: operations.complete(
            enrolment, document_number="A", document_on=today(), grade=5, by=stranger
        ),
        lambda: operations.cancel_group(admitted.group, reason="Slims pasniedzējs", by=stranger),
    ):
        with pytest.raises(OutOfScope):
            attempt()
    Application.objects.update(applicant=Person.objects.get(pk=hall.officer.person_id))
    with pytest.raises(OwnAffair):
        operations.note_attendance(enrolment, hours=1, by=hall.officer)


def test_a_group_cancelled_before_the_start_lets_its_people_choose(
    hall: Hall, group: Group, admitted: Application, run_jobs: RunJobs
) -> None:
    enrol(hall, admitted)
    waiting, chosen = hall.eligible(group), hall.eligible(group)
    applications.admit(hall.eligible(group), group, by=hall.officer)
    applications.wait(waiting, [group], by=hall.officer)

    for _ in range(2):
        operations.cancel_group(group, reason="Pasniedzējs saslima", by=hall.officer)
    run_jobs()

    assert [status(one) for one in (admitted, waiting, chosen)] == [Status.ELIGIBLE] * 3
    admitted.refresh_from_db()
    assert (admitted.group_id, admitted.regroup_due_at is not None) == (None, True)
    assert admitted.decisions.get(action="regroup").note == "Pasniedzējs saslima"
    assert admitted.decisions.get(action="regroup").reasons == ["group-cancelled"]
    assert (counted(group), live(group), Enrolment.objects.get().status) == (0, [], "ended")
    assert committed(admitted) == 4 * SUPPORT_CENTS

    other = hall.world.groups[0]
    applications.accept(admitted, other, by=me(admitted))
    enrol(hall, admitted)
    assert (status(admitted), Enrolment.objects.get().group_id) == (Status.ADMITTED, other.pk)


def test_who_chooses_no_other_group_is_not_admitted_for_the_same_reason(
    hall: Hall, group: Group, admitted: Application
) -> None:
    operations.cancel_group(group, reason="Par maz", not_formed=True, by=hall.officer)
    with travel(15):
        assert applications.lapse_regroups() == 1
    assert admitted.decisions.get(action="not-admit").reasons == ["group-not-formed"]
    assert committed(admitted) == 0


def test_joining_a_list_in_time_keeps_the_application(
    hall: Hall, group: Group, admitted: Application
) -> None:
    operations.cancel_group(group, reason="Par maz", not_formed=True, by=hall.officer)
    other = hall.group(1)
    applications.admit(hall.eligible(other), other, by=hall.officer)
    with pytest.raises(applications.NoSeatFree):
        applications.accept(admitted, other, by=me(admitted))
    applications.join(admitted, other, by=me(admitted))
    with travel(15):
        assert applications.lapse_regroups() == 0
    assert status(admitted) == Status.WAITING


def test_a_group_cancelled_after_the_start_ends_without_charge(
    hall: Hall, group: Group, admitted: Application, rules: Callable[..., None]
) -> None:
    enrol(hall, admitted)
    with travel(50):
        operations.cancel_group(group, reason="Ugunsgrēks", by=hall.officer)

    assert (status(admitted), Enrolment.objects.get().status) == (Status.REFUSED, "ended")
    assert (committed(admitted), interrupted_on(admitted)) == (0, None)
    assert admitted.decisions.get(action="end").reasons == ["group-cancelled"]


def test_cancelling_needs_a_reason_and_something_to_cancel(hall: Hall, group: Group) -> None:
    with pytest.raises(applications.ReasonOwed):
        operations.cancel_group(group, reason="  ", by=hall.officer)
    with travel(200), pytest.raises(operations.GroupOver):
        operations.cancel_group(group, reason="Vēlu", by=hall.officer)


def test_confirmed_later_for_a_cancelled_group_may_choose_too(hall: Hall, group: Group) -> None:
    operations.cancel_group(group, reason="Pasniedzējs saslima", by=hall.officer)
    late = hall.eligible(group)

    for cancelled in queries.cancelled_with_people():
        operations.settle_cancelled(cancelled)

    late.refresh_from_db()
    assert (late.status, late.regroup_due_at is not None, late.group_id) == (Status.ELIGIBLE, True, None)
