"""The building of `Facts`: what is known of person, programme and round on the day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from stars.applications.enums import OPEN, Action, Status
from stars.applications.models import Application, TimelineEntry
from stars.applications.sources import is_open
from stars.catalogue.models import GroupOffer, Programme
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
class Sent:
    """One application that a person sent, as far as the rules ask."""

    pk: int
    scheme: str
    programme_id: int
    status: str
    ended_at: datetime | None
    was_interrupted: bool

    @property
    def is_open(self) -> bool:
        """True until it has come to its end."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says of person, programme and source; read once, judged as often as is needed."""

    parameters: Parameters
    offers: list[GroupOffer]
    sent: list[Sent]


def read(
    person: Person,
    programme: Programme,
    scheme: SchemeCode,
    *,
    at: datetime,
    offers: list[GroupOffer] | None = None,
) -> Known:
    """Everything that the rules need of the database; `offers` of the programme under the source if known already."""
    parameters = rules_for(scheme, localdate(at))
    return Known(
        parameters,
        offers_of(programme, schemes=[scheme]) if offers is None else offers,
        _sent_by(person, parameters),
    )


def facts_about(
    person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime, known: Known | None = None
) -> Facts:
    """Everything the rules ask about, under the parameters in force on the day."""
    known = known or read(person, programme, scheme, at=at)
    opened = [sent for sent in known.sent if sent.is_open]
    learned = [sent for sent in known.sent if sent.scheme == scheme and _was_learning(sent)]
    completed = [_day(sent) for sent in learned if sent.status == Status.COMPLETED]
    interrupted = [_day(sent) for sent in learned if sent.status != Status.COMPLETED]
    return Facts(
        today=clock.today(),
        birth_date=people.birth_date(person),
        is_employed=people.is_employed(people.profile_of(person)),
        has_learned_programme=any(
            sent.status == Status.COMPLETED and sent.programme_id == programme.pk for sent in known.sent
        ),
        has_open_in_scheme=any(sent.scheme == scheme for sent in opened),
        has_open_for_programme=any(sent.programme_id == programme.pk for sent in opened),
        is_offered=bool(known.offers),
        round_is_open=any(is_open(offer.round, at=at) for offer in known.offers),
        parameters=known.parameters,
        learnings=len(learned),
        completed_on=max(completed, default=None),
        interrupted_on=max(interrupted, default=None),
    )


def _sent_by(person: Person, parameters: Parameters) -> list[Sent]:
    leaving: list[str] = []
    if parameters.leaving_learning_interrupts:
        leaving.append(Action.LEAVE_LEARNING)
    if parameters.leaving_admission_interrupts:
        leaving.append(Action.LEAVE_ADMISSION)
    left = TimelineEntry.objects.filter(application=OuterRef("pk"), action__in=leaving)
    rows = (
        Application.objects.filter(applicant=person)
        .exclude(status=Status.DRAFT)
        .annotate(left=Exists(left))
        .order_by("pk")
        .values_list("pk", "scheme", "programme_id", "status", "ended_at", "left")
    )
    return [Sent(*row) for row in rows]


def _was_learning(sent: Sent) -> bool:
    """Learnings are completed ones, and those that the learner or the institution broke off."""
    if sent.ended_at is None:
        return False
    interrupted = sent.status == Status.WITHDRAWN and sent.was_interrupted
    return interrupted or sent.status in (Status.COMPLETED, Status.EXPELLED)


def _day(sent: Sent) -> date:
    assert sent.ended_at is not None  # `_was_learning` says so
    return localdate(sent.ended_at)


def findings_for(
    person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime, known: Known | None = None
) -> list[Finding]:
    """The rules of the source, judged."""
    return assess(SCHEMES[scheme], facts_about(person, programme, scheme, at=at, known=known))
