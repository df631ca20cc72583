"""The building of `Facts`: what is known of person, programme and round on the day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from stars.applications.enums import OPEN, Action, Status
from stars.applications.models import Application, Decision
from stars.applications.sources import is_open
from stars.assessments.levels import valid_level
from stars.catalogue.models import GroupOffer, Programme
from stars.catalogue.queries.offers import offers_of
from stars.common import clock
from stars.common.fixed_queries import A_UUID, FixedQuery
from stars.funding.queries import rules_at
from stars.people import queries as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import assess
from stars.schemes.parameters import Parameters
from stars.schemes.types import Facts, Finding, Gate

# The decisions that end learning; each keeps the day, and whether a waiting period begins.
_ENDS = (Action.COMPLETE, Action.EXPEL, Action.LEAVE_ADMISSION, Action.LEAVE_LEARNING)


@dataclass(frozen=True, slots=True)
class Sent:
    """One application that a person sent, as far as the rules ask."""

    pk: int
    scheme: str
    programme_id: int
    status: str
    ended_at: datetime | None
    figures: dict[str, Any] | None

    @property
    def is_open(self) -> bool:
        """True until it has come to its end."""
        return self.status in OPEN

    @property
    def is_interrupted(self) -> bool:
        """Broken off by the learner or the institution, as the rules of that day said."""
        if self.status == Status.WITHDRAWN:
            return bool(self.figures and self.figures.get("interrupts"))
        return self.status == Status.EXPELLED

    @property
    def is_learned(self) -> bool:
        """Completed or broken off: what counts as a learning."""
        return self.status == Status.COMPLETED or self.is_interrupted

    @property
    def on(self) -> date | None:
        """The day on which learning ended, which may lie before the day on which it was noted; None while open."""
        if self.figures and self.figures.get("on"):
            return date.fromisoformat(self.figures["on"])
        return localdate(self.ended_at) if self.ended_at else None


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says of person, programme and source; read once, judged as often as is needed."""

    parameters: Parameters
    offers: list[GroupOffer]
    sent: list[Sent]
    level: int | None = None


def read(
    person: Person,
    programme: Programme,
    scheme: SchemeCode,
    *,
    at: datetime,
    offers: list[GroupOffer] | None = None,
) -> Known:
    """Everything that the rules need of the database; `offers` of the programme under the source if known already."""
    parameters = rules_at(scheme, at)
    return Known(
        parameters,
        offers_of(programme, schemes=[scheme]) if offers is None else offers,
        _sent_by(person),
        _level_of(person, scheme, on=localdate(at)),
    )


def facts_about(
    person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime, known: Known | None = None
) -> Facts:
    """Everything the rules ask about, under the parameters in force on the day."""
    known = known or read(person, programme, scheme, at=at)
    opened = [sent for sent in known.sent if sent.is_open]
    learned = [sent for sent in known.sent if sent.scheme == scheme and sent.is_learned]
    completed = [sent.on for sent in learned if sent.on and not sent.is_interrupted]
    interrupted = [sent.on for sent in learned if sent.on and sent.is_interrupted]
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
        level=known.level,
        programme_level=programme.varam_level,
    )


def _level_of(person: Person, scheme: SchemeCode, *, on: date) -> int | None:
    """What a source behind the level test asks; other sources do not look."""
    found = valid_level(person.pk, on=on) if SCHEMES[scheme].gate is Gate.LEVEL_TEST else None
    return found.level if found else None


def _compose_sent(person_id: UUID) -> QuerySet[Application, tuple[Any, ...]]:
    ended = Decision.objects.filter(application=OuterRef("pk"), action__in=_ENDS).order_by("-at", "-pk")
    return (
        Application.objects.filter(applicant_id=person_id)
        .exclude(status=Status.DRAFT)
        .annotate(figures=Subquery(ended.values("figures")[:1]))
        .order_by("pk")
        .values_list("pk", "scheme", "programme_id", "status", "ended_at", "figures")
    )


_sent = FixedQuery(_compose_sent, person_id=A_UUID)


def _sent_by(person: Person) -> list[Sent]:
    return [Sent(*row) for row in _sent(person_id=person.pk)]


def findings_for(
    person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime, known: Known | None = None
) -> list[Finding]:
    """The rules of the source, judged."""
    return assess(SCHEMES[scheme], facts_about(person, programme, scheme, at=at, known=known))
