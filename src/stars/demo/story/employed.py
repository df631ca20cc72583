"""MN: groups that learn, have learned, are full, are too small or were cancelled, and a queue of applications."""

from collections.abc import Sequence
from itertools import cycle, islice

from django.utils.datastructures import MultiValueDict

from stars.applications import operations as applications
from stars.applications.enums import ExpulsionReason, Reason, WithdrawalReason
from stars.applications.models import Application
from stars.catalogue.models import Group, Programme
from stars.common import clock
from stars.demo.rounds import Phase
from stars.demo.story.stage import Stage
from stars.enrolments import operations as enrolments
from stars.funding.operations import BudgetExceeded
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

_MN = SchemeCode.MN
_GRADES = (8, 9, 7, 10)


def tell(stage: Stage, programmes: Sequence[Programme], cast: dict[str, Person]) -> None:
    """All acts; `cast` are people who can be signed in as."""
    # A small catalogue has fewer than four of them: then one has several parts.
    learned, learning, small, cancelled = islice(cycle(programmes), 4)
    _have_learned(stage, learned)
    _are_learning(stage, learning)
    _too_few(stage, small)
    _full_with_a_list(stage, learned, cast["low-income-citizen"])
    _cancelled(stage, cancelled)
    _queue(stage, small, cast["two-hats"], cast["correcting-citizen"])


def _have_learned(stage: Stage, programme: Programme) -> None:
    """A group that ended a week ago: documents, an expulsion, and two whose outcome nobody has noted."""
    group = stage.group(
        programme, "Rudens grupa", (_MN, Phase.PAST), starts=-55, lasts=47, seats=10, price_eur=360
    )
    people_in = [stage.enrolled(stage.admitted(group, _MN, -110 + number), -58) for number in range(7)]
    for number, grade in enumerate(_GRADES):
        with stage.on(-5, 15):
            enrolment = enrolments.note_attendance(
                people_in[number], hours=min(programme.hours, 40 + number), by=stage.institution
            )
            enrolments.complete(
                enrolment,
                document_number=f"PP {stage.today.year}-{117 + number:04d}",
                document_on=clock.today(),
                grade=grade,
                by=stage.institution,
            )
    with stage.on(-20):
        enrolments.expel(
            people_in[4],
            reason=ExpulsionReason.ABSENCE,
            on=clock.today(),
            note="Nav apmeklējis nodarbības trīs nedēļas.",
            by=stage.institution,
        )


def _are_learning(stage: Stage, programme: Programme) -> None:
    """A group in the middle of its lessons; one person has left it."""
    group = stage.group(
        programme, "Vakara grupa", (_MN, Phase.PAST), starts=-40, lasts=70, seats=12, price_eur=420
    )
    people_in = [stage.enrolled(stage.admitted(group, _MN, -105 + number), -42) for number in range(5)]
    for number, enrolment in enumerate(people_in[:4]):
        with stage.on(-2, 16):
            enrolments.note_attendance(
                enrolment, hours=min(programme.hours, 18 + number), by=stage.institution
            )
    leaver = people_in[4].application
    with stage.on(-15):
        enrolments.leave(leaver, reason=WithdrawalReason.WORK, by=people.actor_of(leaver.applicant))


def _too_few(stage: Stage, programme: Programme) -> None:
    """A group that begins in a week and has two learners where five are needed."""
    group = stage.group(
        programme, "Mazā grupa", (_MN, Phase.PAST), starts=7, lasts=40, seats=10, least=5, price_eur=300
    )
    for number in range(2):
        stage.admitted(group, _MN, -100 + number)


def _full_with_a_list(stage: Stage, programme: Programme, person: Person) -> None:
    """A full group; of those who wait the first has just been offered a seat, since somebody withdrew."""
    group = stage.group(
        programme, "Pavasara grupa", (_MN, Phase.OPEN), starts=45, lasts=50, seats=5, price_eur=360
    )
    seated = [stage.admitted(group, _MN, -11, after=1) for _ in range(5)]
    first = stage.apply(person, group, _MN, -7)
    waiting = [first, *(stage.apply(stage.newcomer(-6), group, _MN, -6) for _ in range(3))]
    for application in waiting:
        with stage.on(-5):
            applications.confirm(application, by=stage.officer)
        with stage.on(-4):
            applications.wait(application, [group], by=stage.institution)
    leaver = seated[0]
    with stage.on(-1, 16):
        applications.withdraw(leaver, reason=WithdrawalReason.NO_TIME, by=people.actor_of(leaver.applicant))
        applications.offer_freed_seats(group, by=stage.institution)


