"""The building of `Facts`: what is known of person, programme and round on the day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from stars.applications.enums import OPEN, Action, Status
from stars.applications.models import Application, TimelineEntry
from stars.applications.sources import is_open
from stars.catalogue.models import Programme
from stars.catalogue.queries.offers import offers_of
from stars.common import clock
from stars.funding.queries import rules_for
from stars.people import queries as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import assess
from stars.schemes.parameters import Parameters
from stars.schemes.types import Facts, Finding


@dataclass(frozen=True, slots=True)
class _Past:
    """What the person's applications say of earlier learning."""

    learnings: int
    completed_on: date | None
    interrupted_on: date | None


def facts_about(person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime) -> Facts:
    """Everything the rules ask about, under the parameters in force on the day."""
    own = Application.objects.filter(applicant=person).filter(
        Q(status__in=OPEN) | Q(status=Status.COMPLETED, programme=programme)
    )
    rows = list(own.values_list("scheme", "programme_id", "status"))
    opened = [row for row in rows if row[2] in OPEN]
    offers = offers_of(programme, schemes=[scheme])
    parameters = rules_for(scheme, localdate(at))
    past = _past(person, scheme, parameters)
    return Facts(
        today=clock.today(),
        birth_date=people.birth_date(person),
        is_employed=people.is_employed(people.profile_of(person)),
        has_learned_programme=any(status == Status.COMPLETED for _, _, status in rows),
        has_open_in_scheme=any(row_scheme == scheme for row_scheme, _, _ in opened),
        has_open_for_programme=any(programme_id == programme.pk for _, programme_id, _ in opened),
        is_offered=bool(offers),
        round_is_open=any(is_open(offer.round, at=at) for offer in offers),
        parameters=parameters,
        learnings=past.learnings,
        completed_on=past.completed_on,
        interrupted_on=past.interrupted_on,
    )


def _past(person: Person, scheme: SchemeCode, parameters: Parameters) -> _Past:
    """Learnings under the source: completed ones, and those that the learner or the institution broke off."""
    leaving: list[str] = []
    if parameters.leaving_learning_interrupts:
        leaving.append(Action.LEAVE_LEARNING)
    if parameters.leaving_admission_interrupts:
        leaving.append(Action.LEAVE_ADMISSION)
    left = TimelineEntry.objects.filter(application=OuterRef("pk"), action__in=leaving)
    ended = (
        Application.objects.filter(applicant=person, scheme=scheme, ended_at__isnull=False)
        .filter(Q(status__in=[Status.COMPLETED, Status.EXPELLED]) | Q(Exists(left), status=Status.WITHDRAWN))
        .order_by("ended_at")
        .values_list("status", "ended_at")
    )
    days = [(status, localdate(moment)) for status, moment in ended if moment is not None]
    return _Past(
        learnings=len(days),
        completed_on=max((day for status, day in days if status == Status.COMPLETED), default=None),
        interrupted_on=max((day for status, day in days if status != Status.COMPLETED), default=None),
    )


def findings_for(person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime) -> list[Finding]:
    """The rules of the source, judged."""
    return assess(SCHEMES[scheme], facts_about(person, programme, scheme, at=at))
