"""Confirm, refuse, return, reopen, lapse: by whom, with which reasons, and what they leave behind."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from pypdf import PdfReader
from tests.applications.deciding import (
    agency_officer,
    answered,
    corrected,
    ministry_officer,
    sent_back,
    submitted,
)
from tests.world import OGRE, World, make_person, make_staff

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.applications import operations
from stars.applications.document import decision_document
from stars.applications.enums import Action, Status
from stars.applications.events import events
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application, Decision, RegisterAnswer, StepAnswers, TimelineEntry
from stars.applications.queries import queue
from stars.applications.queries.queue import Mark, QueueFilter
from stars.applications.words import reasons_in_words
from stars.common import clock
from stars.funding import operations as funding
from stars.funding.queries import account_of, budget_of, rules_for
from stars.notices.models import Delivery
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import ProfileAnswers

Filled = Callable[..., Application]
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(catalogue_lists: None) -> Actor:
    """Decides on the agency's sources."""
    return agency_officer()


@pytest.fixture
def waiting(filled: Filled, person: Person) -> Application:
    """Submitted under MN."""
    return submitted(filled, person)


def test_confirming_holds_what_was_promised_and_keeps_the_decision(
    waiting: Application, officer: Actor
) -> None:
    confirmed = operations.confirm(waiting, by=officer)

    decision = confirmed.decisions.get()
    assert (confirmed.status, confirmed.support_cents, confirmed.copayment_cents) == (
        "eligible",
        36_000,
        4_000,
    )
    assert (decision.action, decision.rules_version, decision.organisation) == (
        Action.CONFIRM,
        "MN-2026-1/0",
        "Organizācija agency",
    )
    assert decision.figures == {"price_cents": 40_000, "copayment_cents": 4_000, "support_cents": 36_000}
    assert {row["verdict"] for row in decision.findings} == {"met"}
    assert budget_of(waiting.round_id).committed_cents == 36_000


def test_a_low_income_household_pays_nothing_unless_the_register_denies_it(
    waiting: Application, officer: Actor
) -> None:
    Application.objects.filter(pk=waiting.pk).update(low_income=True)
    RegisterAnswer.objects.create(application=waiting, register="social", answer="yes")
    assert operations.confirm(waiting, by=officer).copayment_cents == 0


def test_a_denied_low_income_household_pays_its_share(waiting: Application, officer: Actor) -> None:
    Application.objects.filter(pk=waiting.pk).update(low_income=True)
    RegisterAnswer.objects.create(application=waiting, register="social", answer="no")
    assert operations.confirm(waiting, by=officer).copayment_cents == 4_000


def test_the_first_confirmed_application_opens_the_account(
    filled: Filled, person: Person, officer: Actor
) -> None:
    operations.confirm(submitted(filled, person, "IMK"), by=officer)
    account = account_of(person.pk, "IMK")

    assert account is not None
    assert (account.granted_cents, account.held_cents, account.available_cents) == (120_000, 36_000, 84_000)


def test_confirming_against_a_register_owes_a_note(waiting: Application, officer: Actor) -> None:
    answered(waiting, tax="no")
    with pytest.raises(operations.ReasonOwed):
        operations.confirm(waiting, by=officer)

    confirmed = operations.confirm(waiting, note="Iesniegta izziņa no darba devēja.", by=officer)
    decision = confirmed.decisions.get()
    assert {row["rule"]: row["verdict"] for row in decision.findings}["employed"] == "not-met"
    assert decision.registers == {"tax": "no"}


def test_beyond_the_budget_the_application_stays_marked_and_the_applicant_is_told_once(
    waiting: Application, officer: Actor, world: World
) -> None:
    funding.set_budget(world.rounds["MN"], 35_999, by=SYSTEM)
    for _ in range(2):
        with pytest.raises(funding.BudgetExceeded) as short:
            operations.confirm(waiting, by=officer)

    waiting.refresh_from_db()
    assert (short.value.left_cents, short.value.needed_cents) == (35_999, 36_000)
    assert (waiting.status, waiting.money_short_at is not None) == (Status.SUBMITTED, True)
    assert Decision.objects.count() == 0
    _told_once(waiting, "budget", "Kārtas finansējums ir izlietots")

    funding.set_budget(world.rounds["MN"], 36_000, by=SYSTEM)
    assert operations.confirm(waiting, by=officer).money_short_at is None


