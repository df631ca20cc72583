"""One act on one person or on many. Each person's is whole or not at all; one that fails does not hold up the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from stars.actors.actor import Actor, OwnAffair
from stars.applications import operations as applications
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.operations.perform import locked
from stars.applications.queries.institution import who_chose, without_seat
from stars.catalogue.models import Group
from stars.enrolments import operations as enrolments
from stars.enrolments.enums import Act, EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.enrolments.refusals import REFUSALS, NoContract

# Which states an act may begin from; what else may stand in its way the operations say.
SOURCES: Mapping[Act, frozenset[str]] = {
    Act.ADMIT: frozenset({Status.ELIGIBLE, Status.WAITING}),
    Act.WAIT: frozenset({Status.ELIGIBLE, Status.WAITING}),
    Act.NOT_ADMIT: frozenset({Status.ELIGIBLE, Status.WAITING}),
    Act.CONTRACT: frozenset({Status.ADMITTED}),
    Act.ATTENDANCE: frozenset({Status.ADMITTED}),
    Act.COMPLETE: frozenset({Status.ADMITTED}),
    Act.EXPEL: frozenset({Status.ADMITTED}),
}
_NEEDS_CONTRACT = frozenset({Act.ATTENDANCE, Act.COMPLETE, Act.EXPEL})


def obstacles(
    act: Act, group: Group, people: Sequence[Application], learning: Mapping[int, Enrolment], *, by: Actor
) -> dict[int, str]:
    """What is known beforehand to stand in somebody's way, in words by key, so that nobody fills in anything in vain."""
    chose = who_chose(group, people) if act is Act.ADMIT else set()
    full, behind = without_seat(group, people) if act is Act.ADMIT else (set(), set())
    found = {}
    for person in people:
        if person.applicant_id == by.person_id:
            found[person.pk] = str(REFUSALS[OwnAffair])
        elif person.status not in SOURCES[act]:
            found[person.pk] = str(person.get_status_display())
        elif act is Act.ADMIT and person.pk not in chose:
            found[person.pk] = str(REFUSALS[applications.NotChosen])
        elif person.pk in full:
            found[person.pk] = str(REFUSALS[applications.NoSeatFree])
        elif person.pk in behind:
            found[person.pk] = str(REFUSALS[applications.OthersWait])
        elif act in _NEEDS_CONTRACT and person.pk not in learning:
            found[person.pk] = str(REFUSALS[NoContract])
    return found


@dataclass(frozen=True, slots=True)
class Item:
    """An application and what the act needs to know about it."""

    application: Application
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one application; `refusal` None: it is done."""

    application: Application
    refusal: Exception | None = None


def act_on(act: Act, group: Group, items: Iterable[Item], *, by: Actor) -> list[Outcome]:
    """Do it to each, in the order given, each in a transaction of its own. Done twice is done once.

    Raises `NotPermitted` and `OutOfScope`; everything else that stands in the way is one application's outcome.
    """
    by.must_act_for(group.programme.institution_id)
    return [_outcome(act, group, item, by=by) for item in items]


def _outcome(act: Act, group: Group, item: Item, *, by: Actor) -> Outcome:
    try:
        with transaction.atomic():
            _DO[act](item, group, by)
    except tuple(REFUSALS) as refusal:
        return Outcome(item.application, refusal)
    return Outcome(item.application)


def _admit(item: Item, group: Group, by: Actor) -> None:
    applications.admit(item.application, group, by=by)


def _wait(item: Item, group: Group, by: Actor) -> None:
    applications.wait(item.application, [group], by=by)


def _not_admit(item: Item, _group: Group, by: Actor) -> None:
    applications.not_admit(item.application, **item.values, by=by)


def _contract(item: Item, _group: Group, by: Actor) -> None:
    enrolments.enrol(item.application, **item.values, by=by)


def _attendance(item: Item, _group: Group, by: Actor) -> None:
    enrolments.note_attendance(_enrolment(item), **item.values, by=by)


def _complete(item: Item, _group: Group, by: Actor) -> None:
    known = _enrolment(item)
    if (
        known.status == EnrolmentStatus.COMPLETED
        and known.document_number == str(item.values["document_number"]).strip()
    ):
        return
    enrolments.complete(known, **item.values, by=by)


def _expel(item: Item, _group: Group, by: Actor) -> None:
    known = _enrolment(item)
    if known.status == EnrolmentStatus.EXPELLED and known.expulsion_reason == item.values["reason"]:
        return
    enrolments.expel(known, **item.values, by=by)


def _enrolment(item: Item) -> Enrolment:
    """Read under the application's lock: what another tab does at this moment is done by then."""
    locked(item.application)
    found = Enrolment.objects.filter(application=item.application).select_related("application").first()
    if found is None:
        raise NoContract
    return found


_DO: Mapping[Act, Callable[[Item, Group, Actor], None]] = {
    Act.ADMIT: _admit,
    Act.WAIT: _wait,
    Act.NOT_ADMIT: _not_admit,
    Act.CONTRACT: _contract,
    Act.ATTENDANCE: _attendance,
    Act.COMPLETE: _complete,
    Act.EXPEL: _expel,
}
