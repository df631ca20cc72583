"""Money that is granted or given back while two records become one, with real threads on the real engine."""

from collections.abc import Callable

import pytest
from django.db.models import Sum
from tests.applications.test_races import together
from tests.merging.conftest import Twins
from tests.world import World

from stars.applications import operations as applications
from stars.applications.models import Application
from stars.funding.models import LearningAccount, LedgerEntry
from stars.merging import operations
from stars.people import operations as people
from stars.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
Filled = Callable[..., Application]


def books_are_right(twins: Twins) -> None:
    """Nothing hangs on the merged person, nobody has two living accounts, and sums follow the entries."""
    assert Person.objects.get(pk=twins.merged.pk).merged_into_id == twins.kept.pk
    assert set(LearningAccount.objects.values_list("person", flat=True)) == {twins.kept.pk}
    assert LearningAccount.objects.filter(closed_at=None).count() == 1
    for account in LearningAccount.objects.all():
        entered = account.entries.aggregate(total=Sum("amount_cents"))["total"]
        assert account.available_cents == entered >= 0


def submitted(filled: Filled, person: Person) -> Application:
    return applications.submit(filled(person, "IMK"), by=people.actor_of(person))


@pytest.mark.parametrize("turn", range(3))
def test_an_account_opened_in_the_same_moment_goes_over(
    twins: Twins, filled: Filled, world: World, turn: int
) -> None:
    application, proposal = submitted(filled, twins.merged), twins.propose()
    calls = [
        lambda: applications.confirm(application, note="Pārbaudīts", by=twins.first),
        lambda: operations.settle(proposal, by=twins.second),
    ]
    results = together(*(calls if turn % 2 else calls[::-1]))
    assert sorted(type(result).__name__ for result in results) == ["Application", "Person"], results
    books_are_right(twins)
    assert Application.objects.get().applicant_id == twins.kept.pk
    assert LedgerEntry.objects.filter(kind="reservation").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_hold_given_back_in_the_same_moment_is_given_back_once(
    twins: Twins, filled: Filled, world: World, turn: int
) -> None:
    application = submitted(filled, twins.merged)
    applications.confirm(application, note="Pārbaudīts", by=twins.first)
    proposal, by = twins.propose(), people.actor_of(twins.merged)
    calls = [
        lambda: applications.withdraw(application, reason="personal", by=by),
        lambda: operations.settle(proposal, by=twins.second),
    ]
    withdrawn, _ = together(*calls)
    books_are_right(twins)
    released = LedgerEntry.objects.filter(kind="release").count()
    # Whoever came too late is no longer the applicant; then the hold stands.
    assert released == (1 if isinstance(withdrawn, Application) else 0), withdrawn


def test_a_second_grant_in_the_same_moment_leaves_one(twins: Twins, filled: Filled, world: World) -> None:
    first = submitted(filled, twins.kept)
    applications.confirm(first, note="Pārbaudīts", by=twins.first)
    applications.withdraw(first, reason="personal", by=people.actor_of(twins.kept))
    second = submitted(filled, twins.merged)
    proposal = twins.propose()
    together(
        lambda: applications.confirm(second, note="Pārbaudīts", by=twins.first),
        lambda: operations.settle(proposal, by=twins.second),
    )
    books_are_right(twins)
