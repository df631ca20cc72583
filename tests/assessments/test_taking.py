"""Taking a test: start, answer, finish; banks that never change once published; and everybody sees their own alone."""

import pytest
from django.db import DatabaseError, transaction
from tests.applications.test_races import together
from tests.world import make_person

from stars.actors.actor import ANONYMOUS, SYSTEM, Actor, NotPermitted
from stars.assessments import operations
from stars.assessments.bank_files import BankFile, Option, Row
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Answer, Attempt, Item, ItemBank, LevelRules, Result
from stars.assessments.operations import (
    AlreadyPublished,
    Finished,
    NoSuchItem,
    NothingOffered,
    NotTheirs,
    OffScale,
    Unanswered,
)
from stars.audit.models import AuditEvent
from stars.people import operations as people
from stars.people.models import Person

pytestmark = pytest.mark.django_db
DIGITAL = Instrument.DIGITAL_SKILLS


def bank_file(digest: str = "a", codes: tuple[str, ...] = ("k1", "s1", "a1")) -> BankFile:
    rows = tuple(
        Row(code=code, competence="dccomp-1-1", scale=Scale.SKILL, text_lv=f"Es varu {code}.")
        for code in codes
    )
    return BankFile(DIGITAL, "Tests", "Test", "DigComp 2.2", "Our own", digest, rows)


@pytest.fixture
def bank(catalogue_lists: None) -> ItemBank:
    return operations.publish_bank(operations.load_bank(bank_file(), by=SYSTEM), by=SYSTEM)


@pytest.fixture
def attempt(bank: ItemBank, by: Actor) -> Attempt:
    return operations.start(DIGITAL, by=by)


def refused(change: object) -> None:
    """The database itself refuses the change."""
    with pytest.raises(DatabaseError), transaction.atomic():
        change()  # type: ignore[operator]


def test_from_the_first_answer_to_the_result(attempt: Attempt, by: Actor) -> None:
    operations.answer(attempt, {"k1": 3}, by=by)
    operations.answer(attempt, {"s1": 0, "a1": None}, by=by)
    operations.answer(attempt, {"s1": 1}, by=by)
    result = operations.finish(attempt, by=by)
    assert (result.percent, result.band, result.straight, result.scoring_version) == (
        67,
        "intermediate",
        False,
        2,
    )
    assert result.scores == {
        "areas": {"dcarea-1": [16, 2, 3]},
        "competences": {"dccomp-1-1": [16, 2, 3]},
        "dimensions": {},
        "scales": {"skill": [16, 2, 3]},
    }
    assert operations.finish(attempt, by=by) == result
    assert AuditEvent.objects.filter(kind="test.finished", subject_id=attempt.public_id).count() == 1


def test_nothing_clear_is_a_result_without_a_score(attempt: Attempt, by: Actor) -> None:
    operations.answer(attempt, dict.fromkeys(("k1", "s1", "a1")), by=by)
    result = operations.finish(attempt, by=by)
    assert (result.percent, result.band) == (None, "")


def test_what_is_left_is_said_in_order(attempt: Attempt, by: Actor) -> None:
    operations.answer(attempt, {"s1": 2}, by=by)
    with pytest.raises(Unanswered) as refusal:
        operations.finish(attempt, by=by)
    assert refusal.value.left == ["k1", "a1"]
    assert not Result.objects.exists()


def test_it_goes_on_where_it_was_left(attempt: Attempt, by: Actor) -> None:
    assert operations.start(DIGITAL, by=by) == attempt
    operations.answer(attempt, {"k1": 1, "s1": 1, "a1": 1}, by=by)
    operations.finish(attempt, by=by)
    assert operations.start(DIGITAL, by=by) != attempt


def test_an_attempt_is_finished_with_the_bank_it_began_with(
    attempt: Attempt, bank: ItemBank, by: Actor
) -> None:
    newer = operations.load_bank(bank_file("b", ("n1",)), by=SYSTEM)
    operations.publish_bank(newer, by=SYSTEM)
    bank.refresh_from_db()
    assert (newer.version, bank.retired_at is not None) == (2, True)
    assert operations.start(DIGITAL, by=by) == attempt
    with pytest.raises(NoSuchItem, match="n1"):
        operations.answer(attempt, {"k1": 1, "n1": 1}, by=by)
    assert not Answer.objects.exists()
    foreign = Item.objects.get(bank=newer)
    refused(
        lambda: Answer.objects.create(attempt=attempt, item=foreign, value=1, answered_at=attempt.started_at)
    )


