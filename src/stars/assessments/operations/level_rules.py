"""The thresholds of the level test: drafting and publishing versions."""

from django.db import connection, transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.assessments.models import LevelRules
from stars.assessments.operations.publishing import publish
from stars.audit import operations as audit


@transaction.atomic
def draft_rules(*, level_2_from: int, level_3_from: int, valid_days: int, by: Actor) -> LevelRules:
    """Keep thresholds as the next version, unpublished; percentages in whole per cent, validity in days.

    Raises ValueError unless 1 <= level 2 < level 3 <= 100 and they hold for a day at least.
    """
    by.must(Permission.TEST_MANAGE)
    if not 1 <= level_2_from < level_3_from <= 100:
        raise ValueError("the levels begin between 1 and 100 per cent, one after the other")
    if valid_days < 1:
        raise ValueError("a result holds for a day at least")
    _one_at_a_time()
    latest = LevelRules.objects.order_by("-version").first()
    rules = LevelRules.objects.create(
        version=latest.version + 1 if latest else 1,
        level_2_from=level_2_from,
        level_3_from=level_3_from,
        valid_days=valid_days,
    )
    details = {"version": rules.version, "from": [level_2_from, level_3_from], "days": valid_days}
    audit.record("level-rules.drafted", by=by, subject="level-rules", subject_id=rules.pk, details=details)
    return rules


@transaction.atomic
def publish_rules(rules: LevelRules, *, by: Actor) -> LevelRules:
    """Judge the tests that end from now on by this version; results that are there keep theirs.

    Raises `AlreadyPublished`.
    """
    by.must(Permission.TEST_MANAGE)
    _one_at_a_time()
    rules = publish(LevelRules.objects.select_for_update().order_by("pk"), key=rules.pk)
    audit.record("level-rules.published", by=by, subject="level-rules", subject_id=rules.pk)
    return rules


def _one_at_a_time() -> None:
    """A first version has no row that could be locked."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE assessments_levelrules IN SHARE ROW EXCLUSIVE MODE")
