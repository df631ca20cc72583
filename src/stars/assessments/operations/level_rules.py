"""The thresholds of the level test: drafting, publishing and retiring versions."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.assessments.enums import Instrument
from stars.assessments.models import LevelRules
from stars.assessments.operations.publishing import one_at_a_time, publish, retire
from stars.assessments.scope import must_manage
from stars.audit import operations as audit


@transaction.atomic
def draft_rules(*, level_2_from: int, level_3_from: int, valid_days: int, by: Actor) -> LevelRules:
    """Keep thresholds as the next version, unpublished; percentages in whole per cent, validity in days.

    Raises ValueError unless 1 <= level 2 < level 3 <= 100 and they hold for a day at least.
    """
    must_manage(Instrument.LEVEL, by=by)
    if not 1 <= level_2_from < level_3_from <= 100:
        raise ValueError("the levels begin between 1 and 100 per cent, one after the other")
    if valid_days < 1:
        raise ValueError("a result holds for a day at least")
    one_at_a_time(LevelRules)
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
def publish_rules(rules: LevelRules, *, instead_of: int | None = None, by: Actor) -> LevelRules:
    """Judge the tests that end from now on by this version; results that are there keep theirs.

    `instead_of` is the version that the actor saw as the one that holds, 0 for none. Raises `AlreadyPublished`,
    `OfferChanged`.
    """
    must_manage(Instrument.LEVEL, by=by)
    one_at_a_time(LevelRules)
    versions = LevelRules.objects.select_for_update().order_by("pk")
    rules = publish(versions, key=rules.pk, instead_of=instead_of)
    audit.record("level-rules.published", by=by, subject="level-rules", subject_id=rules.pk)
    return rules


@transaction.atomic
def retire_rules(rules: LevelRules, *, by: Actor) -> LevelRules:
    """Judge by this version no more, without a successor: nobody begins the level test, and what is going on waits.

    Raises `NotOffered`.
    """
    must_manage(Instrument.LEVEL, by=by)
    one_at_a_time(LevelRules)
    rules = retire(LevelRules.objects.select_for_update().get(pk=rules.pk))
    audit.record("level-rules.retired", by=by, subject="level-rules", subject_id=rules.pk)
    return rules
