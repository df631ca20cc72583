"""From the answers of an attempt to its result."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F

from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item, LevelRules, Result
from stars.assessments.scoring import VERSION, Marked, Score, Scored, level_of, score


class NothingOffered(Exception):
    """No bank of the test is published, or no thresholds of its levels."""


def rules_in_force(*, also_retired: bool = False) -> LevelRules:
    """The thresholds that hold now; `also_retired`, where none do, those that held last. Raises `NothingOffered`."""
    published = LevelRules.objects.filter(published_at__isnull=False)
    if not also_retired:
        published = published.filter(retired_at__isnull=True)
    rules = published.order_by(F("retired_at").desc(nulls_first=True)).first()
    if rules is None:
        raise NothingOffered
    return rules


def result_of(
    attempt: Attempt, items: Sequence[Item], values: Mapping[int, int | None], *, rules: LevelRules | None
) -> Result:
    """What the answers come to, not saved yet; `values` by the items' keys, `rules` for the level test alone.

    Items carry their bank and competence.
    """
    scored = score(_marked(item, values[item.pk]) for item in items)
    return Result(
        attempt=attempt,
        scoring_version=VERSION,
        straight=scored.straight,
        scores=_plain(scored),
        **_meaning(Instrument(items[0].bank.instrument), scored.overall, rules),
    )


def _meaning(instrument: Instrument, overall: Score, rules: LevelRules | None) -> dict[str, Any]:
    """What the whole comes to: a band, or a level. What people are like and want has no sum."""
    if rules is not None:
        # Nothing clear at all is the beginning of the way.
        percent = overall.percent or 0
        level = level_of(percent, level_2_from=rules.level_2_from, level_3_from=rules.level_3_from)
        return {"percent": percent, "level": level, "rules": rules}
    if instrument is Instrument.DIGITAL_SKILLS:
        return {"percent": overall.percent, "band": overall.band or ""}
    return {}


def _marked(item: Item, value: int | None) -> Marked:
    competence = item.competence
    return Marked(
        scale=Scale(item.scale),
        value=value,
        competence=competence.code if competence else "",
        area=(competence.parent_id or "") if competence else "",
        dimension=item.dimension,
        reverse=item.reverse,
        right=item.right,
    )


def _plain(scored: Scored) -> dict[str, Any]:
    def plain(scores: Mapping[str, Score]) -> dict[str, list[int]]:
        return {code: [each.points, each.answered, each.asked] for code, each in scores.items()}

    return {
        "areas": plain(scored.areas),
        "competences": plain(scored.competences),
        "dimensions": plain(scored.dimensions),
        "scales": plain(scored.scales),
    }
