"""The basic digital skills that they have learned in the last year, under VARAM: free, so no money moves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Final

from django.utils.timezone import localdate, make_aware

from stars.actors.actor import Actor
from stars.applications.enums import Action, ExpulsionReason, Status
from stars.applications.models import Application
from stars.catalogue.enums import Schedule
from stars.catalogue.models import Group, GroupOffer, Programme, Round
from stars.catalogue.operations import rows
from stars.catalogue.types import GroupDraft, OfferDraft
from stars.common import clock
from stars.demo.many import applied
from stars.demo.many.applied import Step, teacher_of, tell, themselves
from stars.demo.many.residents import Resident
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.people.models import Person

_IN_GROUP, _SEATS = 13, 15
# Days before today on which the first and the last group end, and how long a group learns.
_FIRST_ENDS, _LAST_ENDS, _LASTS = 345, 12, 24
# Days before a group begins on which people apply, are confirmed and admitted.
_APPLIED, _CONFIRMED, _ADMITTED = 21, 17, 10
_EXPELLED_EVERY: Final = 11


@dataclass(frozen=True, slots=True)
class Learned:
    """Somebody's learning that has ended, with when they applied."""

    who: Resident
    application: Application
    applied_at: datetime


def learn(
    learners: Sequence[tuple[Resident, Person]], round_: Round, ministry: Actor, chance: Random
) -> list[Learned]:
    """Groups of neighbours, one after the other through the year; nearly all of them complete."""
    programmes = Programme.objects.filter(varam_level__isnull=False, groups__is_remote=False).distinct()
    known = cycle(programmes.select_related("institution").order_by("varam_level", "pk"))
    classes = [learners[first : first + _IN_GROUP] for first in range(0, len(learners), _IN_GROUP)]
    ended = list[Learned]()
    for number, members in enumerate(classes):
        ago = _FIRST_ENDS - number * (_FIRST_ENDS - _LAST_ENDS) // max(1, len(classes) - 1)
        offer = _group(next(known), round_, ago)
        ended += _class(members, offer, ministry, chance)
    return ended


def _group(programme: Programme, round_: Round, ago: int) -> GroupOffer:
    """A group that ended so many days ago, where the programme is taught."""
    taught = Group.objects.filter(programme=programme, is_remote=False).order_by("pk")[0]
    ends_on = clock.today() - timedelta(days=ago)
    draft = GroupDraft(
        name=f"Bibliotēkas grupa {ends_on:%m/%Y}",
        municipality=taught.municipality_id,
        address=taught.address,
        starts_on=ends_on - timedelta(days=_LASTS),
        ends_on=ends_on,
        schedule=Schedule.DAYTIME,
        schedule_note="Otrdienās un ceturtdienās 10.00–13.00",
        seats_min=6,
        seats_max=_SEATS,
        price_cents=0,
        offers=(OfferDraft(round_id=round_.pk, price_cents=0, copayment_cents=0),),
    )
    (group,) = rows.insert_groups([(programme.pk, draft)])
    group.programme = programme
    return GroupOffer(group=group, round=round_, price_cents=0, copayment_cents=0)


def _class(
    members: Sequence[tuple[Resident, Person]], offer: GroupOffer, ministry: Actor, chance: Random
) -> Iterator[Learned]:
    """Everybody in the group: application, what happened to it, learning."""
    applications = [
        _application(person, offer, dropped=who.number % _EXPELLED_EVERY == 0, chance=chance)
        for who, person in members
    ]
    Application.objects.bulk_create(applications)
    tell(step for each in applications for step in _steps(each, offer, ministry))
    Enrolment.objects.bulk_create(_learning(application, offer.group, chance) for application in applications)
    for (who, _), application in zip(members, applications, strict=True):
        assert application.submitted_at
        yield Learned(who, application, application.submitted_at)


def _application(person: Person, offer: GroupOffer, *, dropped: bool, chance: Random) -> Application:
    return applied.application(
        person,
        offer,
        Status.EXPELLED if dropped else Status.COMPLETED,
        submitted_at=_before(offer.group, _APPLIED) + timedelta(minutes=chance.randrange(600)),
        ended_at=_moment(offer.group, after_end=-9 if dropped else 1, hour=15),
    )


def _steps(application: Application, offer: GroupOffer, ministry: Actor) -> Iterator[Step]:
    assert application.submitted_at
    assert application.ended_at
    group, person, teacher = offer.group, application.applicant, teacher_of(offer)
    last = Action.COMPLETE if application.status == Status.COMPLETED else Action.EXPEL
    yield Step(application, Action.SUBMIT, Status.SUBMITTED, application.submitted_at, themselves(person))
    yield Step(application, Action.CONFIRM, Status.ELIGIBLE, _before(group, _CONFIRMED), ministry)
    yield Step(application, Action.ADMIT, Status.ADMITTED, _before(group, _ADMITTED), teacher)
    yield Step(application, last, Status(application.status), application.ended_at, teacher)


def _learning(application: Application, group: Group, chance: Random) -> Enrolment:
    assert application.ended_at
    hours, on = group.programme.hours, localdate(application.ended_at)
    has_completed = application.status == Status.COMPLETED
    outcome = {"document_number": f"DP {application.number}", "document_on": on, "passed": True}
    reason = {"expulsion_reason": ExpulsionReason.ABSENCE, "note": "Nav apmeklējis nodarbības."}
    return Enrolment(
        application=application,
        person_id=application.applicant_id,
        group=group,
        status=EnrolmentStatus.COMPLETED if has_completed else EnrolmentStatus.EXPELLED,
        contract_number=f"ML-{application.number}",
        contract_on=group.starts_on,
        hours_planned=hours,
        hours_attended=hours * chance.randint(80, 100) // 100 if has_completed else hours // 4,
        enrolled_at=_moment(group, after_end=-_LASTS, hour=9),
        ended_on=on,
        **(outcome if has_completed else reason),
    )


def _before(group: Group, days: int) -> datetime:
    return _moment(group, after_end=-_LASTS - days, hour=9)


def _moment(group: Group, *, after_end: int, hour: int) -> datetime:
    """That hour, so many days after the group's last day; negative ones before it."""
    return make_aware(datetime.combine(group.ends_on + timedelta(days=after_end), time(hour)))
