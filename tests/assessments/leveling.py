"""The level test as it ships, and people who have taken it."""

from stars.actors.actor import SYSTEM
from stars.assessments import operations
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item, LevelRules, Result
from stars.assessments.own_bank import DATA, load_own_bank
from stars.people import operations as people
from stars.people.models import Person


def offer_level_test(*, second: int = 35, third: int = 65, days: int = 365) -> LevelRules:
    """Our own bank with these thresholds, which replace those that were."""
    load_own_bank(DATA / "level.json")
    rules = operations.draft_rules(level_2_from=second, level_3_from=third, valid_days=days, by=SYSTEM)
    return operations.publish_rules(rules, by=SYSTEM)


def best(item: Item) -> int:
    """The answer that counts most."""
    return item.right if item.right is not None else 3


def worst(item: Item) -> int | None:
    """An answer that counts nothing."""
    return None if item.scale == Scale.CHOICE else 0


def take(attempt: Attempt, level: int) -> Result:
    """Answer so that the level comes out under the usual thresholds: nothing, half or all of it right."""
    by = people.actor_of(attempt.person)
    found = Item.objects.in_bulk(attempt.asked)
    items = [found[key] for key in attempt.asked]
    right = {1: 0, 2: len(items) // 2, 3: len(items)}[level]
    operations.answer(
        attempt,
        {item.code: best(item) if place < right else worst(item) for place, item in enumerate(items)},
        by=by,
    )
    return operations.finish(attempt, by=by)


def reach_level(person: Person, level: int) -> Result:
    """The person takes the test and comes out at the level; the test is offered if it was not."""
    if not LevelRules.objects.filter(published_at__isnull=False).exists():
        offer_level_test()
    return take(operations.start(Instrument.LEVEL, by=people.actor_of(person)), level)
