"""Applications under VARAM written a table at a time, as the operations would have left them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.applications.enums import Action, ExpulsionReason, Status
from stars.applications.models import Application, Decision, TimelineEntry
from stars.applications.operations.submission import next_number
from stars.applications.promise import promise
from stars.catalogue.models import GroupOffer
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Verdict

_VARAM: Final = SCHEMES[SchemeCode.VARAM]
_DECIDING: Final = (Action.CONFIRM, Action.COMPLETE, Action.EXPEL)


class Step(NamedTuple):
    """Something that happened to an application, and where it stood afterwards."""

    application: Application
    action: Action
    status: Status
    at: datetime
    by: Actor


def themselves(person: Person) -> Actor:
    """The applicant."""
    return Actor(Role.CITIZEN, person.pk, str(person))


def teacher_of(offer: GroupOffer) -> Actor:
    """Who acts for the institution."""
    name = offer.group.programme.institution.name
    return Actor(Role.INSTITUTION_OFFICER, label=name, organisation=name)


def application(
    person: Person, offer: GroupOffer, status: Status, *, submitted_at: datetime, ended_at: datetime | None
) -> Application:
    """For the group of the offer; not saved."""
    group = offer.group
    return Application(
        number=next_number(SchemeCode.VARAM),
        applicant=person,
        scheme=SchemeCode.VARAM,
        programme=group.programme,
        round=offer.round,
        group=group,
        municipality_id=group.municipality_id,
        is_remote=group.is_remote,
        status=status,
        submitted_at=submitted_at,
        ended_at=ended_at,
        email=person.email,
        phone=person.phone,
        promised=promise(offer, _VARAM),
        findings=[
            {"rule": rule.code, "verdict": Verdict.MET.value}
            for rule in _VARAM.criteria
            if rule.asked(_VARAM.parameters)
        ],
        support_cents=0,
        copayment_cents=0,
    )


def tell(steps: Iterable[Step]) -> None:
    """Timeline and decisions."""
    taken = list(steps)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            application=step.application,
            at=step.at,
            action=step.action,
            status=step.status,
            actor_role=step.by.role.value,
            actor_label=step.by.label,
        )
        for step in taken
    )
    Decision.objects.bulk_create(
        Decision(
            application=step.application,
            action=step.action,
            at=step.at,
            actor_role=step.by.role.value,
            actor_id=step.by.person_id,
            actor_label=step.by.label,
            organisation=step.by.organisation,
            reasons=[ExpulsionReason.ABSENCE.value] if step.action == Action.EXPEL else [],
            rules_version=_VARAM.rules_version,
        )
        for step in taken
        if step.action in _DECIDING
    )
