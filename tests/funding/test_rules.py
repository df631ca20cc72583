"""Dated parameters: which are in force, how they are named, and who sets them."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from tests.world import make_staff

from stars.actors.actor import SYSTEM, NotPermitted
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.funding import operations, queries
from stars.funding.models import SchemeRules
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.parameters import Parameters, PaysOn

pytestmark = pytest.mark.django_db
MN = SCHEMES[SchemeCode.MN].parameters


def set_mn(parameters: Parameters, *, days: int = 0, **options: object) -> Parameters:
    return operations.set_rules(
        "MN",
        parameters,
        valid_from=clock.today() + timedelta(days=days),
        basis="MK noteikumi Nr. 283",
        **{"by": SYSTEM} | options,
    )


@pytest.fixture(autouse=True)
def _lists(catalogue_lists: None) -> None:
    """Kinds of programmes."""


def test_without_a_row_the_declaration_holds() -> None:
    assert queries.rules_for("MN", clock.today()) == MN
    assert queries.rules_version("MN", MN) == "MN-2026-1/0"


def test_the_table_holds_every_parameter() -> None:
    columns = {field.name for field in SchemeRules._meta.get_fields()}
    assert {field.name for field in fields(Parameters)} <= columns


def test_a_version_is_in_force_from_its_day_on() -> None:
    wanted = replace(
        MN,
        learnings_allowed=None,
        pays_on=PaysOn.START,
        leaving_admission_interrupts=True,
        copayment_percent_by_kind={"kind-modulis": 7},
        account_cents=1,
    )
    made = set_mn(wanted, days=10)
    today = clock.today()

    assert made == replace(wanted, version=1, valid_from=today + timedelta(days=10))
    assert queries.rules_for("MN", today + timedelta(days=9)) == MN
    assert queries.rules_for("MN", today + timedelta(days=10)) == made
    assert queries.rules_version("MN", made) == "MN-2026-1/1"
    assert queries.rules_for("IMK", today + timedelta(days=10)).version == 0
    assert AuditEvent.objects.get(kind="rules.set").details["version"] == 1


def test_the_latest_day_wins_and_of_one_day_the_latest_version() -> None:
    for percent, days in [(10, 10), (20, 5), (30, 10)]:
        set_mn(replace(MN, copayment_percent=percent), days=days)
    today = clock.today()

    def percent_on(days: int) -> int:
        return queries.rules_for("MN", today + timedelta(days=days)).copayment_percent

    assert [percent_on(4), percent_on(5), percent_on(9), percent_on(10)] == [10, 20, 20, 30]
    assert [row.version for row in queries.rules_history("MN")] == [3, 2, 1]
    assert queries.version_of("MN", 2).copayment_percent == 20
    assert queries.version_of("MN", 0) == MN
    assert queries.version_of("MN", 4) is None


@pytest.mark.parametrize(
    "values",
    [
        {"copayment_percent": 101},
        {"expulsion_percent": 101},
        {"offer_workdays": 0},
        {"check_workdays": 121},
        {"account_months": 0},
        {"copayment_percent_by_kind": {"kind-nav": 5}},
        {"copayment_percent_by_kind": {"kind-modulis": 101}},
        {"copayment_percent_by_kind": {"kind-modulis": "5"}},
        {"pays_on": "never"},
        {"minimum_age": -1},
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(operations.InvalidRules):
        set_mn(replace(MN, **values))
    assert not SchemeRules.objects.exists()


def test_nothing_begins_in_the_past_or_without_a_basis() -> None:
    with pytest.raises(operations.InvalidRules):
        set_mn(MN, days=-1)
    with pytest.raises(operations.InvalidRules):
        operations.set_rules("MN", MN, valid_from=date(2099, 1, 1), basis="  ", by=SYSTEM)


def test_a_stale_page_sets_nothing() -> None:
    set_mn(MN, after_version=0)
    with pytest.raises(operations.RulesChanged) as changed:
        set_mn(MN, after_version=0)

    assert changed.value.version == 1
    assert SchemeRules.objects.count() == 1


@pytest.mark.parametrize("kind", ["institution", "ministry"])
def test_only_the_agency_sets_rules(kind: str) -> None:
    with pytest.raises(NotPermitted):
        set_mn(MN, by=make_staff(1, kind))
    assert set_mn(MN, by=make_staff(2, "agency")).version == 1


def test_the_accounts_grant_follows_the_rules_of_the_day(purse) -> None:
    imk = SCHEMES[SchemeCode.IMK].parameters
    changed = replace(imk, account_cents=90_000, account_months=6)
    operations.set_rules("IMK", changed, valid_from=clock.today(), basis="Rīkojums", by=purse.officer)
    purse.hold(1_000)

    account = purse.account()
    assert account.granted_cents == 90_000
    assert 180 <= account.days_left(clock.today()) <= 184
