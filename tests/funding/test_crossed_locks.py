"""Operations that lock the same rows in ways that could cross: both come through, none is chosen as a victim."""

import pytest
from tests.applications.seating import SUPPORT_CENTS, Hall, make_hall
from tests.crossing import crossed
from tests.factories import PersonFactory
from tests.world import World

from stars.actors.actor import SYSTEM
from stars.catalogue.types import RoundDraft
from stars.funding import operations as funding
from stars.funding.queries import budget_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


def test_a_budget_is_changed_while_officers_confirm(hall: Hall) -> None:
    round_ = hall.world.rounds["MN"]
    draft = RoundDraft(
        **{name: getattr(round_, name) for name in RoundDraft.__slots__} | {"name": "2. kārta"}
    )

    def hold() -> None:
        funding.hold(
            application_number="MN-2026-000001",
            programme="",
            person=PersonFactory(),
            round=round_,
            scheme="MN",
            amount_cents=SUPPORT_CENTS,
            reference="confirm:1",
            by=SYSTEM,
        )

    held, changed = crossed(
        hold, lambda: funding.change_round(round_, draft, budget_cents=SUPPORT_CENTS, by=SYSTEM)
    )

    assert held is None
    assert getattr(changed, "name", changed) == "2. kārta"
    assert budget_of(round_.pk).left_cents == 0
