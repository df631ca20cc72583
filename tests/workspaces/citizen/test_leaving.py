"""“Atteikties” on the pages: a way out of every open state, what it costs told before, “atteicies” afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation
from tests.applications.seating import Hall, RunJobs, counted, interrupted_on, live, make_hall, me, status
from tests.applications.test_leaving import STATES, standing
from tests.world import World, make_staff

from stars.applications import operations
from stars.applications.enums import Action, Status
from stars.applications.models import Application
from stars.applications.queries.leaving import Consequence
from stars.audit.models import AuditEvent
from stars.catalogue.models import Round
from stars.enrolments import operations as enrolments
from stars.people import operations as people
from stars.schemes.parameters import PaysOn
from stars.workspaces.citizen.views.leaving import consequence_lines

ANSWER = {"reason": "health", "note": "Slimnīca"}
TOLD = {
    Status.WAITING: "Visas Jūsu vietas gaidīšanas sarakstos un piedāvātā vieta pāriet citiem",
    "offered": "Visas Jūsu vietas gaidīšanas sarakstos un piedāvātā vieta pāriet citiem",
    Status.ADMITTED: "Jūsu vieta grupā",
}


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


@pytest.fixture
def browse(signed_in: Callable[..., Client]) -> Callable[[Application], Client]:
    """The applicant's browser, past the consent."""

    def browser_of(application: Application) -> Client:
        people.accept_texts(application.applicant, by=me(application))
        return signed_in(application.applicant)

    return browser_of


def close_the_round(application: Application) -> None:
    Round.objects.filter(pk=application.round_id).update(closes_at=timezone.now() - timedelta(minutes=1))


def url(application: Application, act: str = "") -> str:
    return f"/profils/pieteikumi/{application.public_id}/{act}"


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("state", STATES)
def test_every_open_state_has_a_way_out(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client], state: str, closed: bool
) -> None:
    application = standing(hall, state, run_jobs)
    if closed:
        close_the_round(application)
    way = url(application, "aiziet/" if closed else "atteikties/")
    web = browse(application)

    assert f'href="{way}">Atteikties</a>' in web.get(url(application)).content.decode()
    question = web.get(way)
    assert question.status_code == 200
    if closed:
        told = question.content.decode()
        assert "Kas no tā izriet" in told
        assert told.index("Kas no tā izriet") < told.index('name="reason"')
        assert TOLD.get(state, "tā vieta rindā zūd") in told
        assert "Nogaidīšanas perioda nav" in told
    assert status(application) == (Status.WAITING if state == "offered" else state)

    done = web.post(way, ANSWER)
    assert (done.status_code, done["Location"]) == (302, url(application))
    page = web.get(url(application)).content.decode()
    assert ">Atteicies</span>" in page
    assert f'href="{way}"' not in page
    assert (status(application), counted(hall.groups[0]), live(hall.groups[0])) == (Status.WITHDRAWN, 0, [])


@pytest.mark.parametrize("state", STATES)
def test_a_second_click_does_it_once(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client], state: str
) -> None:
    application = standing(hall, state, run_jobs)
    close_the_round(application)
    web = browse(application)

    answers = [web.post(url(application, "aiziet/"), ANSWER).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert application.decisions.count() == 1
    late = web.get(url(application, "aiziet/"))
    assert late.status_code == 409
    assert url(application) in late.content.decode()


@pytest.mark.parametrize("answer", [{}, {"reason": "x"}, {"reason": "health", "note": "ā" * 501}])
@pytest.mark.parametrize("act", ["aiziet/", "atteikties/"])
def test_without_a_right_answer_nobody_leaves(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client], answer: dict[str, str], act: str
) -> None:
    application = standing(hall, "waiting", run_jobs)
    assert browse(application).post(url(application, act), answer).status_code == 422
    assert status(application) == Status.WAITING


def test_while_the_round_is_open_the_costly_way_leads_to_the_free_one(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client]
) -> None:
    application = standing(hall, "admitted", run_jobs)
    answer = browse(application).get(url(application, "aiziet/"))
    assert (answer.status_code, answer["Location"]) == (302, url(application, "atteikties/"))


def test_a_tab_of_before_the_close_is_told_that_it_is_too_late(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client]
) -> None:
    application = standing(hall, "admitted", run_jobs)
    web = browse(application)
    web.get(url(application, "atteikties/"))
    close_the_round(application)
    late = web.post(url(application, "atteikties/"), ANSWER)
    assert late.status_code == 409
    assert url(application, "aiziet/") in late.content.decode()
    assert status(application) == Status.ADMITTED


@pytest.mark.parametrize("act", ["aiziet/", "atteikties/"])
def test_somebody_elses_application_is_not_left(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client], act: str
) -> None:
    application = standing(hall, "admitted", run_jobs)
    web = browse(hall.eligible())
    assert [
        web.get(url(application, act)).status_code,
        web.post(url(application, act), ANSWER).status_code,
    ] == [
        404,
        404,
    ]
    assert (
        AuditEvent.objects.filter(kind="application.refused-look", subject_id=str(application.pk)).count()
        == 2
    )
    assert status(application) == Status.ADMITTED


def test_leaving_what_is_learned_tells_the_waiting_period_and_counts_as_interruption(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client]
) -> None:
    application = standing(hall, "admitted", run_jobs)
    enrolments.enrol(application, contract_number="L-1", contract_on=timezone.localdate(), by=hall.officer)
    close_the_round(application)
    web = browse(application)
    assert "Nogaidīšanas perioda nav" in web.get(url(application, "aiziet/")).content.decode()

    with time_machine.travel(timezone.now() + timedelta(days=45), tick=False):
        # A new visit: sessions do not live that long.
        web = browse(application)
        told = web.get(url(application, "aiziet/")).content.decode()
        assert "Mācības tiek pārtrauktas" in told
        assert "6 mēnešus" in told
        assert web.post(url(application, "aiziet/"), ANSWER).status_code == 302
    assert status(application) == Status.WITHDRAWN
    assert interrupted_on(application) is not None


