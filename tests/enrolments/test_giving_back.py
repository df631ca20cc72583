"""What was paid when learning began comes back when its end costs nothing: withdrawn in time, or the group cancelled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone, translation
from tests.applications.seating import SUPPORT_CENTS, Hall, make_hall, me, status
from tests.world import World, make_staff

from stars.actors.actor import SYSTEM
from stars.applications import operations as applications
from stars.applications.enums import Action, Status
from stars.applications.events import events
from stars.applications.models import Application
from stars.catalogue.models import Group, Round
from stars.enrolments import operations
from stars.funding import operations as funding
from stars.funding.models import CorrectionProposal, LedgerEntry
from stars.funding.queries import account_of, budget_of
from stars.notices.models import Delivery
from stars.schemes.parameters import PaysOn

Rules = Callable[..., None]
SUM = "360,00\N{NO-BREAK SPACE}€"
RETURNING = f"Mācību sākumā samaksātie {SUM} tiek atgriezti; to apstiprina darbinieks."


@pytest.fixture(params=["MN", "IMK"])
def learner(world: World, rules: Rules, request: pytest.FixtureRequest) -> tuple[Hall, Application]:
    """Somebody whose learning was paid for when it began, while the round is still open."""
    scheme = request.param
    rules(scheme=scheme, pays_on=PaysOn.START)
    hall = make_hall(world, scheme=scheme)
    Round.objects.update(closes_at=timezone.now() + timedelta(days=90))
    group = hall.group(2)
    application = applications.admit(hall.eligible(group), group, by=hall.officer)
    operations.enrol(application, contract_number="L-1", contract_on=timezone.localdate(), by=hall.officer)
    return hall, application


@pytest.fixture
def begun(learner: tuple[Hall, Application]):
    """The same some days after the start, paid for."""
    with time_machine.travel(timezone.now() + timedelta(days=45), tick=False):
        assert operations.pay_begun() == 1
        yield learner


def withdraw(application: Application) -> Application:
    return operations.withdraw(application, reason="time", by=me(application))


def told(application: Application, language: str = "lv") -> list[str]:
    """What the timeline says of payments."""
    read = Application.objects.prefetch_related("timeline", "decisions").get(pk=application.pk)
    label = {"lv": "Maksājums", "en": "Payment"}[language]
    with translation.override(language):
        return [text for event in events(read) for key, text in event.details if key == label]


def letter(application: Application, action: Action) -> Delivery:
    return Delivery.objects.get(kind=f"application.{action}", person_id=application.applicant_id)


def test_a_withdrawal_in_time_proposes_the_return_and_says_so(begun: tuple[Hall, Application]) -> None:
    _hall, application = begun
    for _ in range(2):
        withdraw(application)

    assert status(application) == Status.WITHDRAWN
    proposal = CorrectionProposal.objects.get()
    payment = LedgerEntry.objects.get(kind="payment")
    assert (proposal.entry_id, proposal.is_owed, proposal.proposed_by) == (
        payment.pk,
        True,
        application.applicant_id,
    )
    assert proposal.reason == "Atteikšanās, kamēr kārta bija atvērta: tai nav seku."
    assert budget_of(application.round_id).committed_cents == SUPPORT_CENTS
    assert told(application) == [f"{RETURNING} Jums nekas nav jādara."]
    mail = letter(application, Action.WITHDRAW)
    assert RETURNING in mail.text
    assert RETURNING in mail.html


def test_an_officer_approves_it_and_the_money_is_there_again(begun: tuple[Hall, Application]) -> None:
    _hall, application = begun
    withdraw(application)
    officer = make_staff(2, "agency")
    funding.settle_correction(CorrectionProposal.objects.get().pk, accept=True, by=officer)

    assert budget_of(application.round_id).committed_cents == 0
    account = account_of(application.applicant_id, application.scheme)
    assert (account is None) == (application.scheme == "MN")
    assert account is None or (account.available_cents, account.spent_cents) == (120_000, 0)
    day = f"{timezone.localdate():%d.%m.%Y}."
    assert told(application) == [f"Mācību sākumā samaksātie {SUM} ir atgriezti {day}"]
    assert told(application, "en") == [f"{SUM} that were paid when learning began were returned on {day}"]


def test_what_an_officer_declined_is_told_too(begun: tuple[Hall, Application]) -> None:
    _hall, application = begun
    withdraw(application)
    funding.settle_correction(CorrectionProposal.objects.get().pk, accept=False, by=make_staff(2, "agency"))
    day = f"{timezone.localdate():%d.%m.%Y}."
    assert told(application) == [
        (
            f"Mācību sākumā samaksāto {SUM} atgriešana noraidīta {day} "
            "Ja uzskatāt, ka tā ir kļūda, lūdzu, rakstiet mums."
        )
    ]


def test_of_a_withdrawal_that_was_rolled_back_nothing_is_proposed(begun: tuple[Hall, Application]) -> None:
    _hall, application = begun
    with transaction.atomic():
        withdraw(application)
        transaction.set_rollback(True)
    assert not CorrectionProposal.objects.exists()
    assert status(application) == Status.ADMITTED


def test_a_group_cancelled_after_the_start_charges_nothing(begun: tuple[Hall, Application]) -> None:
    hall, application = begun
    for _ in range(2):
        operations.cancel_group(application.group, reason="Ugunsgrēks", by=hall.officer)

    assert status(application) == Status.REFUSED
    proposal = CorrectionProposal.objects.get()
    assert (proposal.is_owed, proposal.proposed_by) == (True, application.applicant_id)
    assert proposal.reason == "Grupa atcelta pēc mācību sākuma: par to nekas netiek ieturēts."
    assert told(application) == [f"{RETURNING} Jums nekas nav jādara."]
    assert RETURNING in letter(application, Action.END).text


def test_a_job_that_finishes_the_cancelling_proposes_it_too(begun: tuple[Hall, Application]) -> None:
    _hall, application = begun
    Group.objects.filter(pk=application.group_id).update(status="cancelled", cancelled_reason="Ugunsgrēks")
    operations.settle_cancelled(application.group, by=SYSTEM)
    assert CorrectionProposal.objects.get().proposed_by == application.applicant_id


def test_what_was_only_held_is_released_and_nothing_is_proposed(learner: tuple[Hall, Application]) -> None:
    _hall, application = learner
    withdraw(application)
    assert budget_of(application.round_id).committed_cents == 0
    assert not CorrectionProposal.objects.exists()
    assert told(application) == []


def test_after_the_round_has_closed_the_payment_stays(begun: tuple[Hall, Application]) -> None:
    _hall, application = begun
    Round.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    operations.leave(application, reason="work", by=me(application))
    assert not CorrectionProposal.objects.exists()
    assert budget_of(application.round_id).committed_cents == SUPPORT_CENTS