def _cancelled(stage: Stage, programme: Programme) -> None:
    """A group that was cancelled yesterday: its people may choose another until a deadline."""
    source = (_MN, Phase.CLOSING)
    group = stage.group(programme, "Ziemas grupa", source, starts=26, lasts=40, seats=8, price_eur=280)
    stage.group(programme, "Ziemas otrā grupa", source, starts=40, lasts=40, seats=8, price_eur=280)
    for number in range(3):
        stage.admitted(group, _MN, -38 + number)
    with stage.on(-1, 13):
        enrolments.cancel_group(
            group, reason="Saslimis pasniedzējs; aicinām izvēlēties otro grupu.", by=stage.institution
        )


def _queue(stage: Stage, programme: Programme, colleague: Person, correcting: Person) -> None:
    """What waits for the agency: fresh applications, a returned one, a corrected one, refusals, money that ended."""
    group = stage.group(
        programme, "Jaunā grupa", (_MN, Phase.OPEN), starts=60, lasts=40, seats=14, price_eur=300
    )
    fresh = [stage.apply(stage.newcomer(day), group, _MN, day) for day in (-10, -9, -8, -6, -4, -3)]
    returned = stage.apply(correcting, group, _MN, -9)
    stage.apply(colleague, group, _MN, -2)
    refused, mistaken, corrected, _, _, _ = fresh
    for application, by in ((refused, stage.officer), (mistaken, stage.second_officer)):
        with stage.on(-3, 14):
            applications.refuse(
                application,
                reasons=[Reason.EMPLOYMENT],
                note="Valsts reģistros nodarbinātība pieteikuma dienā nav apstiprināta.",
                by=by,
            )
    with stage.on(-1, 9):
        applications.reopen(
            mistaken,
            reasons=[Reason.NEW_FACTS],
            note="Iesniegta izziņa no darba devēja.",
            by=stage.officer,
        )
    for application in (returned, corrected):
        with stage.on(-2, 15):
            applications.send_back(
                application,
                fields=["occupation"],
                reasons=[Reason.INCOMPLETE],
                note="Lūdzu, norādiet amatu tā, kā tas rakstīts darba līgumā.",
                by=stage.officer,
            )
    with stage.on(-1, 18):
        applications.resubmit(
            corrected,
            MultiValueDict({"occupation": ["Vecākais pārdevējs"]}),
            by=people.actor_of(corrected.applicant),
        )
    with stage.on(-1, 11):
        withdrawn = stage.apply(stage.newcomer(-5), group, _MN, -5)
        applications.withdraw(
            withdrawn, reason=WithdrawalReason.CHOSE_ANOTHER, by=people.actor_of(withdrawn.applicant)
        )
    _without_money(stage, programme)


def _without_money(stage: Stage, programme: Programme) -> None:
    """An application that the budget of its round does not reach."""
    group = stage.group(
        programme, "Dārgā grupa", (_MN, Phase.CLOSING), starts=30, lasts=60, seats=10, price_eur=900
    )
    last = stage.apply(stage.newcomer(-12), group, _MN, -12)
    with stage.on(-4, 12):
        _confirm_in_vain(stage, last)
    turned_away = stage.confirmed(_other(stage, programme), _MN, -20)
    with stage.on(-10):
        applications.not_admit(
            turned_away,
            reasons=[Reason.PRIOR_EDUCATION],
            note="Programmai nepieciešama vidējā izglītība.",
            by=stage.institution,
        )


def _other(stage: Stage, programme: Programme) -> Group:
    return stage.group(
        programme, "Brīvdienu grupa", (_MN, Phase.CLOSING), starts=35, lasts=30, seats=10, price_eur=120
    )


def _confirm_in_vain(stage: Stage, application: Application) -> None:
    try:
        applications.confirm(application, by=stage.second_officer)
    except BudgetExceeded:
        return
    raise AssertionError("the round of the story had more money than it should have")