@pytest.mark.parametrize(("days", "warned"), [(45, False), (91, True)])
def test_who_has_learned_to_the_end_is_advised_to_wait_for_the_result(
    hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client], days: int, warned: bool
) -> None:
    application = standing(hall, "admitted", run_jobs)
    enrolments.enrol(application, contract_number="L-1", contract_on=timezone.localdate(), by=hall.officer)
    close_the_round(application)
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        told = browse(application).get(url(application, "aiziet/")).content.decode()
    assert ("sagaidiet rezultātu" in told) == warned
    assert "Mācības tiek pārtrauktas" in told


def test_what_has_ended_cannot_be_left(hall: Hall, run_jobs: RunJobs, browse: Callable[..., Client]) -> None:
    application = standing(hall, "eligible", run_jobs)
    operations.not_admit(application, reasons=["no-seats"], note="", by=hall.officer)
    web = browse(application)
    assert web.get(url(application, "aiziet/")).status_code in (302, 409)
    assert web.post(url(application, "aiziet/"), ANSWER).status_code == 409
    assert status(application) == Status.REFUSED


def test_a_payment_made_at_the_start_comes_back_to_whoever_withdraws_in_time(
    world: World, rules: Callable[..., None], browse: Callable[..., Client], at_work: Callable[..., Client]
) -> None:
    rules(scheme="IMK", pays_on=PaysOn.START)
    hall = make_hall(world, scheme="IMK")
    Round.objects.update(closes_at=timezone.now() + timedelta(days=90))
    group = hall.group(2)
    application = operations.admit(hall.eligible(group), group, by=hall.officer)
    enrolments.enrol(application, contract_number="L-1", contract_on=timezone.localdate(), by=hall.officer)
    with time_machine.travel(timezone.now() + timedelta(days=45), tick=False):
        enrolments.pay_begun()
        web = browse(application)
        question = web.get(url(application, "atteikties/")).content.decode()
        assert "Maksājums atgriezīsies, tiklīdz to apstiprinās darbinieks." in question
        assert [web.post(url(application, "atteikties/"), ANSWER).status_code for _ in range(2)] == [302, 302]
        page = web.get(url(application)).content.decode()
        assert f"Mācību sākumā samaksātie {SUPPORT} tiek atgriezti; to apstiprina darbinieks." in page
        assert f"{SUPPORT} tiek atgriezti" in web.get("/profils/finansejums/").content.decode()

        officer = at_work(make_staff(2, "agency"))
        (proposal,) = officer.get("/agentura/labojumi/").context["waiting"].object_list
        officer.post(f"/agentura/labojumi/{proposal.pk}/", {"accept": "1"})

        day = f"{timezone.localdate():%d.%m.%Y}."
        page = web.get(url(application)).content.decode()
        assert f"Mācību sākumā samaksātie {SUPPORT} ir atgriezti {day}" in page
        money = web.get("/profils/finansejums/")
        assert "tiek atgriezti" not in money.content.decode()
        assert money.context["account"].available_cents == 120_000


SUPPORT = "360,00\N{NO-BREAK SPACE}€"
MONEY_FREE = "Jūsu mācībām rezervētais publiskais finansējums atkal ir pieejams."
PAYMENT_STAYS = "Mācības tika apmaksātas, kad tās sākās; šis maksājums paliek spēkā."
NO_WAITING = "Nogaidīšanas perioda nav. Varat pieteikties atkal, tiklīdz ir atvērta kārta."
ASK = "Par jau veikto līdzmaksājumu, lūdzu, jautājiet izglītības iestādei."


@pytest.mark.parametrize(
    ("action", "interrupts", "percent", "months", "told"),
    [
        (Action.LEAVE, False, 0, 6, [MONEY_FREE, NO_WAITING]),
        (Action.LEAVE_WAITING, False, 0, 0, [MONEY_FREE, NO_WAITING]),
        (Action.LEAVE_ADMISSION, False, 0, 6, [MONEY_FREE, NO_WAITING, ASK]),
        (
            Action.LEAVE_ADMISSION,
            True,
            0,
            0,
            [
                MONEY_FREE,
                "Tas uzskatāms par mācību pārtraukšanu; pašlaik nogaidīšanas periods no tā neizriet.",
                ASK,
            ],
        ),
        (
            Action.LEAVE_LEARNING,
            True,
            30,
            12,
            [
                "Tiek izlietoti 30 % no Jūsu mācībām rezervētā publiskā finansējuma; pārējais atkal ir pieejams.",
                (
                    "Sākas nogaidīšanas periods: 12 mēnešus, sākot ar 31.08.2026., šis avots neapmaksā citas "
                    "Jūsu mācības. Pieteikties atkal varat no 31.08.2027."
                ),
                ASK,
            ],
        ),
    ],
)
@time_machine.travel("2026-08-31T09:00Z", tick=False)
def test_what_leaving_costs_is_told_to_the_figure(
    action: Action, *, interrupts: bool, percent: int, months: int, told: list[str]
) -> None:
    costs = Consequence(action=action, interrupts=interrupts, paid_percent=percent, months=months)
    with translation.override("lv"):
        assert consequence_lines(costs)[1:] == told
        # What was paid for when it began is neither free again nor spent by leaving.
        paid = replace(costs, is_paid=True)
        assert consequence_lines(paid)[1:] == [PAYMENT_STAYS, *told[1:]]
