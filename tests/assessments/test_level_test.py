"""The level test: our own questions, what is asked of them, and the level that it finds for so many days."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.applications.test_races import together
from tests.assessments.leveling import best, offer_level_test, reach_level, take
from tests.world import make_person, make_programme

from stars.actors.actor import SYSTEM, Actor
from stars.assessments import operations, queries
from stars.assessments.bank_files import BankFile, read_bank
from stars.assessments.enums import Instrument, Scale
from stars.assessments.levels import latest_level, valid_level
from stars.assessments.models import Answer, Attempt, Item, LevelRules, Result
from stars.assessments.own_bank import DATA
from stars.catalogue.models import Programme
from stars.common import clock
from stars.people import operations as people
from stars.people.models import Person

pytestmark = pytest.mark.django_db
LEVEL = Instrument.LEVEL


@pytest.fixture
def own(catalogue_lists: None) -> BankFile:
    return read_bank(DATA / "level.json")


@pytest.fixture
def rules(catalogue_lists: None) -> LevelRules:
    return offer_level_test()


@pytest.fixture
def attempt(rules: LevelRules, by: Actor) -> Attempt:
    return operations.start(LEVEL, by=by)


def test_the_bank_has_enough_of_every_level_two_thirds_about_knowledge(own: BankFile) -> None:
    assert len(own.rows) >= 66
    levels = Counter(row.level for row in own.rows)
    choices = Counter(row.level for row in own.rows if row.scale is Scale.CHOICE)
    assert sorted(levels) == [1, 2, 3]
    assert [level for level in levels if levels[level] < 22] == []
    assert [level for level in levels if not 0.6 <= choices[level] / levels[level] <= 0.72] == []


def test_every_level_asks_about_every_area(own: BankFile) -> None:
    asked = Counter((row.level, row.competence[:8]) for row in own.rows)
    assert [
        (level, area) for level in (1, 2, 3) for area in "12345" if asked[level, f"dccomp-{area}"] < 3
    ] == []


def test_the_right_option_stands_anywhere_and_does_not_stand_out(own: BankFile) -> None:
    choices = [row for row in own.rows if row.scale is Scale.CHOICE]
    assert {len(row.options) for row in choices} == {4}
    places = Counter(row.right for row in choices)
    assert [place for place in range(4) if not len(choices) / 6 <= places[place] <= len(choices) / 3] == []
    for texts in (lambda option: option.lv, lambda option: option.en):
        longest = [
            row.code
            for row in choices
            if max(row.options, key=lambda option: len(texts(option))) == row.options[row.right or 0]
        ]
        assert len(longest) <= len(choices) / 3


def test_questions_are_short_sentences_in_two_languages(own: BankFile) -> None:
    for row in own.rows:
        ends = "?" if row.scale is Scale.CHOICE else "."
        for text in (row.text_lv, row.text_en):
            assert text.endswith(ends), text
            assert len(text) <= 120, text
        for option in row.options:
            assert option.en, option
            assert "visas" not in option.lv.lower().split()[:1], option
    for texts in ([row.text_lv for row in own.rows], [row.text_en for row in own.rows]):
        assert [text for text, number in Counter(texts).items() if number > 1] == []


def test_twenty_are_asked_and_the_next_time_others(attempt: Attempt, by: Actor) -> None:
    take(attempt, 2)
    again = operations.start(LEVEL, by=by)
    assert (len(attempt.asked), len(again.asked)) == (20, 20)
    assert set(attempt.asked) & set(again.asked) == set()
    levels = [Item.objects.get(pk=key).level for key in again.asked]
    assert levels == [1] * 7 + [2] * 7 + [3] * 6


def test_a_newer_bank_with_the_same_words_counts_as_the_same(attempt: Attempt, by: Actor) -> None:
    take(attempt, 2)
    words = set(Item.objects.filter(pk__in=attempt.asked).values_list("text_lv", flat=True))
    file = read_bank(DATA / "level.json")
    newer = BankFile(file.instrument, "Jauns", "New", file.framework, file.source, "newer", file.rows)
    operations.publish_bank(operations.load_bank(newer, by=SYSTEM), by=SYSTEM)
    again = operations.start(LEVEL, by=by)
    assert again.bank.title_lv == "Jauns"
    assert Item.objects.filter(pk__in=again.asked, text_lv__in=words).count() == 0


@pytest.mark.parametrize(("level", "percent"), [(1, 0), (2, 50), (3, 100)])
def test_the_result_keeps_level_and_rules(
    attempt: Attempt, rules: LevelRules, person: Person, level: int, percent: int
) -> None:
    result = take(attempt, level)
    assert (result.level, result.percent, result.rules, result.band) == (level, percent, rules, "")
    found = latest_level(person.pk)
    assert found is not None
    assert (found.level, found.attempt, found.rules_version) == (level, attempt.public_id, rules.version)


def test_what_was_begun_is_finished_after_the_thresholds_were_retired(
    attempt: Attempt, rules: LevelRules, by: Actor
) -> None:
    LevelRules.objects.filter(pk=rules.pk).update(retired_at=clock.now())
    assert take(attempt, 2).rules == rules
    with pytest.raises(operations.NothingOffered):
        operations.start(LEVEL, by=by)


def test_finishing_twice_is_finishing_once(attempt: Attempt, by: Actor) -> None:
    first = take(attempt, 3)
    assert operations.finish(attempt, by=by) == first
    assert Result.objects.count() == 1


def test_a_result_holds_to_the_last_day_of_the_rules_it_was_judged_by(person: Person) -> None:
    offer_level_test(days=30)
    reach_level(person, 2)
    offer_level_test(days=1)
    today = clock.today()
    for days, level in ((0, 2), (30, 2), (31, None)):
        found = valid_level(person.pk, on=today + timedelta(days=days))
        assert (found.level if found else None) == level


def test_the_newest_result_counts_also_when_it_is_lower(person: Person) -> None:
    reach_level(person, 3)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        reach_level(person, 1)
    found = latest_level(person.pk)
    assert found is not None
    assert found.level == 1


def test_a_result_is_its_owners_alone(attempt: Attempt) -> None:
    take(attempt, 3)
    other = make_person(2)
    assert latest_level(other.pk) is None
    with pytest.raises(queries.NotYours):
        queries.own_attempt(people.actor_of(other), attempt.public_id)


def test_the_last_wanted_programme_is_kept_and_may_vanish(attempt: Attempt, by: Actor) -> None:
    programmes = [make_programme(title, varam_level=1) for title in ("Pirmā", "Otrā")]
    for programme in programmes:
        assert operations.start(LEVEL, by=by, programme=programme) == attempt
    assert operations.start(LEVEL, by=by).programme == programmes[1]
    take(attempt, 1)
    Programme.objects.filter(pk=programmes[1].pk).delete()
    attempt.refresh_from_db()
    assert (attempt.programme, attempt.finished_at is not None) == (None, True)


@pytest.mark.parametrize("value", [-1, 4, 99])
def test_an_option_out_of_range_keeps_nothing(attempt: Attempt, by: Actor, value: int) -> None:
    choice = Item.objects.filter(pk__in=attempt.asked, scale=Scale.CHOICE).order_by("pk")[0]
    with pytest.raises(operations.OffScale):
        operations.answer_page(attempt.public_id, {choice.pk: value}, by=by)
    assert not Answer.objects.exists()


def test_an_item_that_is_not_asked_takes_no_answer(attempt: Attempt, by: Actor) -> None:
    stranger = Item.objects.filter(bank=attempt.bank).exclude(pk__in=attempt.asked).order_by("pk")[0]
    asked = Item.objects.get(pk=attempt.asked[0])
    with pytest.raises(operations.NoSuchItem):
        operations.answer_page(attempt.public_id, {asked.pk: best(asked), stranger.pk: 0}, by=by)
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_begin_one_attempt(rules: LevelRules, by: Actor) -> None:
    def begin() -> Attempt:
        return operations.start(LEVEL, by=by)

    first, second = together(begin, begin)
    assert first == second
    assert Attempt.objects.count() == 1
