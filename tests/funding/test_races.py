"""The last euro, with real threads on the real engine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from tests.applications.test_races import together
from tests.crossing import crossed
from tests.funding.conftest import Purse
from tests.world import make_person

from stars.actors.actor import SYSTEM
from stars.catalogue.types import RoundDraft
from stars.common.seen import ChangedMeanwhile, in_short
from stars.funding import operations, queries
from stars.funding.models import CorrectionProposal, LearningAccount, LedgerEntry
from stars.funding.operations import holds
from stars.funding.operations.ledger import BudgetExceeded, FundsExceeded

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = [f"IMK-2026-{number:06d}" for number in range(6)]


def kinds(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_the_last_euro_of_an_account_is_held_once(purse: Purse) -> None:
    purse.hold(100_000, "IMK-2026-900000")

    results = together(*[lambda number=number: purse.hold(20_000, number) for number in NUMBERS])

    assert kinds(results) == ["FundsExceeded"] * 5 + ["NoneType"]
    assert {r.available_cents for r in results if isinstance(r, FundsExceeded)} == {0}
    assert purse.account().available_cents == 0


def test_the_last_euro_of_a_budget_is_held_once(purse: Purse) -> None:
    operations.set_budget(purse.round, 20_000, by=SYSTEM)
    people = [make_person(number) for number in range(10, 16)]

    results = together(
        *[
            lambda number=number, person=person: purse.hold(20_000, number, person=person)
            for number, person in zip(NUMBERS, people, strict=True)
        ]
    )

    assert kinds(results) == ["BudgetExceeded"] * 5 + ["NoneType"]
    assert {r.left_cents for r in results if isinstance(r, BudgetExceeded)} == {0}
    assert queries.budget_of(purse.round.pk).committed_cents == 20_000
    assert LearningAccount.objects.count() == 1


def test_one_reference_at_once_holds_once(purse: Purse) -> None:
    results = together(*[lambda: purse.hold(10_000)] * 6)

    assert results == [None] * 6
    assert purse.movements() == [("grant", 120_000), ("reservation", -10_000)]


@pytest.fixture
def overtaken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], object]], list[object]]:
    """Let a call run whole in another thread right after the first reading of this name in `holds`."""

    def overtake(reading: str, call: Callable[[], object]) -> list[object]:
        read, results = getattr(holds, reading), []

        def reads_too_early(*args: str) -> object:
            found = read(*args)
            monkeypatch.setattr(holds, reading, read)
            results.extend(together(call))
            return found

        monkeypatch.setattr(holds, reading, reads_too_early)
        return results

    return overtake


def test_a_hold_overtaken_by_the_same_event_does_nothing(
    purse: Purse, overtaken: Callable[[str, Callable[[], object]], list[object]]
) -> None:
    results = overtaken("by_reference", lambda: purse.hold(10_000))

    purse.hold(10_000)

    assert results == [None]
    assert purse.movements() == [("grant", 120_000), ("reservation", -10_000)]


def test_a_hold_overtaken_by_another_event_is_refused(
    purse: Purse, overtaken: Callable[[str, Callable[[], object]], list[object]]
) -> None:
    overtaken("by_reference", lambda: purse.hold(10_000, reference="confirm:other"))

    with pytest.raises(operations.AlreadyHeld):
        purse.hold(10_000)


@pytest.mark.parametrize("reading", ["by_reference", "open_hold"])
@pytest.mark.parametrize(
    ("end", "moved"), [(operations.release, 10_000), (partial(operations.pay, percent=30), 3_000)]
)
def test_an_end_overtaken_by_the_same_event_says_what_that_moved(
    purse: Purse,
    overtaken: Callable[[str, Callable[[], object]], list[object]],
    reading: str,
    end: Callable[..., int],
    moved: int,
) -> None:
    purse.hold(10_000, NUMBERS[0])
    once = partial(end, NUMBERS[0], reference="end:1", reason="", by=SYSTEM)
    results = overtaken(reading, once)

    assert once() == moved
    assert results == [moved]
    assert LedgerEntry.objects.filter(kind="release").count() == 1


def test_first_holds_at_once_open_one_account(purse: Purse) -> None:
    results = together(*[lambda number=number: purse.hold(10_000, number) for number in NUMBERS])

    assert results == [None] * 6
    assert LedgerEntry.objects.filter(kind="grant").count() == 1
    assert purse.account().held_cents == 60_000


def test_paying_and_releasing_at_once_settle_once(purse: Purse) -> None:
    purse.hold(10_000, NUMBERS[0])

    paid, released, again = together(
        lambda: operations.pay(NUMBERS[0], reference="complete:1", reason="", by=SYSTEM),
        lambda: operations.release(NUMBERS[0], reference="leave:1", reason="", by=SYSTEM),
        lambda: operations.release(NUMBERS[0], reference="leave:2", reason="", by=SYSTEM),
    )

    assert sorted([paid, released, again]) == [0, 0, 10_000]
    assert LedgerEntry.objects.filter(kind="release").count() == 1


def test_a_budget_lowered_while_money_is_held_covers_it_or_is_refused(purse: Purse) -> None:
    operations.set_budget(purse.round, 20_000, by=SYSTEM)

    held, lowered = together(
        lambda: purse.hold(20_000),
        lambda: operations.set_budget(purse.round, 0, by=SYSTEM),
    )

    assert (held is None) == isinstance(lowered, operations.BudgetBelowCommitted)
    assert isinstance(held, BudgetExceeded) == (lowered is None)


def test_two_jobs_at_once_expire_an_account_once(purse: Purse) -> None:
    purse.hold(10_000)
    LearningAccount.objects.update(opens_on="2020-01-01", expires_on="2021-01-01")

    counts = together(*[lambda: operations.expire_accounts(by=SYSTEM)] * 4)

    assert sorted(counts) == [0, 0, 0, 1]
    assert purse.movements()[-1] == ("expiry", -110_000)


def test_two_officers_set_rules_at_once_and_one_is_told(purse: Purse) -> None:
    rules = queries.version_of("IMK", 0)

    def set_percent(percent: int) -> object:
        return operations.set_rules(
            "IMK",
            replace(rules, copayment_percent=percent),
            valid_from=date(2099, 1, 1),
            basis="Rīkojums",
            after_version=0,
            by=purse.officer,
        )

    results = together(lambda: set_percent(1), lambda: set_percent(2))

    assert kinds(results) == ["Parameters", "RulesChanged"]


def test_a_correction_proposed_twice_at_once_is_proposed_once(purse: Purse) -> None:
    purse.hold(10_000)
    operations.pay("IMK-2026-000001", reference="complete:1", reason="", by=SYSTEM)
    payment = LedgerEntry.objects.get(kind="payment")
    propose = partial(operations.propose_correction, payment.pk, reason="Kļūda", by=purse.officer)

    proposals = crossed(propose, propose)

    assert proposals == [CorrectionProposal.objects.get()] * 2
    with pytest.raises(operations.NotCorrectable):
        propose(reason="Cita kļūda")


def test_a_round_changed_twice_at_once_is_changed_once(purse: Purse) -> None:
    values = {name: getattr(purse.round, name) for name in RoundDraft.__slots__}
    change = partial(
        operations.change_round,
        purse.round,
        RoundDraft(**values | {"name": "2. kārta"}),
        budget_cents=600_000,
        seen=in_short(queries.round_standing(purse.round)),
        by=purse.officer,
    )

    assert crossed(change, change) == [purse.round] * 2
    purse.round.refresh_from_db()
    assert (purse.round.name, queries.budget_of(purse.round.pk).budget_cents) == ("2. kārta", 600_000)
    with pytest.raises(ChangedMeanwhile):
        change(budget_cents=700_000)


def test_a_correction_settled_twice_at_once_is_written_once(purse: Purse) -> None:
    purse.hold(10_000)
    operations.pay("IMK-2026-000001", reference="complete:1", reason="", by=SYSTEM)
    payment = LedgerEntry.objects.get(kind="payment")
    proposal = operations.propose_correction(payment.pk, reason="Kļūda", by=purse.officer)

    together(*[lambda: operations.settle_correction(proposal.pk, accept=True, by=purse.second)] * 3)

    assert LedgerEntry.objects.filter(kind="correction").count() == 1
    assert purse.account().available_cents == 120_000


def paid(purse: Purse) -> LedgerEntry:
    """A payment of 400 €."""
    purse.hold(40_000, NUMBERS[1])
    operations.pay(NUMBERS[1], reference="start:1", reason="", by=SYSTEM)
    return LedgerEntry.objects.get(kind="payment")


def give_back(purse: Purse, payment: LedgerEntry) -> int:
    return operations.propose_return(
        payment.application, owner=purse.person.pk, reason="Atteicies", by=SYSTEM
    )


def test_a_return_proposed_twice_at_once_waits_once(purse: Purse) -> None:
    payment = paid(purse)
    assert together(*[lambda: give_back(purse, payment)] * 4) == [40_000] * 4
    assert CorrectionProposal.objects.filter(settled_at=None, is_owed=True).count() == 1


def test_a_return_beside_an_officers_proposal_leaves_one_that_is_owed(purse: Purse) -> None:
    payment = paid(purse)
    results = together(
        lambda: give_back(purse, payment),
        lambda: operations.propose_correction(payment.pk, reason="Kļūda", by=purse.officer),
    )
    assert results[0] == 40_000
    assert type(results[1]).__name__ in ("CorrectionProposal", "NotCorrectable")
    assert CorrectionProposal.objects.get().is_owed is True


def test_a_return_beside_the_second_officers_word_leaves_nothing_waiting(purse: Purse) -> None:
    payment = paid(purse)
    proposal = operations.propose_correction(payment.pk, reason="Kļūda", by=purse.officer)
    results = together(
        lambda: give_back(purse, payment),
        lambda: operations.settle_correction(proposal.pk, accept=True, by=purse.second).is_accepted,
    )
    assert results[0] in (0, 40_000)
    assert results[1] is True
    assert CorrectionProposal.objects.get().is_accepted is True
    assert purse.account().available_cents == 120_000
