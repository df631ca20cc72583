"""An account that cannot be closed or called to mind holds up no other."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.people import PersonFactory
from tests.funding.conftest import Purse
from tests.stubborn import refuse

from stars.common.rows import RowsFailed
from stars.funding.models import LearningAccount
from stars.funding.tasks import expire_accounts, remind_of_expiry
from stars.notices.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(purse: Purse) -> LearningAccount:
    """The first of two accounts."""
    purse.hold(10_000)
    purse.hold(10_000, "IMK-2026-000002", person=PersonFactory())
    first, _ = LearningAccount.objects.order_by("pk")
    return first


def ends(*, in_days: int) -> None:
    today = timezone.localdate()
    LearningAccount.objects.update(
        opens_on=today - timedelta(days=90), expires_on=today + timedelta(days=in_days)
    )


def test_others_are_closed(stuck: LearningAccount) -> None:
    ends(in_days=-1)
    refuse("funding_learningaccount", f"NEW.id = {stuck.pk} AND NEW.closed_at IS NOT NULL")
    for _ in range(2):
        with pytest.raises(RowsFailed, match=r"^1 failed"):
            expire_accounts(0)
    assert list(LearningAccount.objects.filter(closed_at=None)) == [stuck]


def test_others_are_called_to_mind(stuck: LearningAccount) -> None:
    ends(in_days=5)
    refuse("notices_delivery", f"NEW.person_id = '{stuck.person_id}'")
    for _ in range(2):
        with pytest.raises(RowsFailed, match=r"^1 failed"):
            remind_of_expiry(0)
    assert Delivery.objects.filter(kind="expires").exclude(person_id=stuck.person_id).count() == 1