def test_beyond_the_account_the_application_stays_marked_and_the_applicant_is_told_once(
    filled: Filled, person: Person, officer: Actor, world: World
) -> None:
    _grant(35_999)
    waiting = submitted(filled, person, "IMK")
    for _ in range(2):
        with pytest.raises(funding.FundsExceeded) as short:
            operations.confirm(waiting, by=officer)

    waiting.refresh_from_db()
    assert (short.value.available_cents, short.value.needed_cents) == (35_999, 36_000)
    assert (waiting.status, waiting.money_short_at is not None) == (Status.SUBMITTED, True)
    assert [Decision.objects.count(), account_of(person.pk, "IMK")] == [0, None]
    assert budget_of(world.rounds["IMK"].pk).committed_cents == 0
    _told_once(waiting, "account", "Mācību konta līdzekļu programmai nepietiek")
    wanted = QueueFilter(schemes=("IMK",), status=Status.SUBMITTED, mark=Mark.MONEY_SHORT)
    assert queue.shown(wanted, after=None, before=None).rows == [waiting]

    _grant(36_000)
    assert operations.confirm(waiting, by=officer).money_short_at is None


def _told_once(waiting: Application, reason: str, words: str) -> None:
    """The timeline and one letter say which money does not suffice."""
    entry = TimelineEntry.objects.get(application=waiting, action="money-short")
    assert entry.details == {"reasons": [reason]}
    assert f"- {words}\n" in Delivery.objects.get(kind="application.money-short").text
    assert next(event.details for event in events(waiting)) == [("Pamatojums", words)]


def test_who_is_refused_for_want_of_their_own_money_reads_it_in_letter_and_decision(
    filled: Filled, person: Person, officer: Actor
) -> None:
    _grant(35_999)
    waiting = submitted(filled, person, "IMK")
    with pytest.raises(funding.FundsExceeded):
        operations.confirm(waiting, by=officer)
    refused = operations.refuse(waiting, reasons=["account"], by=officer)

    words = "Mācību konta līdzekļu programmai nepietiek"
    assert (refused.status, refused.money_short_at) == (Status.REFUSED, None)
    assert f"- {words}\n" in Delivery.objects.get(kind="application.refuse").text
    document = decision_document(refused, refused.decisions.get().pk)
    assert document is not None
    said = " ".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(document)).pages)
    assert words in " ".join(said.split())
    with translation.override("en"):
        assert reasons_in_words(["account"]) == ["The learning account does not suffice for the programme"]


def test_a_refusal_has_reasons_of_its_list(waiting: Application, officer: Actor) -> None:
    for reasons, note in (
        ([], "x"),
        (["no-seats"], "x"),
        (["other"], "  "),
        (["mistake"], "x"),
        (["<b>"], ""),
    ):
        with pytest.raises(operations.ReasonOwed):
            operations.refuse(waiting, reasons=reasons, note=note, by=officer)

    refused = operations.refuse(waiting, reasons=["employment", "other"], note="Nav darba.\x00", by=officer)
    decision = refused.decisions.get()
    assert (refused.status, refused.ended_at is not None) == (Status.REFUSED, True)
    assert (decision.reasons, decision.note) == (["employment", "other"], "Nav darba.")


def test_signs_that_cannot_be_kept_are_no_note(waiting: Application, officer: Actor) -> None:
    rows = [
        row | {"verdict": "not-met"} if row["rule"] == "employed" else row for row in waiting.findings or []
    ]
    Application.objects.filter(pk=waiting.pk).update(findings=rows)
    with pytest.raises(operations.ReasonOwed):
        operations.confirm(waiting, note=" \x00\n", by=officer)


def test_the_database_refuses_a_decision_without_the_reason_that_it_owes(waiting: Application) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.create(
            application=waiting, action="refuse", actor_role="system", rules_version="MN-2026-1/0"
        )


@pytest.mark.parametrize("step", ["confirm", "refuse", "send_back"])
def test_nobody_decides_on_their_own_nor_on_another_source(filled: Filled, world: World, step: str) -> None:
    officer, stranger = agency_officer(), ministry_officer()
    person = Person.objects.get(pk=officer.person_id)
    people.save_profile(person, _answers(), by=people.actor_of(person))
    own = submitted(filled, person)
    words = {
        "confirm": {},
        "refuse": {"reasons": ["age"]},
        "send_back": {"reasons": ["incomplete"], "fields": ["phone"], "note": ""},
    }[step]

    for by, refusal in (
        (officer, OwnAffair),
        (stranger, OutOfScope),
        (people.actor_of(person), NotPermitted),
    ):
        with pytest.raises(refusal):
            getattr(operations, step)(own, by=by, **words)
    with pytest.raises(NotPermitted):
        getattr(operations, step)(own, by=make_staff(70, "institution"), **words)
    assert Decision.objects.count() == 0


