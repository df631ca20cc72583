"""Whoever owns an account is told by e-mail when officers correct it, and when what is owed does not come back."""

from collections.abc import Callable

import pytest
from django.db import transaction
from tests.funding.conftest import Purse

from stars.actors.actor import SYSTEM
from stars.funding import operations
from stars.funding.models import CorrectionProposal, LedgerEntry
from stars.notices.models import Delivery
from stars.people import operations as people
from stars.people.models import Person

pytestmark = pytest.mark.django_db
NUMBER = "IMK-2026-000001"
EURO = "\N{NO-BREAK SPACE}€"
Correct = Callable[[LedgerEntry], None]


@pytest.fixture
def payment(purse: Purse) -> LedgerEntry:
    """Of 400 €, to somebody with an address."""
    Person.objects.filter(pk=purse.person.pk).update(email="ilze@klients.example")
    purse.hold(40_000)
    operations.pay(NUMBER, reference="start:1", reason="start", by=SYSTEM)
    return LedgerEntry.objects.get(kind="payment")


def letters(kind: str = "corrected") -> list[Delivery]:
    return list(Delivery.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.parametrize(
    ("language", "added", "taken", "left"),
    [
        (
            "lv",
            f"Ar labojumu Jūsu mācību kontā ieskaitīti 400,00{EURO}.",
            f"Ar labojumu no Jūsu mācību konta noņemti 400,00{EURO}.",
            "Tagad pieejami",
        ),
        (
            "en",
            f"400,00{EURO} were added to your learning account by a correction.",
            f"400,00{EURO} were taken off your learning account by a correction.",
            "Available now:",
        ),
    ],
)
def test_each_correction_is_told_with_its_reason_and_what_is_left(
    purse: Purse, payment: LedgerEntry, correct: Correct, language: str, added: str, taken: str, left: str
) -> None:
    Person.objects.filter(pk=purse.person.pk).update(language=language)
    correct(payment)
    correct(LedgerEntry.objects.get(kind="correction"))
    told = letters()
    assert [(letter.to_address, letter.language) for letter in told] == [
        ("ilze@klients.example", language)
    ] * 2
    for letter, said, sum_ in zip(told, (added, taken), ("1\N{NO-BREAK SPACE}200,00", "800,00"), strict=True):
        for body in (letter.text, letter.html):
            assert said in body
            assert f"{left} {sum_}{EURO}." in body
            assert "Kļūda rēķinā" in body
            assert NUMBER in body
            assert "http://testserver/profils/finansejums/" in body


def test_a_return_that_is_declined_is_told_and_an_officers_own_idea_is_not(
    purse: Purse, payment: LedgerEntry
) -> None:
    idea = operations.propose_correction(payment.pk, reason="Kļūda", by=purse.officer)
    operations.settle_correction(idea.pk, accept=False, by=purse.second)
    assert letters("return-declined") == []

    operations.propose_return(
        NUMBER, owner=purse.person.pk, reason="Atteicies", by=people.actor_of(purse.person)
    )
    waiting = CorrectionProposal.objects.get(settled_at__isnull=True)
    for _ in range(2):
        operations.settle_correction(waiting.pk, accept=False, by=purse.second)
    (letter,) = letters("return-declined")
    for body in (letter.text, letter.html):
        assert f"400,00{EURO}" in body
        assert NUMBER in body
    assert letters() == []


def test_of_a_correction_that_was_rolled_back_nothing_is_told(
    purse: Purse, payment: LedgerEntry, correct: Correct
) -> None:
    with transaction.atomic():
        correct(payment)
        transaction.set_rollback(True)
    assert letters() == []


def test_where_nobody_can_be_written_to_the_correction_is_made_all_the_same(
    purse: Purse, payment: LedgerEntry, correct: Correct
) -> None:
    Person.objects.filter(pk=purse.person.pk).update(email="")
    correct(payment)
    assert (letters(), purse.account().spent_cents) == ([], 0)
