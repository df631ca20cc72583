"""Two people whose learning has just ended, one with a document and one without: their surveys are due."""

from collections.abc import Mapping, Sequence

from stars.applications import operations as applications
from stars.applications.enums import ExpulsionReason
from stars.catalogue.models import Group, Programme
from stars.common import clock
from stars.demo.rounds import Phase
from stars.demo.story.stage import Stage
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.people.models import Person
from stars.schemes.codes import SchemeCode


def tell(
    stage: Stage, digital: Sequence[Programme], others: Sequence[Programme], cast: Mapping[str, Person]
) -> None:
    """One completed under IMK, one was expelled under MN."""
    _graduated(stage, digital[0], cast["graduate"])
    _expelled(stage, others[-1], cast["expelled-citizen"])


def _graduated(stage: Stage, programme: Programme, person: Person) -> None:
    source = (SchemeCode.IMK, Phase.PAST)
    group = stage.group(programme, "Rudens grupa", source, starts=-56, lasts=48, seats=8, price_eur=260)
    enrolment = _learning(stage, person, group, SchemeCode.IMK)
    with stage.on(-7):
        enrolment = enrolments.note_attendance(enrolment, hours=programme.hours, by=stage.institution)
    with stage.on(-5, 15):
        enrolments.complete(
            enrolment,
            document_number=f"DP {stage.today.year}-0187",
            document_on=clock.today(),
            grade=9,
            by=stage.institution,
        )


def _expelled(stage: Stage, programme: Programme, person: Person) -> None:
    source = (SchemeCode.MN, Phase.PAST)
    group = stage.group(programme, "Dienas grupa", source, starts=-50, lasts=60, seats=8, price_eur=300)
    enrolment = _learning(stage, person, group, SchemeCode.MN)
    with stage.on(-9, 14):
        enrolments.expel(
            enrolment,
            reason=ExpulsionReason.ABSENCE,
            on=clock.today(),
            note="Nav apmeklējis nodarbības divas nedēļas.",
            by=stage.institution,
        )


def _learning(stage: Stage, person: Person, group: Group, scheme: SchemeCode) -> Enrolment:
    """Applied, confirmed, admitted, with a contract."""
    application = stage.apply(person, group, scheme, -112)
    with stage.on(-106):
        application = applications.confirm(application, by=stage.officer)
    with stage.on(-92):
        application = applications.admit(application, group, by=stage.institution)
    return stage.enrolled(application, -59)