@pytest.mark.parametrize("value", [-1, 4, 1_000_000])
def test_an_answer_off_the_scale_keeps_nothing(attempt: Attempt, by: Actor, value: int) -> None:
    with pytest.raises(ValueError, match="between"):
        operations.answer(attempt, {"k1": 1, "s1": value}, by=by)
    assert not Answer.objects.exists()


def test_somebody_elses_attempt_is_not_there(attempt: Attempt) -> None:
    other = people.actor_of(make_person(2))
    with pytest.raises(NotTheirs):
        operations.answer(attempt, {"k1": 1}, by=other)
    with pytest.raises(NotTheirs):
        operations.finish(attempt, by=other)


def test_who_is_not_signed_in_takes_no_test(bank: ItemBank) -> None:
    with pytest.raises(NotPermitted):
        operations.start(DIGITAL, by=ANONYMOUS)


def test_clients_manage_no_banks(bank: ItemBank, by: Actor) -> None:
    with pytest.raises(NotPermitted):
        operations.load_bank(bank_file("b"), by=by)
    with pytest.raises(NotPermitted):
        operations.publish_bank(bank, by=by)


def test_without_a_published_bank_nothing_is_offered(by: Actor) -> None:
    operations.load_bank(bank_file(), by=SYSTEM)
    with pytest.raises(NothingOffered):
        operations.start(DIGITAL, by=by)


def test_a_finished_attempt_stays(attempt: Attempt, by: Actor) -> None:
    operations.answer(attempt, {"k1": 1, "s1": 1, "a1": 1}, by=by)
    result = operations.finish(attempt, by=by)
    with pytest.raises(Finished):
        operations.answer(attempt, {"k1": 3}, by=by)
    refused(lambda: Answer.objects.filter(attempt=attempt).update(value=3))
    refused(lambda: Attempt.objects.filter(pk=attempt.pk).update(finished_at=None))
    refused(lambda: Result.objects.filter(pk=result.pk).update(percent=100, band="advanced"))
    # Joining two persons moves what they did.
    assert Attempt.objects.filter(pk=attempt.pk).update(person=make_person(2)) == 1


def test_a_published_bank_never_changes(bank: ItemBank) -> None:
    item = Item.objects.filter(bank=bank).first()
    assert item
    refused(lambda: ItemBank.objects.filter(pk=bank.pk).update(source="Somebody else"))
    refused(lambda: ItemBank.objects.filter(pk=bank.pk).update(published_at=None))
    refused(lambda: ItemBank.objects.filter(pk=bank.pk).delete())
    refused(lambda: Item.objects.filter(pk=item.pk).update(text_lv="Cits"))
    refused(lambda: Item.objects.filter(pk=item.pk).delete())
    refused(
        lambda: Item.objects.create(
            bank=bank, code="x", position=9, competence_id=item.competence_id, scale="skill", text_lv="x"
        )
    )
    with pytest.raises(AlreadyPublished):
        operations.publish_bank(bank, by=SYSTEM)


def test_an_item_cannot_move_between_banks(bank: ItemBank) -> None:
    draft = operations.load_bank(bank_file("b", ("n1",)), by=SYSTEM)
    refused(lambda: Item.objects.filter(bank=bank, code="k1").update(bank=draft, position=7))
    refused(lambda: Item.objects.filter(bank=draft).update(bank=bank, position=7))


def test_a_retired_bank_does_not_come_back(bank: ItemBank) -> None:
    operations.publish_bank(operations.load_bank(bank_file("b"), by=SYSTEM), by=SYSTEM)
    refused(lambda: ItemBank.objects.filter(pk=bank.pk).update(retired_at=None))


def test_a_draft_may_be_thrown_away(bank: ItemBank) -> None:
    draft = operations.load_bank(bank_file("b"), by=SYSTEM)
    draft.delete()
    assert list(ItemBank.objects.order_by("pk")) == [bank]


