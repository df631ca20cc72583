"""Whatever happens to an application is told: a line on the timeline and, in the same transaction, an e-mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone, translation
from django.utils.timezone import localdate
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.applications.deciding import agency_officer, corrected, sent_back, submitted
from tests.applications.seating import Hall, make_hall, me
from tests.world import World

from stars.actors.actor import SYSTEM
from stars.applications import operations as applications
from stars.applications.enums import Action, Happening
from stars.applications.events import events
from stars.applications.lifecycle import TRANSITIONS
from stars.applications.models import Application, TimelineEntry
from stars.applications.queries import findings_for
from stars.applications.words import EVENTS, NEXT
from stars.catalogue.models import Group
from stars.common.months import add_months
from stars.enrolments import operations
from stars.enrolments.models import Enrolment
from stars.funding import operations as funding
from stars.notices.models import Delivery
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

What = Action | Happening
Change = Callable[[], object]


@dataclass
class Stage:
    """Whose application it is, who decides, and the institution's groups."""

    hall: Hall
    filled: Callable[..., Application]
    person: Person

    def __post_init__(self) -> None:
        """Two officers of the authority."""
        self.officer, self.second = agency_officer(11), agency_officer(12)

    def submitted(self) -> Application:
        return submitted(self.filled, self.person)

    def eligible(self, group: Group | None = None) -> Application:
        return self._mine(self.hall.eligible(group or self.hall.group(1)))

    def waiting(self, *groups: Group) -> Application:
        groups = groups or (self.hall.group(1),)
        return applications.wait(self.eligible(groups[0]), groups, by=self.hall.officer)

    def offered(self) -> tuple[Application, Group]:
        group = self.hall.group(1)
        made = self.waiting(group)
        applications.offer_freed_seats(group, by=SYSTEM)
        return made, group

    def admitted(self) -> Application:
        group = self.hall.group(1)
        return applications.admit(self.eligible(group), group, by=self.hall.officer)

    def learning(self) -> Enrolment:
        today = timezone.localdate()
        return operations.enrol(
            self.admitted(), contract_number="L-1", contract_on=today, by=self.hall.officer
        )

    def _mine(self, application: Application) -> Application:
        Person.objects.filter(pk=application.applicant_id).update(language=self.person.language)
        application.refresh_from_db()
        return application


def _later(change: Change, *, days: int) -> Change:
    def done() -> None:
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            change()

    return done


def _submit(stage: Stage) -> tuple[Application, Change]:
    draft = stage.filled(stage.person)
    return draft, lambda: applications.submit(draft, by=me(draft))


def _decided(stage: Stage, change: Callable[..., object], **given: object) -> tuple[Application, Change]:
    made = stage.submitted()
    return made, lambda: change(made, by=stage.officer, **given)


def _correct(stage: Stage) -> tuple[Application, Change]:
    made = sent_back(stage.submitted(), "occupation", by=stage.officer)
    return made, lambda: applications.resubmit(made, corrected(occupation="Pavāre"), by=me(made))


def _lapse(stage: Stage) -> tuple[Application, Change]:
    made = sent_back(stage.submitted(), "occupation", by=stage.officer)
    return made, _later(lambda: applications.lapse_corrections(by=SYSTEM), days=40)


def _reopen(stage: Stage) -> tuple[Application, Change]:
    made = applications.refuse(stage.submitted(), reasons=["conditions"], by=stage.officer)
    return made, lambda: applications.reopen(made, reasons=["mistake"], note="", by=stage.second)


def _wait(stage: Stage) -> tuple[Application, Change]:
    group = stage.hall.group(1)
    made = stage.eligible(group)
    return made, lambda: applications.wait(made, [group], by=stage.hall.officer)


def _join(stage: Stage) -> tuple[Application, Change]:
    made, group = stage.eligible(), stage.hall.group(1)
    return made, lambda: applications.join(made, group, by=me(made))


def _admit(stage: Stage) -> tuple[Application, Change]:
    group = stage.hall.group(1)
    made = stage.eligible(group)
    return made, lambda: applications.admit(made, group, by=stage.hall.officer)


def _accept(stage: Stage) -> tuple[Application, Change]:
    made, group = stage.offered()
    return made, lambda: applications.accept(made, group, by=me(made))


def _not_admit(stage: Stage) -> tuple[Application, Change]:
    made = stage.waiting()
    return made, lambda: applications.not_admit(made, reasons=["no-seats"], by=stage.hall.officer)


def _regroup(stage: Stage) -> tuple[Application, Change]:
    made = stage.admitted()
    return made, lambda: operations.cancel_group(made.group, reason="Par maz", by=stage.hall.officer)


def _complete(stage: Stage) -> tuple[Application, Change]:
    learning = stage.learning()

    def change() -> None:
        today = timezone.localdate()
        operations.complete(
            learning, document_number="A 1", document_on=today, grade=9, by=stage.hall.officer
        )

    return learning.application, _later(change, days=95)


