"""Money that is held, paid and released; what goes back after the last day expires."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from procrastinate.contrib.django import app
from tests.funding.conftest import Purse
from tests.world import make_person, make_round, make_staff

from stars.actors.actor import ANONYMOUS, SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.actors.permissions import Role
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.funding import operations, queries
from stars.funding.models import LearningAccount, LedgerEntry
from stars.funding.types import Budget
from stars.people import operations as people

pytestmark = pytest.mark.django_db
NUMBER = "IMK-2026-000001"


def later(days: int) -> time_machine.travel:
    """So many days from now."""
    return time_machine.travel(clock.now() + timedelta(days=days))


def release(number: str = NUMBER, *, reference: str = "leave:1", by: Actor = SYSTEM) -> int:
    return operations.release(number, reference=reference, reason="Atteicies", by=by)


def pay(number: str = NUMBER, *, percent: int = 100, reference: str = "complete:1") -> int:
    return operations.pay(number, percent=percent, reference=reference, reason="Pabeidzis", by=SYSTEM)


@pytest.mark.parametrize(
    ("opened", "expires"),
    [(date(2026, 11, 24), date(2028, 11, 24)), (date(2028, 2, 29), date(2030, 2, 28))],
    ids=["any-day", "leap-day"],
)
def test_the_first_hold_opens_and_grants_the_account(purse: Purse, opened: date, expires: date) -> None:
    with time_machine.travel(datetime.combine(opened, time(12), UTC), tick=False):
        purse.hold(40_000)

    account = purse.account()
    assert purse.movements() == [("grant", 120_000), ("reservation", -40_000)]
    assert (account.granted_cents, account.available_cents, account.held_cents) == (120_000, 80_000, 40_000)
    assert (account.opens_on, account.expires_on) == (opened, expires)
    assert queries.budget_of(purse.round.pk) == Budget(500_000, 40_000)


def test_the_same_reference_holds_once(purse: Purse) -> None:
    purse.hold(40_000)
    purse.hold(40_000)

    assert purse.movements() == [("grant", 120_000), ("reservation", -40_000)]


def test_an_application_has_one_open_hold(purse: Purse) -> None:
    purse.hold(40_000)

    with pytest.raises(operations.AlreadyHeld):
        purse.hold(40_000, reference="confirm:again")


def test_after_a_release_another_event_holds_anew(purse: Purse) -> None:
    purse.hold(40_000)
    assert release() == 40_000
    purse.hold(30_000, reference="confirm:again")

    assert purse.account().held_cents == 30_000
    assert [amount for _, amount in purse.movements()] == [120_000, -40_000, 40_000, -30_000]


def test_a_second_hold_uses_the_same_account(purse: Purse) -> None:
    purse.hold(40_000)
    purse.hold(50_000, "IMK-2026-000002")

    assert [kind for kind, _ in purse.movements()] == ["grant", "reservation", "reservation"]
    assert purse.account().available_cents == 30_000


def test_nothing_to_hold_opens_the_account_only(purse: Purse) -> None:
    purse.hold(0)
    purse.hold(0)

    assert purse.movements() == [("grant", 120_000)]
    assert pay() == 0
    assert release() == 0


def test_more_than_the_account_has_is_refused_with_figures(purse: Purse) -> None:
    purse.hold(100_000)

    with pytest.raises(operations.FundsExceeded) as refused:
        purse.hold(20_001, "IMK-2026-000002")

    assert (refused.value.available_cents, refused.value.needed_cents) == (20_000, 20_001)
    assert purse.account().held_cents == 100_000


def test_whoever_is_refused_gets_no_account(purse: Purse) -> None:
    with pytest.raises(operations.FundsExceeded):
        purse.hold(120_001)

    assert not LearningAccount.objects.exists()
    assert not LedgerEntry.objects.exists()


def test_more_than_the_round_has_is_refused_with_figures(purse: Purse) -> None:
    operations.set_budget(purse.round, 30_000, by=SYSTEM)

    with pytest.raises(operations.BudgetExceeded) as refused:
        purse.hold(40_000)

    assert (refused.value.left_cents, refused.value.needed_cents) == (30_000, 40_000)
    assert not LearningAccount.objects.exists()


def test_a_round_without_a_budget_has_nothing(purse: Purse) -> None:
    poor = make_round("IMK", name="2. kārta", budget=0)

    with pytest.raises(operations.BudgetExceeded) as refused:
        purse.hold(1, round=poor)

    assert refused.value.left_cents == 0


def test_a_refusal_leaves_the_transaction_whole(purse: Purse) -> None:
    with pytest.raises(operations.FundsExceeded):
        purse.hold(120_001)
    purse.hold(120_000)

    assert purse.account().available_cents == 0


def test_a_source_without_accounts_is_kept_by_the_same_ledger(purse: Purse) -> None:
    plain = make_round("MN")
    operations.set_budget(plain, 50_000, by=SYSTEM)
    purse.hold(36_000, "MN-2026-000001", round=plain)

    assert not LearningAccount.objects.exists()
    assert queries.budget_of(plain.pk).left_cents == 14_000
    assert pay("MN-2026-000001", percent=50) == 18_000
    assert queries.budget_of(plain.pk).committed_cents == 18_000


def test_a_payment_is_a_release_and_a_payment(purse: Purse) -> None:
    purse.hold(40_000)

    assert pay() == 40_000
    assert pay() == 40_000
    assert purse.movements()[2:] == [("release", 40_000), ("payment", -40_000)]
    account = purse.account()
    assert (account.available_cents, account.held_cents, account.spent_cents) == (80_000, 0, 40_000)
    assert queries.budget_of(purse.round.pk).committed_cents == 40_000


@pytest.mark.parametrize(("percent", "paid"), [(0, 0), (33, 3), (50, 5), (55, 6), (100, 10)])
def test_a_share_is_paid_to_the_cent_and_the_rest_goes_back(purse: Purse, percent: int, paid: int) -> None:
    purse.hold(10)

    assert pay(percent=percent) == paid
    assert pay(percent=percent) == paid
    assert purse.account().available_cents == 120_000 - paid
    assert queries.budget_of(purse.round.pk).committed_cents == paid


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_share_is_a_share(purse: Purse, percent: int) -> None:
    purse.hold(10)

    with pytest.raises(ValueError, match="share"):
        pay(percent=percent)


def test_what_is_paid_cannot_be_released_and_what_is_released_cannot_be_paid(purse: Purse) -> None:
    purse.hold(40_000)
    pay()
    assert release() == 0
    purse.hold(10_000, "IMK-2026-000002")
    assert release("IMK-2026-000002", reference="leave:2") == 10_000
    assert release("IMK-2026-000002", reference="leave:2") == 10_000
    assert release("IMK-2026-000002", reference="leave:3") == 0
    assert pay("IMK-2026-000002", reference="complete:2") == 0


def test_the_last_day_counts(purse: Purse) -> None:
    purse.hold(40_000)
    account = purse.account()

    with later((account.expires_on - clock.today()).days):
        assert operations.expire_accounts(by=SYSTEM) == 0
        purse.hold(10_000, "IMK-2026-000002")
    with later((account.expires_on - clock.today()).days + 1):
        assert operations.expire_accounts(by=SYSTEM) == 1
        assert operations.expire_accounts(by=SYSTEM) == 0

    assert purse.movements()[-1] == ("expiry", -70_000)
    (closed,) = queries.accounts_of(purse.person.pk, "IMK")
    assert (closed.is_closed, closed.available_cents, closed.held_cents, closed.expired_cents) == (
        True,
        0,
        50_000,
        70_000,
    )
    assert queries.account_of(purse.person.pk, "IMK") is None


def test_a_hold_outlives_the_account_and_may_be_paid(purse: Purse) -> None:
    purse.hold(40_000)

    with later(800):
        operations.expire_accounts(by=SYSTEM)
        assert pay(percent=75) == 30_000

    assert purse.movements()[2:] == [
        ("expiry", -80_000),
        ("release", 40_000),
        ("payment", -30_000),
        ("expiry", -10_000),
    ]


def test_what_is_released_after_expiry_expires_with_it(purse: Purse) -> None:
    purse.hold(40_000)

    with later(800):
        operations.expire_accounts(by=SYSTEM)
        assert release() == 40_000
        assert release() == 40_000

    assert purse.movements()[2:] == [("expiry", -80_000), ("release", 40_000), ("expiry", -40_000)]
    assert queries.budget_of(purse.round.pk).committed_cents == 0


def test_a_release_before_the_nightly_job_closes_the_account_itself(purse: Purse) -> None:
    purse.hold(40_000)

    with later(800):
        release()
        assert operations.expire_accounts(by=SYSTEM) == 0

    assert purse.movements()[2:] == [("release", 40_000), ("expiry", -120_000)]


def test_a_hold_after_the_last_day_closes_the_old_account_and_opens_another(purse: Purse) -> None:
    purse.hold(40_000)

    with later(800):
        purse.hold(100_000, "IMK-2028-000001")

    assert purse.movements()[2:] == [("expiry", -80_000), ("grant", 120_000), ("reservation", -100_000)]
    new, old = queries.accounts_of(purse.person.pk, "IMK")
    assert (new.held_cents, old.held_cents, old.is_closed) == (100_000, 40_000, True)


def test_the_job_is_known_to_the_worker(purse: Purse) -> None:
    purse.hold(40_000)
    with later(800):
        app.tasks["funding.expire-accounts"].func(timestamp=0)
    assert purse.row().closed_at is not None


def test_who_may_hold(purse: Purse) -> None:
    citizen = people.actor_of(make_person(2))
    institution, ministry = make_staff(3, "institution"), make_staff(4, "ministry")
    for actor, refusal in [
        (citizen, NotPermitted),
        (institution, NotPermitted),
        (ministry, OutOfScope),
        (Actor(Role.AGENCY_OFFICER, purse.person.pk, "Pati", 1, "Aģentūra", frozenset({"IMK"})), OwnAffair),
    ]:
        with pytest.raises(refusal):
            purse.hold(10_000, by=actor)
    with pytest.raises(NotPermitted):
        release(by=ANONYMOUS)
    with pytest.raises(NotPermitted):
        operations.expire_accounts(by=purse.officer)
    assert not LedgerEntry.objects.exists()


def test_a_hold_fits_its_round(purse: Purse) -> None:
    with pytest.raises(ValueError, match="source"):
        operations.hold(
            application_number="MN-2026-000001",
            programme="X",
            person=purse.person,
            round=purse.round,
            scheme="MN",
            amount_cents=1,
            reference="confirm:1",
            by=purse.officer,
        )
    with pytest.raises(ValueError, match="negative"):
        purse.hold(-1)


def test_every_movement_says_who_and_leaves_an_event(purse: Purse) -> None:
    purse.hold(40_000)
    entry = LedgerEntry.objects.get(kind="reservation")

    assert (entry.actor_id, entry.actor_role, entry.application, entry.programme) == (
        purse.officer.person_id,
        "agency-officer",
        NUMBER,
        "Datu analīze",
    )
    assert AuditEvent.objects.filter(kind="money.reservation", subject_id=str(entry.pk)).count() == 1


def test_reading_takes_no_locks(purse: Purse, query_counter) -> None:
    purse.hold(40_000)
    with query_counter() as asked:
        account = purse.account()
        queries.budget_of(purse.round.pk)
        lines = queries.statement(account.pk)[:10]
        queries.rules_for("IMK", clock.today())

    assert [sql for sql in asked.statements if " FOR " in sql] == []
    assert [(line.kind, line.amount_cents, line.available_cents) for line in lines] == [
        ("reservation", -40_000, 80_000),
        ("grant", 120_000, 120_000),
    ]


def test_a_statement_is_sliced_and_still_knows_what_was_available(purse: Purse) -> None:
    for number in range(6):
        purse.hold(1_000, f"IMK-2026-{number:06d}")
    statement = queries.statement(purse.account().pk)

    assert len(statement) == 7
    assert [line.available_cents for line in statement[2:4]] == [116_000, 117_000]