def test_the_same_file_again_changes_nothing(bank: ItemBank) -> None:
    assert operations.load_bank(bank_file(), by=SYSTEM) == bank
    assert Item.objects.count() == 3


def test_saving_an_answer_costs_at_most_six_queries(
    attempt: Attempt, by: Actor, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        operations.answer(attempt, {"k1": 2}, by=by)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_one_attempt() -> None:
    operations.publish_bank(operations.load_bank(bank_file(), by=SYSTEM), by=SYSTEM)
    person: Person = make_person()
    by = people.actor_of(person)
    together(*[lambda: operations.start(DIGITAL, by=by)] * 4)
    assert Attempt.objects.count() == 1


@pytest.fixture
def question(catalogue_lists: None) -> ItemBank:
    """A level test of one question, with thresholds."""
    row = Row(
        code="q1",
        competence="dccomp-1-1",
        scale=Scale.CHOICE,
        text_lv="Kas tas ir?",
        options=(Option("Tas", ""), Option("Cits", "")),
        right=1,
        level=1,
    )
    file = BankFile(Instrument.LEVEL, "Tests", "Test", "DigComp 2.2", "Our own", "l", (row,))
    return operations.publish_bank(operations.load_bank(file, by=SYSTEM), by=SYSTEM)


def thresholds(second: int = 35, third: int = 65) -> LevelRules:
    rules = operations.draft_rules(level_2_from=second, level_3_from=third, valid_days=30, by=SYSTEM)
    return operations.publish_rules(rules, by=SYSTEM)


@pytest.mark.parametrize(("value", "percent", "level"), [(1, 100, 3), (0, 0, 1), (None, 0, 1)])
def test_the_level_test_ends_in_a_level_by_the_rules_of_the_day(
    question: ItemBank, by: Actor, value: int | None, percent: int, level: int
) -> None:
    thresholds()
    attempt = operations.start(Instrument.LEVEL, by=by)
    held = thresholds(40, 60)
    operations.answer(attempt, {"q1": value}, by=by)
    result = operations.finish(attempt, by=by)
    assert (result.percent, result.band, result.level, result.rules) == (percent, "", level, held)


def test_without_thresholds_there_is_no_level_test(question: ItemBank, by: Actor) -> None:
    with pytest.raises(NothingOffered):
        operations.start(Instrument.LEVEL, by=by)


def test_an_option_that_is_not_there_is_refused_twice(question: ItemBank, by: Actor) -> None:
    thresholds()
    attempt = operations.start(Instrument.LEVEL, by=by)
    with pytest.raises(OffScale):
        operations.answer(attempt, {"q1": 2}, by=by)
    item = Item.objects.get(bank=question)
    refused(
        lambda: Answer.objects.create(attempt=attempt, item=item, value=2, answered_at=attempt.started_at)
    )


def test_published_thresholds_never_change(by: Actor) -> None:
    first, second = thresholds(), thresholds(20, 80)
    first.refresh_from_db()
    assert (first.retired_at is not None, second.version) == (True, 2)
    refused(lambda: LevelRules.objects.filter(pk=second.pk).update(level_2_from=21))
    refused(lambda: LevelRules.objects.filter(pk=second.pk).delete())
    refused(lambda: LevelRules.objects.filter(pk=first.pk).update(retired_at=None))
    with pytest.raises(AlreadyPublished):
        operations.publish_rules(first, by=SYSTEM)
    with pytest.raises(NotPermitted):
        operations.publish_rules(first, by=by)


@pytest.mark.parametrize(
    ("second", "third", "days"), [(0, 50, 1), (50, 50, 1), (60, 50, 1), (1, 101, 1), (1, 2, 0)]
)
def test_levels_follow_each_other(second: int, third: int, days: int) -> None:
    with pytest.raises(ValueError, match=r"level|result"):
        operations.draft_rules(level_2_from=second, level_3_from=third, valid_days=days, by=SYSTEM)
    refused(
        lambda: LevelRules.objects.create(version=1, level_2_from=second, level_3_from=third, valid_days=days)
    )
