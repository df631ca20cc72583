"""IMK: an account with a year of movements, and people whom institutions are about to admit."""

from collections.abc import Sequence
from itertools import cycle, islice

from stars.applications import operations as applications
from stars.applications.enums import WithdrawalReason
from stars.catalogue.models import Programme
from stars.common import clock
from stars.demo.rounds import Phase
from stars.demo.story.stage import Stage
from stars.enrolments import operations as enrolments
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

_IMK = SchemeCode.IMK


def tell(stage: Stage, programmes: Sequence[Programme], owner: Person) -> None:
    """A year of the owner's, then a queue at the institution."""
    first, second, third = islice(cycle(programmes), 3)
    _completed(stage, first, owner)
    _left(stage, second, owner)
    _confirmed_now(stage, third, owner)
    _begun(stage, second)


def _completed(stage: Stage, programme: Programme, owner: Person) -> None:
    """A year ago: granted, held, learned, paid."""
    group = stage.group(
        programme, "Izmēģinājuma grupa", (_IMK, Phase.EARLIER), starts=-300, lasts=60, seats=8, price_eur=340
    )
    application = stage.apply(owner, group, _IMK, -352)
    with stage.on(-345):
        application = applications.confirm(application, by=stage.officer)
    with stage.on(-330):
        application = applications.admit(application, group, by=stage.institution)
    enrolment = stage.enrolled(application, -305)
    with stage.on(-238, 15):
        enrolments.complete(
            enrolment,
            document_number=f"DP {stage.today.year - 1}-0042",
            document_on=clock.today(),
            passed=True,
            by=stage.institution,
        )


def _left(stage: Stage, programme: Programme, owner: Person) -> None:
    """In the spring: held, admitted, given up, released."""
    group = stage.group(
        programme, "Pavasara grupa", (_IMK, Phase.PAST), starts=-50, lasts=40, seats=8, price_eur=260
    )
    application = stage.apply(owner, group, _IMK, -115)
    with stage.on(-108):
        application = applications.confirm(application, by=stage.second_officer)
    with stage.on(-90):
        application = applications.admit(application, group, by=stage.institution)
    with stage.on(-70):
        enrolments.leave(application, reason=WithdrawalReason.WORK, by=people.actor_of(owner))


def _confirmed_now(stage: Stage, programme: Programme, owner: Person) -> None:
    """Now: confirmed together with others, so that the institution has whom to admit."""
    group = stage.group(
        programme, "Ziemas grupa", (_IMK, Phase.OPEN), starts=50, lasts=40, seats=10, price_eur=390
    )
    application = stage.apply(owner, group, _IMK, -20)
    with stage.on(-15):
        applications.confirm(application, by=stage.officer)
    for day in (-18, -16, -12):
        stage.confirmed(group, _IMK, day, after=3)
    for day in (-8, -3):
        stage.apply(stage.newcomer(day), group, _IMK, day)


def _begun(stage: Stage, programme: Programme) -> None:
    """Somebody has filled everything in and not sent it."""
    group = stage.group(
        programme, "Ziemas grupa", (_IMK, Phase.OPEN), starts=55, lasts=40, seats=10, price_eur=260
    )
    stage.draft(stage.newcomer(-1), group, _IMK, -1)