def _expel(stage: Stage) -> tuple[Application, Change]:
    learning = stage.learning()

    def change() -> None:
        operations.expel(learning, reason="absence", on=timezone.localdate(), by=stage.hall.officer)

    return learning.application, _later(change, days=50)


def _end(stage: Stage) -> tuple[Application, Change]:
    learning = stage.learning()
    cancel = lambda: operations.cancel_group(learning.group, reason="Slims", by=stage.hall.officer)  # noqa: E731
    return learning.application, _later(cancel, days=50)


def _withdraw(stage: Stage) -> tuple[Application, Change]:
    made = stage.submitted()
    return made, lambda: operations.withdraw(made, reason="time", by=me(made))


def _leaving(made: Application, *, days: int = 0) -> tuple[Application, Change]:
    return made, _later(lambda: operations.leave(made, reason="work", by=me(made)), days=days)


def _money_short(stage: Stage) -> tuple[Application, Change]:
    made = stage.submitted()
    funding.set_budget(made.round, 0, by=SYSTEM)

    def change() -> None:
        with pytest.raises(funding.BudgetExceeded):
            applications.confirm(made, by=stage.officer)

    return made, change


def _offer(stage: Stage) -> tuple[Application, Change]:
    group = stage.hall.group(1)
    return stage.waiting(group), lambda: applications.offer_freed_seats(group, by=SYSTEM)


def _decline(stage: Stage) -> tuple[Application, Change]:
    made, group = stage.offered()
    return made, lambda: applications.decline(made, group, by=me(made))


def _offer_lapses(stage: Stage) -> tuple[Application, Change]:
    made, _group = stage.offered()
    return made, _later(applications.lapse_offers, days=10)


def _one_more_place(stage: Stage) -> tuple[Application, Change]:
    made, other = stage.waiting(), stage.hall.group(1)
    return made, lambda: applications.join(made, other, by=me(made))


def _place_given_up(stage: Stage) -> tuple[Application, Change]:
    groups = [stage.hall.group(1) for _ in range(2)]
    made = stage.waiting(*groups)
    return made, lambda: applications.give_up_place(made, groups[0], by=me(made))


# Each returns an application and the change that is still to come.
CASES: dict[What, Callable[[Stage], tuple[Application, Change]]] = {
    Action.SUBMIT: _submit,
    Action.CORRECT: _correct,
    Action.CONFIRM: lambda stage: _decided(stage, applications.confirm),
    Action.REFUSE: lambda stage: _decided(stage, applications.refuse, reasons=["conditions"]),
    Action.RETURN: lambda stage: _decided(
        stage, applications.send_back, fields=["occupation"], reasons=["incomplete"], note=""
    ),
    Action.LAPSE: _lapse,
    Action.REOPEN: _reopen,
    Action.WAIT: _wait,
    Action.JOIN: _join,
    Action.ADMIT: _admit,
    Action.ACCEPT: _accept,
    Action.NOT_ADMIT: _not_admit,
    Action.REGROUP: _regroup,
    Action.COMPLETE: _complete,
    Action.EXPEL: _expel,
    Action.END: _end,
    Action.WITHDRAW: _withdraw,
    Action.LEAVE: lambda stage: _leaving(stage.eligible()),
    Action.LEAVE_WAITING: lambda stage: _leaving(stage.waiting()),
    Action.LEAVE_ADMISSION: lambda stage: _leaving(stage.admitted()),
    Action.LEAVE_LEARNING: lambda stage: _leaving(stage.learning().application, days=50),
    Happening.MONEY_SHORT: _money_short,
    Happening.OFFERED: _offer,
    Happening.DECLINED: _decline,
    Happening.OFFER_LAPSED: _offer_lapses,
    Happening.PLACE_TAKEN: _one_more_place,
    Happening.PLACE_GIVEN_UP: _place_given_up,
}
# What the letter says of the reasons that staff gave.
WHY = {
    Action.REFUSE: "Nav izpildīti finansējuma avota nosacījumi",
    Action.NOT_ADMIT: "Nav brīvu vietu",
    Action.EXPEL: "Neapmeklēšana",
}


@pytest.fixture
def stage(world: World, filled: Callable[..., Application], person: Person) -> Stage:
    return Stage(make_hall(world), filled, person)


def lines(what: What, application: Application) -> list[TimelineEntry]:
    return list(TimelineEntry.objects.filter(application=application, action=what))


def letters(what: What, application: Application) -> list[Delivery]:
    kind = f"application.{what}"
    return list(Delivery.objects.filter(kind=kind, person_id=application.applicant_id))


def test_everything_that_can_happen_is_tried() -> None:
    assert set(CASES) == {*TRANSITIONS, *Happening}


