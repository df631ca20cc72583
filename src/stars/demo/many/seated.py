"""Groups that begin soon and are full or nearly so, of basic digital skills under VARAM: free, so no money moves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random
from typing import Final

from stars.actors.actor import Actor
from stars.applications.enums import Action, Status
from stars.applications.models import Application
from stars.assessments.enums import Instrument
from stars.assessments.models import Result
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import GroupOffer, Round
from stars.common import clock
from stars.demo.many.applied import Step, application, teacher_of, tell, themselves
from stars.people.models import Person

# Days before today on which people applied at the earliest and at the latest, were confirmed and admitted.
APPLIED: Final = 21
_APPLIED_AT_LATEST, _CONFIRMED, _ADMITTED = 15, 12, 5
# Of every three groups one is full, one lacks a learner and one lacks two.
_FREE: Final = (0, 1, 2)


def seat(tested: Iterable[Person], round_: Round, ministry: Actor, chance: Random) -> None:
    """Groups of each level, filled with people whose level it is; `tested` took the level test before they applied."""
    by_level = _by_level(tested)
    applications, steps = list[Application](), list[Step]()
    for level, people in sorted(by_level.items()):
        for number, offer in enumerate(_offers(level, round_)):
            seats = offer.group.seats_max - _FREE[number % len(_FREE)]
            if len(people) < seats:
                break
            members = [_admitted(people.pop(), offer, chance) for _ in range(seats)]
            applications += members
            steps += [step for member in members for step in _steps(member, offer, ministry)]
    Application.objects.bulk_create(applications)
    tell(steps)


def _by_level(tested: Iterable[Person]) -> dict[int, list[Person]]:
    by_pk = {person.pk: person for person in tested}
    results = Result.objects.filter(
        attempt__bank__instrument=Instrument.LEVEL, attempt__person__in=list(by_pk)
    )
    found = defaultdict[int, list[Person]](list)
    for person_id, level in results.order_by("pk").values_list("attempt__person", "level"):
        if level is not None:
            found[level].append(by_pk[person_id])
    return found


def _offers(level: int, round_: Round) -> list[GroupOffer]:
    """The smallest groups of the level; the one that begins first is left to who comes now."""
    offers = GroupOffer.objects.filter(
        round=round_,
        group__programme__varam_level=level,
        group__status=GroupStatus.PUBLISHED,
        group__starts_on__gt=clock.today(),
    ).select_related("round", "group__programme__institution")
    others = offers.order_by("group__starts_on", "group")[1:]
    return sorted(others, key=lambda offer: (offer.group.seats_max, offer.group_id))


def _admitted(person: Person, offer: GroupOffer, chance: Random) -> Application:
    submitted_at = clock.now() - timedelta(days=chance.uniform(_APPLIED_AT_LATEST, APPLIED))
    return application(person, offer, Status.ADMITTED, submitted_at=submitted_at, ended_at=None)


def _steps(member: Application, offer: GroupOffer, ministry: Actor) -> Iterator[Step]:
    assert member.submitted_at
    now = clock.now()
    confirmed_at, admitted_at = now - timedelta(days=_CONFIRMED), now - timedelta(days=_ADMITTED)
    yield Step(member, Action.SUBMIT, Status.SUBMITTED, member.submitted_at, themselves(member.applicant))
    yield Step(member, Action.CONFIRM, Status.ELIGIBLE, confirmed_at, ministry)
    yield Step(member, Action.ADMIT, Status.ADMITTED, admitted_at, teacher_of(offer))