def test_only_the_ticked_fields_open_and_the_place_in_the_queue_is_kept(
    waiting: Application, officer: Actor, person: Person, by: Actor
) -> None:
    day = waiting.submitted_at
    returned = sent_back(waiting, "occupation", by=officer)
    assert (returned.status, returned.returned_fields) == (Status.RETURNED, ["occupation"])

    again = operations.resubmit(
        returned, corrected(occupation="Pavāre, ēdnīcas vadītāja", email="svesa@cita.example"), by=by
    )
    assert (again.status, again.submitted_at, again.occupation) == (
        Status.SUBMITTED,
        day,
        "Pavāre, ēdnīcas vadītāja",
    )
    assert again.email == "ilze@klients.example"
    assert StepAnswers.objects.get(application=again, step="contact").data["email"] == [
        "ilze@Klients.example"
    ]
    assert Decision.objects.get().answers == {"occupation": ["Pavāre"]}
    assert (again.returned_fields, again.correction_due_at) == ([], None)


def test_fields_that_depend_on_each_other_open_together(
    waiting: Application, officer: Actor, by: Actor, world: World
) -> None:
    returned = sent_back(waiting, "place", by=officer)
    assert returned.returned_fields == ["place", "period"]

    ogre = world.groups[1]
    again = operations.resubmit(returned, corrected(place=OGRE, period=str(ogre.pk)), by=by)
    assert (again.group, again.municipality_id, again.promised["place"]) == (
        ogre,
        OGRE,
        ogre.municipality.name,
    )


def test_place_can_be_corrected_after_the_round_closed(
    waiting: Application, officer: Actor, by: Actor, world: World
) -> None:
    returned = sent_back(waiting, "place", by=officer)
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        world.rounds["MN"].refresh_from_db()
        assert world.rounds["MN"].closes_at < timezone.now()
        again = operations.resubmit(returned, corrected(place=OGRE, period=str(world.groups[1].pk)), by=by)
    assert again.group == world.groups[1]


@pytest.mark.parametrize("occupation", ["", "x" * 201, "\x00"])
def test_a_wrong_correction_is_not_taken(
    waiting: Application, officer: Actor, by: Actor, occupation: str
) -> None:
    returned = sent_back(waiting, "occupation", by=officer)
    with pytest.raises(operations.StillWrong):
        operations.resubmit(returned, corrected(occupation=occupation), by=by)

    returned.refresh_from_db()
    assert (returned.status, returned.occupation) == (Status.RETURNED, "Pavāre")


@pytest.mark.parametrize("fields", [[], ["nonsense"], ["phone", "region"]])
def test_only_fields_of_the_source_can_be_opened(
    waiting: Application, officer: Actor, fields: list[str]
) -> None:
    with pytest.raises(operations.UnknownFields):
        sent_back(waiting, *fields, by=officer)


def test_after_the_deadline_it_lapses_into_a_refusal_with_its_reason(
    waiting: Application, officer: Actor, by: Actor
) -> None:
    returned = sent_back(waiting, "occupation", by=officer)
    assert operations.lapse_corrections(by=SYSTEM) == 0
    with time_machine.travel(returned.correction_due_at + timedelta(seconds=1), tick=False):
        with pytest.raises(operations.CorrectionOver):
            operations.resubmit(returned, corrected(occupation="Cita"), by=by)
        assert [operations.lapse_corrections(by=SYSTEM) for _ in range(2)] == [1, 0]

    returned.refresh_from_db()
    assert (returned.status, returned.returned_fields) == (Status.REFUSED, [])
    assert returned.decisions.latest("at").reasons == ["not-corrected"]


def test_a_returned_application_may_be_withdrawn(waiting: Application, officer: Actor, by: Actor) -> None:
    returned = sent_back(waiting, "occupation", by=officer)
    assert operations.withdraw(returned, reason="time", by=by).status == Status.WITHDRAWN


def test_sending_a_correction_twice_is_sending_it_once(
    waiting: Application, officer: Actor, by: Actor
) -> None:
    returned = sent_back(waiting, "occupation", by=officer)
    for occupation in ("Pavāre", "Cita"):
        operations.resubmit(returned, corrected(occupation=occupation), by=by)

    returned.refresh_from_db()
    assert returned.occupation == "Pavāre"
    assert TimelineEntry.objects.filter(action="correct").count() == 1


def test_a_second_officer_reopens_and_it_goes_back_to_its_place(waiting: Application, officer: Actor) -> None:
    second = agency_officer(2)
    operations.refuse(waiting, reasons=["age"], by=officer)
    with pytest.raises(operations.SameOfficer):
        operations.reopen(waiting, reasons=["mistake"], note="", by=officer)
    with pytest.raises(operations.ReasonOwed):
        operations.reopen(waiting, reasons=["age"], note="", by=second)

    reopened = operations.reopen(waiting, reasons=["mistake"], note="", by=second)
    assert (reopened.status, reopened.ended_at, reopened.submitted_at) == (
        Status.SUBMITTED,
        None,
        waiting.submitted_at,
    )
    assert operations.confirm(reopened, by=officer).status == Status.ELIGIBLE


