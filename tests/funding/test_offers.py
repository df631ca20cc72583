"""The price at which a round pays for a group, and the learner's share of it."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from tests.world import RIGA, make_group, make_programme, make_round

from stars.actors.actor import SYSTEM
from stars.catalogue.models import Group, Round
from stars.common import clock
from stars.funding import operations
from stars.funding.queries.offers import usual_offer
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES

pytestmark = pytest.mark.django_db
MN = SCHEMES[SchemeCode.MN].parameters


@pytest.fixture(autouse=True)
def _lists(catalogue_lists: None) -> None:
    """Kinds of programmes."""


def group_of(kind: str, *, price_cents: int | None = 40_000) -> Group:
    return make_group(make_programme(kind_id=kind), RIGA, rounds=[], price_cents=price_cents)


def set_mn(*, days: int = 0, **values: object) -> None:
    valid_from = clock.today() + timedelta(days=days)
    operations.set_rules("MN", replace(MN, **values), valid_from=valid_from, basis="Pārbaude", by=SYSTEM)


def shares(kind: str, *, round_: Round | None = None, **options: int) -> tuple[int, int, int]:
    """Price, share of most learners, share of low-income ones."""
    offer = usual_offer(round_ or make_round("MN"), group_of(kind), **options)
    return offer.price_cents, offer.copayment_cents, offer.low_income_copayment_cents


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("kind-modulis", 4_000),
        ("kind-neformala", 2_000),
        ("kind-talmaciba", 2_000),
        ("kind-pasvaditas", 2_000),
    ],
)
def test_the_declared_share_depends_on_the_kind(kind: str, own: int) -> None:
    assert shares(kind) == (40_000, own, 0)


@pytest.mark.parametrize(
    ("kind", "own", "low"),
    [
        ("kind-modulis", 2_800, 2_400),
        # What the rules name no more is like all others.
        ("kind-neformala", 8_000, 2_400),
        # Who has a low income never pays more than others, nor anything where nobody pays.
        ("kind-talmaciba", 400, 400),
        ("kind-pasvaditas", 0, 0),
    ],
)
def test_the_rules_set_the_share_for_each_kind(kind: str, own: int, low: int) -> None:
    set_mn(
        copayment_percent=20,
        copayment_percent_by_kind={"kind-modulis": 7, "kind-talmaciba": 1, "kind-pasvaditas": 0},
        low_income_copayment_percent=6,
    )
    assert shares(kind) == (40_000, own, low)


@pytest.mark.parametrize(
    ("day", "moment", "own"),
    [(-10, time(0), 4_000), (19, time(23, 59), 4_000), (20, time(0), 20_000), (20, time(23, 59), 20_000)],
)
def test_the_rules_of_the_rounds_first_day_count(day: int, moment: time, own: int) -> None:
    """The day as people in Latvia have it: a round that opens at midnight opens the evening before in UTC."""
    set_mn(days=20, copayment_percent_by_kind={"kind-modulis": 50})
    round_ = make_round("MN", closes=40)
    opens = datetime.combine(clock.today() + timedelta(days=day), moment)
    Round.objects.filter(pk=round_.pk).update(opens_at=timezone.make_aware(opens))
    round_.refresh_from_db()

    assert shares("kind-modulis", round_=round_)[1] == own


def test_another_price_is_shared_to_the_nearest_cent() -> None:
    set_mn(copayment_percent_by_kind={"kind-modulis": 7}, low_income_copayment_percent=3)

    assert shares("kind-modulis", price_cents=12_345) == (12_345, 864, 370)


def test_a_group_without_a_price_costs_nothing() -> None:
    offer = usual_offer(make_round("MN"), group_of("kind-modulis", price_cents=None))
    assert (offer.price_cents, offer.copayment_cents, offer.low_income_copayment_cents) == (0, 0, 0)
