"""Who says how much a round may commit."""

import pytest
from tests.funding.conftest import Purse
from tests.world import make_round, make_staff

from stars.actors.actor import NotPermitted, OutOfScope
from stars.audit.models import AuditEvent
from stars.funding import operations, queries
from stars.funding.types import Budget

pytestmark = pytest.mark.django_db


def test_a_budget_is_set_and_changed(purse: Purse) -> None:
    before = AuditEvent.objects.filter(kind="budget.set").count()
    operations.set_budget(purse.round, 700_000, by=purse.officer)
    operations.set_budget(purse.round, 700_000, by=purse.officer)

    assert queries.budget_of(purse.round.pk) == Budget(700_000, 0)
    assert AuditEvent.objects.filter(kind="budget.set").count() == before + 1


def test_never_below_what_is_committed(purse: Purse) -> None:
    purse.hold(40_000)
    with pytest.raises(operations.BudgetBelowCommitted) as refused:
        operations.set_budget(purse.round, 39_999, by=purse.officer)

    assert (refused.value.committed_cents, refused.value.wanted_cents) == (40_000, 39_999)
    operations.set_budget(purse.round, 40_000, by=purse.officer)
    assert queries.budget_of(purse.round.pk) == Budget(40_000, 40_000)


def test_a_budget_is_not_negative(purse: Purse) -> None:
    with pytest.raises(ValueError, match="negative"):
        operations.set_budget(purse.round, -1, by=purse.officer)


def test_a_ministry_sets_budgets_of_its_own_source_and_the_agency_of_all(purse: Purse) -> None:
    own, ministry = make_round("VARAM"), make_staff(3, "ministry")
    operations.set_budget(own, 1_000, by=ministry)
    operations.set_budget(own, 2_000, by=purse.officer)
    with pytest.raises(OutOfScope):
        operations.set_budget(purse.round, 1_000, by=ministry)
    with pytest.raises(NotPermitted):
        operations.set_budget(purse.round, 1_000, by=make_staff(4, "institution"))


def test_a_round_without_a_row_has_nothing() -> None:
    assert queries.budget_of(12345) == Budget(0, 0)
    assert queries.budgets_of([12345]) == {}
