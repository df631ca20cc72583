"""That an account expires is called to mind a month and a week before, once each."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from tests.factories.people import PersonFactory
from tests.funding.conftest import Purse

from stars.actors.actor import SYSTEM, NotPermitted
from stars.funding.models import LearningAccount
from stars.funding.operations import remind_of_expiry
from stars.funding.tasks import remind_of_expiry as task
from stars.notices.models import Delivery
from stars.notices.operations import choose
from stars.people import operations as people

pytestmark = pytest.mark.django_db


def account(purse: Purse, *, days: int, held_cents: int = 10_000, **values: object) -> LearningAccount:
    """An account of 1 200 euros, some of them held, that expires in so many days."""
    purse.hold(held_cents)
    row = purse.row()
    LearningAccount.objects.filter(pk=row.pk).update(
        expires_on=timezone.localdate() + timedelta(days=days),
        opens_on=timezone.localdate() - timedelta(days=90),
        **values,
    )
    row.refresh_from_db()
    return row


def said() -> list[str]:
    return list(Delivery.objects.filter(kind="expires").order_by("pk").values_list("once", flat=True))


@pytest.mark.parametrize(("days", "count"), [(31, 0), (30, 1), (8, 1), (7, 1), (0, 1), (-1, 0)])
def test_within_a_month(purse: Purse, days: int, count: int) -> None:
    account(purse, days=days)
    assert remind_of_expiry(by=SYSTEM) == count


def test_a_month_before_and_a_week_before_and_no_more(purse: Purse) -> None:
    row = account(purse, days=30)
    assert [remind_of_expiry(by=SYSTEM) for _ in range(2)] == [1, 0]
    LearningAccount.objects.filter(pk=row.pk).update(expires_on=timezone.localdate() + timedelta(days=6))
    assert [remind_of_expiry(by=SYSTEM) for _ in range(2)] == [1, 0]
    task(0)
    assert [name.split(":")[0] for name in said()] == ["expires-30", "expires-7"]


def test_the_message_names_sum_and_day(purse: Purse) -> None:
    row = account(purse, days=30)
    remind_of_expiry(by=SYSTEM)
    told = Delivery.objects.get(kind="expires")
    day = f"{row.expires_on:%d.%m.%Y}."
    assert told.subject == f"Mācību konta termiņš beidzas {day}"
    assert f"izmantojams līdz {day} Pēc tam atlikums" in told.text
    assert "1\N{NO-BREAK SPACE}100,00\N{NO-BREAK SPACE}€" in told.text
    assert (told.to_address, told.person_id) == (purse.person.email, purse.person.pk)


def test_nobody_is_written_to_about_nothing(purse: Purse) -> None:
    row = account(purse, days=5, held_cents=120_000)
    assert row.available_cents == 0
    assert remind_of_expiry(by=SYSTEM) == 0


def test_a_closed_account_is_not_called_to_mind(purse: Purse) -> None:
    account(purse, days=5, closed_at=timezone.now())
    assert remind_of_expiry(by=SYSTEM) == 0


def test_what_a_killed_run_did_not_say_the_next_one_says(purse: Purse) -> None:
    account(purse, days=5)
    with transaction.atomic():
        assert remind_of_expiry(by=SYSTEM) == 1
        transaction.set_rollback(True)
    assert said() == []
    assert remind_of_expiry(by=SYSTEM) == 1


def test_who_wants_no_reminders_gets_none(purse: Purse) -> None:
    account(purse, days=5)
    choose(purse.person.pk, [], by=people.actor_of(purse.person))
    assert remind_of_expiry(by=SYSTEM) == 0


def test_only_the_system_reminds(catalogue_lists: None) -> None:
    with pytest.raises(NotPermitted):
        remind_of_expiry(by=people.actor_of(PersonFactory()))
