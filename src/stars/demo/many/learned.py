"""The basic digital skills that they have learned in the last year, under VARAM: free, so no money moves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Final

from django.utils.timezone import localdate, make_aware

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.applications.enums import Action, ExpulsionReason, Status
from stars.applications.models import Application, Decision, TimelineEntry
from stars.applications.operations.submission import next_number
from stars.applications.promise import promise
from stars.catalogue.enums import Schedule
from stars.catalogue.models import Group, GroupOffer, Programme, Round
from stars.catalogue.operations import rows
from stars.catalogue.types import GroupDraft, OfferDraft
from stars.common import clock
from stars.demo.many.residents import Resident
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Verdict

_VARAM: Final = SCHEMES[SchemeCode.VARAM]
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
    institution = offer.group.programme.institution
    teacher = Actor(Role.INSTITUTION_OFFICER, label=institution.name, organisation=institution.name)
    promised = promise(offer, _VARAM)
    applications = [
        _application(person, offer, promised, dropped=who.number % _EXPELLED_EVERY == 0, chance=chance)
        for who, person in members
    ]
    Application.objects.bulk_create(applications)
    _tell(applications, offer.group, ministry, teacher)
    Enrolment.objects.bulk_create(_learning(application, offer.group, chance) for application in applications)
    for (who, _), application in zip(members, applications, strict=True):
        assert application.submitted_at
        yield Learned(who, application, application.submitted_at)


def _application(
    person: Person, offer: GroupOffer, promised: dict[str, object], *, dropped: bool, chance: Random
) -> Application:
    group = offer.group
    ended = _moment(group, after_end=-9 if dropped else 1, hour=15)
    return Application(
        number=next_number(SchemeCode.VARAM),
        applicant=person,
        scheme=SchemeCode.VARAM,
        programme=group.programme,
        round=offer.round,
        group=group,
        municipality_id=group.municipality_id,
        status=Status.EXPELLED if dropped else Status.COMPLETED,
        submitted_at=_before(group, _APPLIED) + timedelta(minutes=chance.randrange(600)),
        ended_at=ended,
        email=person.email,
        phone=person.phone,
        promised=promised,
        findings=[
            {"rule": rule.code, "verdict": Verdict.MET.value}
            for rule in _VARAM.criteria
            if rule.asked(_VARAM.parameters)
        ],
        support_cents=0,
        copayment_cents=0,
    )


def _tell(applications: Sequence[Application], group: Group, ministry: Actor, teacher: Actor) -> None:
    """Timeline and decisions, as the operations would have left them."""
    taken = [taken for each in applications for taken in _steps(each, group, ministry, teacher)]
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            application=application,
            at=at,
            action=action,
            status=status,
            actor_role=by.role.value,
            actor_label=by.label,
        )
        for application, action, status, at, by in taken
    )
    Decision.objects.bulk_create(
        Decision(
            application=application,
            action=action,
            at=at,
            actor_role=by.role.value,
            actor_id=by.person_id,
            actor_label=by.label,
            organisation=by.organisation,
            reasons=[ExpulsionReason.ABSENCE.value] if action == Action.EXPEL else [],
            rules_version=_VARAM.rules_version,
        )
        for application, action, _, at, by in taken
        if action in (Action.CONFIRM, Action.COMPLETE, Action.EXPEL)
    )


def _steps(
    application: Application, group: Group, ministry: Actor, teacher: Actor
) -> Iterator[tuple[Application, Action, Status, datetime, Actor]]:
    person = application.applicant
    assert application.submitted_at
    assert application.ended_at
    themselves = Actor(Role.CITIZEN, person.pk, str(person))
    last = Action.COMPLETE if application.status == Status.COMPLETED else Action.EXPEL
    yield application, Action.SUBMIT, Status.SUBMITTED, application.submitted_at, themselves
    yield application, Action.CONFIRM, Status.ELIGIBLE, _before(group, _CONFIRMED), ministry
    yield application, Action.ADMIT, Status.ADMITTED, _before(group, _ADMITTED), teacher
    yield application, last, Status(application.status), application.ended_at, teacher


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