def test_reopening_is_refused_while_another_application_is_open(
    filled: Filled, person: Person, officer: Actor
) -> None:
    refused = operations.refuse(submitted(filled, person), reasons=["age"], by=officer)
    other = submitted(filled, person)

    with pytest.raises(operations.AlreadyOpen) as conflict:
        operations.reopen(refused, reasons=["mistake"], note="", by=agency_officer(2))
    assert conflict.value.other == other


def test_what_an_institution_refused_is_not_reopened_by_the_authority(
    waiting: Application, officer: Actor
) -> None:
    operations.not_admit(
        operations.confirm(waiting, by=officer),
        reasons=["no-seats"],
        note="",
        by=make_staff(70, "institution", organisation="tehnikums"),
    )
    with pytest.raises(operations.NotReopenable):
        operations.reopen(waiting, reasons=["mistake"], note="", by=agency_officer(2))


def test_a_rolled_back_decision_tells_nobody(waiting: Application, officer: Actor) -> None:
    before = Delivery.objects.count()
    with transaction.atomic():
        operations.refuse(waiting, reasons=["age"], by=officer)
        assert Delivery.objects.count() == before + 1
        transaction.set_rollback(True)

    assert Delivery.objects.count() == before
    assert operations.confirm(waiting, by=officer).status == Status.ELIGIBLE


def test_bulk_confirms_in_order_of_submission_until_the_money_ends(
    filled: Filled, officer: Actor, world: World
) -> None:
    funding.set_budget(world.rounds["MN"], 80_000, by=SYSTEM)
    queue = [submitted(filled, make_person(number)) for number in range(1, 5)]
    ids = [application.public_id for application in reversed(queue)]

    decided = operations.decide_many(ids, Action.CONFIRM, by=officer)

    assert [(row.application, row.outcome.value) for row in decided] == list(
        zip(queue, ["done", "done", "budget-short", "not-reached"], strict=True)
    )
    assert (decided[2].left_cents, decided[2].needed_cents) == (8_000, 36_000)
    assert budget_of(world.rounds["MN"].pk).committed_cents == 72_000
    assert operations.decide_many(ids, Action.CONFIRM, by=officer)[0].outcome == "stale"


def test_bulk_goes_on_after_somebody_whose_account_is_too_small(filled: Filled, officer: Actor) -> None:
    _grant(36_000)
    first, second = (submitted(filled, make_person(number), "IMK") for number in (1, 2))
    # Without a co-payment the whole price is public money, and that is more than the account holds.
    Application.objects.filter(pk=first.pk).update(low_income=True)
    RegisterAnswer.objects.create(application=first, register="social", answer="yes")

    decided = operations.decide_many([second.public_id, first.public_id], Action.CONFIRM, by=officer)

    assert [(row.application, row.outcome.value) for row in decided] == [
        (first, "funds-short"),
        (second, "done"),
    ]
    assert (decided[0].left_cents, decided[0].needed_cents) == (36_000, 40_000)
    first.refresh_from_db()
    assert (first.status, first.money_short_at is not None) == (Status.SUBMITTED, True)


def test_bulk_leaves_out_other_sources_and_says_what_was_not_possible(
    filled: Filled, officer: Actor, person: Person, waiting: Application
) -> None:
    refused = operations.decide_many([waiting.public_id] * 2, Action.REFUSE, reasons=["limit"], by=officer)

    assert [row.outcome.value for row in refused] == ["done"]
    assert operations.decide_many([waiting.public_id], Action.CONFIRM, by=ministry_officer()) == []
    with pytest.raises(ValueError, match="reopen"):
        operations.decide_many([waiting.public_id], Action.REOPEN, by=officer)
    with pytest.raises(TransitionNotAllowed):
        operations.confirm(waiting, by=officer)


def _grant(cents: int) -> None:
    """From today on IMK grants this much."""
    today = clock.today()
    parameters = replace(rules_for("IMK", today), account_cents=cents)
    funding.set_rules("IMK", parameters, valid_from=today, basis="Rīkojums Nr. 5", by=SYSTEM)


def _answers() -> ProfileAnswers:
    return ProfileAnswers(
        email="darbiniece@klients.example",
        phone="+37120000009",
        economic_status="econ-employee",
        education="edu-05",
        low_income=False,
        registration_reasons=["reason-apply"],
        fields_of_interest=["field-ikt"],
        how_heard=["heard-friends"],
    )
