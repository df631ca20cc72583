"""Thresholds of the level test: drafted, tried on results, published, retired."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.assessments.banks import CHOICE, finished, published, thresholds
from tests.world import make_person

from stars.assessments.enums import Instrument
from stars.assessments.models import Attempt, LevelRules, Result
from stars.common import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
THRESHOLDS = "/agentura/testi/level/robezas/"
NEW = f"{THRESHOLDS}jaunas/"


@pytest.fixture
def rules() -> LevelRules:
    """What holds: level 2 from 35, level 3 from 65."""
    return thresholds()


@pytest.fixture
def results(rules: LevelRules) -> list[Result]:
    """Three of the last year, one of each level, and one from before it."""
    bank = published("l", CHOICE, instrument=Instrument.LEVEL)
    now, person = clock.now(), make_person()
    ages = [(10, 20, 1), (20, 50, 2), (30, 90, 3), (400, 50, 2)]
    return [
        finished(person, bank, now - timedelta(days=days), percent=percent, level=level, rules=rules)
        for days, percent, level in ages
    ]


def test_the_list_shows_versions_with_their_results(desk: Client, results: list[Result]) -> None:
    thresholds(40, 60, publish=False)
    page = desk.get(THRESHOLDS).context["page"]
    assert [(each.version, each.result_count) for each in page] == [(2, 0), (1, 4)]


def test_without_thresholds_it_says_that_nobody_can_begin(desk: Client) -> None:
    assert "Neviens nevar sākt" in desk.get(THRESHOLDS).content.decode()


def test_a_draft_is_tried_on_the_last_year(desk: Client, results: list[Result]) -> None:
    answer = desk.post(NEW, {"level_2_from": "10", "level_3_from": "95", "valid_days": "180"})
    assert answer.url == f"{THRESHOLDS}2/"
    context = desk.get(answer.url).context
    assert [move.becomes for move in context["trial"].moves] == [(0, 1, 0), (0, 1, 0), (0, 1, 0)]
    assert (context["trial"].total, context["trial"].moved) == (3, 2)
    assert LevelRules.objects.get(version=2).published_at is None
    assert desk.get(f"{THRESHOLDS}2/publicet/").context["offered"].version == 1


def test_the_form_begins_with_what_holds(desk: Client, rules: LevelRules) -> None:
    form = desk.get(NEW).context["form"]
    assert {name: form[name].value() for name in form.fields} == {
        "level_2_from": 35,
        "level_3_from": 65,
        "valid_days": 365,
    }


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"level_2_from": "0"}, ["level_2_from"]),
        ({"level_2_from": "-1"}, ["level_2_from"]),
        ({"level_2_from": "65"}, ["level_3_from"]),
        ({"level_2_from": "80"}, ["level_3_from"]),
        ({"level_3_from": "101"}, ["level_3_from"]),
        ({"level_3_from": ""}, ["level_3_from"]),
        ({"level_3_from": "60.5"}, ["level_3_from"]),
        ({"valid_days": "0"}, ["valid_days"]),
        ({"valid_days": "99999999999999999999"}, ["valid_days"]),
        ({"valid_days": "gads"}, ["valid_days"]),
        ({"level_2_from": "x", "level_3_from": "y"}, ["level_2_from", "level_3_from"]),
    ],
)
def test_what_contradicts_itself_is_refused(desk: Client, changes: dict[str, str], fields: list[str]) -> None:
    answer = desk.post(NEW, {"level_2_from": "35", "level_3_from": "65", "valid_days": "365"} | changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, fields)
    assert not LevelRules.objects.exists()


def test_the_edges_are_allowed(desk: Client) -> None:
    desk.post(NEW, {"level_2_from": "1", "level_3_from": "100", "valid_days": "1"})
    made = LevelRules.objects.get()
    assert (made.level_2_from, made.level_3_from, made.valid_days) == (1, 100, 1)


def test_publishing_keeps_results(desk: Client, results: list[Result]) -> None:
    thresholds(10, 95, publish=False)
    answer = desk.post(f"{THRESHOLDS}2/publicet/", {"instead_of": "1"})
    assert answer.url == f"{THRESHOLDS}2/"
    assert [rules.retired_at is None for rules in LevelRules.objects.order_by("version")] == [False, True]
    assert sorted(Result.objects.values_list("level", "rules__version")) == [(1, 1), (2, 1), (2, 1), (3, 1)]


@pytest.mark.parametrize("seen", ["", "0", "7", "x"])
def test_publishing_over_what_was_not_seen_is_refused(desk: Client, rules: LevelRules, seen: str) -> None:
    thresholds(10, 95, publish=False)
    desk.post(f"{THRESHOLDS}2/publicet/", {"instead_of": seen})
    assert LevelRules.objects.get(version=2).published_at is None


def test_retiring_is_confirmed_and_done_once(desk: Client, rules: LevelRules) -> None:
    address = f"{THRESHOLDS}1/iznemt/"
    assert "neviens nevarēs pildīt" in desk.get(address).content.decode()
    assert LevelRules.objects.get().retired_at is None
    desk.post(address)
    assert LevelRules.objects.get().retired_at is not None
    assert "vairs nav spēkā" in desk.post(address, follow=True).content.decode()


def test_who_is_in_the_middle_can_finish_without_thresholds_and_the_page_says_so(
    desk: Client, rules: LevelRules
) -> None:
    bank = published("l", CHOICE, instrument=Instrument.LEVEL)
    Attempt.objects.create(person=make_person(), bank=bank, started_at=clock.now())
    page = desk.get(f"{THRESHOLDS}1/iznemt/").content.decode()
    assert "1 cilvēks to šobrīd pilda un varēs pabeigt." in page


def test_the_ministry_sets_its_thresholds(ministry: Client, rules: LevelRules) -> None:
    ministry.post(NEW, {"level_2_from": "40", "level_3_from": "70", "valid_days": "100"})
    ministry.post(f"{THRESHOLDS}2/publicet/", {"instead_of": "1"})
    assert LevelRules.objects.get(retired_at__isnull=True).version == 2


def test_pages_cost_the_same_with_many_versions(desk: Client, rules: LevelRules, query_counter: Any) -> None:
    desk.get(THRESHOLDS)
    with query_counter() as few:
        desk.get(THRESHOLDS)
    for number in range(22):
        thresholds(10, 20 + number, publish=False)
    with query_counter() as many:
        page = desk.get(THRESHOLDS).context["page"]
    assert len(few) == len(many) <= 12
    assert (len(page), page.paginator.count) == (20, 23)
    assert desk.get(f"{THRESHOLDS}999/").status_code == 404
