"""A person's applications and learning, past and current (Mācību un pieteikumu vēsture, manual 3.9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.applications.enums import OPEN, Action, Status
from stars.applications.models import Application, TimelineEntry
from stars.common import clock
from stars.enrolments.models import Enrolment

# What the manual names, in its order: atteicies, uzņemts, pabeidzis, atskaitīts, neuzņemts.
OUTCOMES = (Status.WITHDRAWN, Status.ADMITTED, Status.COMPLETED, Status.EXPELLED, Status.REFUSED)
# Applications that have come to none of the five yet.
UNDECIDED = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """What is shown: an outcome's code or `UNDECIDED`, a source's code, a year of applying. Empty: all."""

    outcome: str = ""
    scheme: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One application and what came of it, in words and plain values."""

    public_id: UUID
    number: str
    programme: str
    institution: str
    scheme: str
    status: str
    outcome: str
    is_current: bool
    applied_on: date
    admitted_on: date | None
    started_on: date | None
    ended_on: date | None
    document_number: str
    document_on: date | None
    grade: str


def history_of(by: Actor, wanted: HistoryFilter) -> QuerySet[Application]:
    """The actor's own applications, those that are open first, then the latest; drafts are not history."""
    admitted = TimelineEntry.objects.filter(
        application=OuterRef("pk"), action__in=[Action.ADMIT, Action.ACCEPT]
    ).order_by("-at", "-pk")
    found = (
        _own(by)
        .select_related("programme__institution", "group")
        .annotate(
            admitted_at=Subquery(admitted.values("at")[:1]),
            is_past=Case(When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()),
        )
        .order_by("is_past", "-submitted_at", "-pk")
    )
    if wanted.outcome == UNDECIDED:
        found = found.filter(status__in=set(OPEN) - set(OUTCOMES))
    elif wanted.outcome:
        found = found.filter(status=wanted.outcome)
    if wanted.scheme:
        found = found.filter(scheme=wanted.scheme)
    if wanted.year is not None:
        found = found.filter(submitted_at__year=wanted.year)
    return found


def history_rows(applications: Iterable[Application]) -> list[HistoryRow]:
    """Applications of `history_of` with their learning: one statement more, however many."""
    listed = list(applications)
    enrolments = {
        enrolment.application_id: enrolment
        for enrolment in Enrolment.objects.filter(application__in=[each.pk for each in listed])
    }
    return [_row(each, enrolments.get(each.pk)) for each in listed]


def years_of(by: Actor) -> list[int]:
    """The years in which the actor applied, the latest first."""
    moments = _own(by).datetimes("submitted_at", "year", order="DESC")
    return [moment.year for moment in moments]


def _own(by: Actor) -> QuerySet[Application]:
    return Application.objects.filter(applicant_id=by.person_id, submitted_at__isnull=False)


def _row(application: Application, enrolment: Enrolment | None) -> HistoryRow:
    promised = application.promised or {}
    group, today = application.group, clock.today()
    started = group.starts_on if group and (enrolment or application.status == Status.COMPLETED) else None
    ended = application.ended_at and localdate(application.ended_at)
    admitted_at = getattr(application, "admitted_at", None)
    return HistoryRow(
        public_id=application.public_id,
        number=application.number or "",
        programme=promised.get("programme") or application.programme.title,
        institution=promised.get("institution") or application.programme.institution.name,
        scheme=application.scheme,
        status=application.status,
        outcome=application.get_status_display(),
        is_current=application.is_open,
        applied_on=localdate(application.submitted_at),
        admitted_on=admitted_at and localdate(admitted_at),
        started_on=started if started and started <= today else None,
        ended_on=enrolment.ended_on if enrolment and enrolment.ended_on else ended,
        document_number=enrolment.document_number if enrolment else "",
        document_on=enrolment.document_on if enrolment else None,
        grade=_grade(enrolment),
    )


def _grade(enrolment: Enrolment | None) -> str:
    """The grade of the ten-point scale, or "passed"; "" while there is none."""
    if enrolment is None:
        return ""
    if enrolment.grade is not None:
        return str(enrolment.grade)
    return _("passed") if enrolment.passed else ""
