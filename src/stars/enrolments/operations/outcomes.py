"""Outcomes of a group from a table: all of them or none."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications.models import Application
from stars.audit import operations as audit
from stars.catalogue.imports.tables import Fault
from stars.catalogue.models import Group
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.enrolments.operations import complete, expel, note_attendance
from stars.enrolments.refusals import REFUSALS, why_not
from stars.enrolments.types import OutcomeRow


@dataclass(frozen=True, slots=True)
class OutcomesImported:
    """How many were completed, expelled, for how many hours alone were noted, how many stood there; all faults.

    `told` are the rows by which somebody completes or is expelled, and is told so, by their number in the file.
    """

    completed: int
    expelled: int
    attended: int
    unchanged: int
    faults: tuple[Fault, ...] = ()
    told: tuple[OutcomeRow, ...] = ()


def import_outcomes(
    group: Group, rows: Iterable[OutcomeRow], *, by: Actor, dry_run: bool = False
) -> OutcomesImported:
    """Note hours, documents and expulsions of the group's learners. One fault, and nothing is written nor told to anybody.

    With `dry_run` everything is tried and taken back. Rows that say what is noted already change nothing. Raises
    `NotPermitted`, `OutOfScope`.
    """
    by.must(Permission.APPLICATION_CONCLUDE)
    by.must_act_for(group.programme.institution_id)
    rows = sorted(rows, key=lambda row: row.application)
    with transaction.atomic():
        report = _write(rows, _locked(group, [row.application for row in rows]), by)
        if dry_run or report.faults:
            transaction.set_rollback(True)
        else:
            details = {
                "completed": report.completed,
                "expelled": report.expelled,
                "attended": report.attended,
            }
            audit.record("outcomes.imported", by=by, subject="group", subject_id=group.pk, details=details)
    return report


def _locked(group: Group, numbers: list[str]) -> dict[str, Enrolment]:
    """The group's learning by number of application, read when all applications are locked.

    Before anybody's money: who leaves in this moment holds theirs and wants the budget. And what the same table sent
    in another tab has noted is known by then.
    """
    learning = Enrolment.objects.filter(group=group)
    wanted = learning.filter(application__number__in=numbers).values("application_id")
    list(Application.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    return {str(one.application.number): one for one in learning.select_related("application").order_by("pk")}


def _write(rows: list[OutcomeRow], known: dict[str, Enrolment], by: Actor) -> OutcomesImported:
    completed = expelled = attended = unchanged = 0
    faults, told = [], []
    seen: set[str] = set()
    for row in rows:
        enrolment = known.get(row.application)
        if enrolment is None:
            faults.append(Fault(row.row, "", _("Nobody with this application number learns in the group.")))
        elif row.application in seen:
            faults.append(Fault(row.row, "", _("The application stands in the table twice.")))
        elif _is_noted(row, enrolment):
            unchanged += 1
        else:
            try:
                with transaction.atomic():
                    _note(row, enrolment, by)
            except tuple(REFUSALS) as refusal:
                faults.append(Fault(row.row, "", why_not(refusal)))
            completed += row.is_completed
            expelled += row.is_expelled
            attended += not (row.is_completed or row.is_expelled)
            if row.is_completed or row.is_expelled:
                told.append(row)
        seen.add(row.application)
    return OutcomesImported(
        completed,
        expelled,
        attended,
        unchanged,
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
        told=tuple(sorted(told, key=lambda row: row.row)),
    )


def _is_noted(row: OutcomeRow, enrolment: Enrolment) -> bool:
    if row.hours not in (None, enrolment.hours_attended):
        return False
    if row.is_expelled:
        told = (enrolment.expulsion_reason, enrolment.ended_on)
        return enrolment.status == EnrolmentStatus.EXPELLED and told == (
            row.expulsion_reason,
            row.expelled_on,
        )
    if not row.is_completed:
        return enrolment.status != EnrolmentStatus.LEARNING or row.hours is not None
    noted = (enrolment.document_number, enrolment.document_on, enrolment.grade)
    return enrolment.status == EnrolmentStatus.COMPLETED and noted == (
        row.document_number,
        row.document_on,
        row.grade,
    )


def _note(row: OutcomeRow, enrolment: Enrolment, by: Actor) -> None:
    if row.hours is not None and row.hours != enrolment.hours_attended:
        note_attendance(enrolment, hours=row.hours, by=by)
    if row.document_on is not None and row.is_completed:
        complete(
            enrolment,
            document_number=row.document_number,
            document_on=row.document_on,
            grade=row.grade,
            passed=row.passed,
            by=by,
        )
    if row.expelled_on is not None and row.is_expelled:
        expel(enrolment, reason=row.expulsion_reason, on=row.expelled_on, by=by)