@pytest.mark.parametrize(("what", "language"), list(product(CASES, ["lv", "en"])), ids=str)
def test_a_line_and_an_email_in_the_reader_s_language(stage: Stage, what: What, language: str) -> None:
    stage.person.language = language
    stage.person.save()
    application, change = CASES[what](stage)
    assert (lines(what, application), letters(what, application)) == ([], [])

    change()

    (_line,) = lines(what, application)
    (letter,) = letters(what, application)
    with translation.override(language):
        headline = str(EVENTS[what])
        coming = str(NEXT[what]).split("%(")[0]
    application.refresh_from_db()
    assert (letter.language, letter.to_address) == (language, application.email)
    assert letter.subject == f"{headline} ({application.number})"
    for body in (letter.text, letter.html):
        assert headline in body
        assert coming in body
        assert f"http://testserver/profils/pieteikumi/{application.public_id}/" in body
        assert "Datu analīze" in body
    assert f'<html lang="{language}">' in letter.html
    assert ProcrastinateJob.objects.filter(args={"delivery_id": letter.pk}).count() == 1


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("what", [Action.EXPEL, Action.LEAVE_LEARNING], ids=str)
def test_an_interruption_names_the_day_it_counts_from_and_the_day_of_the_next_chance(
    stage: Stage, what: Action, language: str
) -> None:
    stage.person.language = language
    stage.person.save()
    application, change = CASES[what](stage)
    change()

    (line,) = lines(what, application)
    day = localdate(line.at)
    again = add_months(day, 6)
    said = {
        "lv": f"Sākas nogaidīšanas periods: 6 mēnešus, sākot ar {day:%d.%m.%Y}., šis avots neapmaksā citas "
        f"Jūsu mācības. Pieteikties atkal varat no {again:%d.%m.%Y}.",
        "en": f"A waiting period begins: for 6 months from {day:%d.%m.%Y}. this source pays for no other "
        f"learning of yours. You may apply again from {again:%d.%m.%Y}.",
    }[language]
    (letter,) = letters(what, application)
    assert f"\n{said}\n" in letter.text
    assert f"<p>{said}</p>" in letter.html
    label = {"lv": "Pieteikties atkal varat no", "en": "You may apply again from"}[language]
    application = Application.objects.prefetch_related("timeline", "decisions").get(pk=application.pk)
    with translation.override(language):
        told = [detail for event in events(application) for detail in event.details]
    assert (label, f"{again:%d.%m.%Y}.") in told
    # The day that was named is the first on which the rule lets one apply, and the day before it does not.
    person = Person.objects.get(pk=application.applicant_id)
    for ahead, verdict in ((-1, "not-met"), (0, "met")):
        noon = datetime.combine(again + timedelta(days=ahead), time(12), UTC)
        with time_machine.travel(noon, tick=False):
            found = findings_for(person, application.programme, SchemeCode("MN"), at=noon)
        assert [each.verdict for each in found if each.code == "after-interruption"] == [verdict]


@pytest.mark.parametrize(
    ("what", "interrupts", "said"),
    [
        (Action.LEAVE_LEARNING, False, "Nogaidīšanas perioda nav."),
        (Action.LEAVE_LEARNING, True, "pašlaik nogaidīšanas periods no tā neizriet."),
        (Action.LEAVE_ADMISSION, False, "Nogaidīšanas perioda nav."),
    ],
    ids=str,
)
def test_where_nobody_has_to_wait_the_letter_names_no_day(
    stage: Stage, rules: Callable[..., None], what: Action, interrupts: bool, said: str
) -> None:
    rules(leaving_learning_interrupts=interrupts, months_after_interruption=0)
    application, change = CASES[what](stage)
    change()
    (letter,) = letters(what, application)
    assert said in letter.text
    assert "Pieteikties atkal varat no" not in letter.text


@pytest.mark.parametrize("what", CASES, ids=str)
def test_of_what_was_rolled_back_nothing_is_told(stage: Stage, what: What) -> None:
    application, change = CASES[what](stage)
    jobs = ProcrastinateJob.objects.count()
    with transaction.atomic():
        change()
        transaction.set_rollback(True)

    assert (lines(what, application), letters(what, application)) == ([], [])
    assert ProcrastinateJob.objects.count() == jobs


@pytest.mark.parametrize(("what", "why"), WHY.items(), ids=str)
def test_the_letter_and_the_line_name_the_reason(stage: Stage, what: Action, why: str) -> None:
    application, change = CASES[what](stage)
    change()
    assert f"\n- {why}\n" in letters(what, application)[0].text
    application = Application.objects.prefetch_related("timeline", "decisions").get(pk=application.pk)
    with translation.override("lv"):
        told = [detail for event in events(application) for detail in event.details]
    assert ("Pamatojums", why) in told
