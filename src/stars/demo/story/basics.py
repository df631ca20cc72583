"""VARAM: people who have taken the level test and applied for a programme of their level; the ministry has not decided."""

from collections.abc import Mapping

from stars.assessments import operations as assessments
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item
from stars.assessments.scoring import HIGHEST
from stars.catalogue.models import Group, Round
from stars.demo.rounds import Phase
from stars.demo.story.stage import Stage
from stars.people import operations as people
from stars.schemes.codes import SchemeCode

_VARAM = SchemeCode.VARAM
# The level with the share of questions that somebody of it answers well.
_SHARES: Mapping[int, float] = {1: 0.2, 2: 0.5, 3: 0.9}


def tell(stage: Stage, rounds: Mapping[tuple[str, Phase], Round]) -> None:
    """For each level somebody who applies, the first a week ago."""
    for level, share in _SHARES.items():
        group = _group(level, rounds[_VARAM, Phase.OPEN])
        if group is None:
            continue
        day = level - 8
        person = stage.newcomer(day)
        by = people.actor_of(person)
        with stage.on(day - 1, 18):
            attempt = assessments.start(Instrument.LEVEL, by=by, programme=group.programme)
            assessments.answer(attempt, _answers(attempt, share), by=by)
            assessments.finish(attempt, by=by)
        stage.apply(person, group, _VARAM, day)


def _group(level: int, round_: Round) -> Group | None:
    groups = Group.objects.filter(programme__varam_level=level, offers__round=round_)
    return groups.select_related("programme__institution").order_by("starts_on", "pk").first()


def _answers(attempt: Attempt, share: float) -> dict[str, int | None]:
    """The first questions are answered as well as can be, the rest as badly."""
    items = Item.objects.in_bulk(attempt.asked)
    well = round(len(items) * share)
    return {
        items[key].code: _best(items[key]) if place < well else _worst(items[key])
        for place, key in enumerate(attempt.asked)
    }


def _best(item: Item) -> int | None:
    return item.right if item.scale == Scale.CHOICE else HIGHEST[Scale(item.scale)]


def _worst(item: Item) -> int | None:
    return None if item.scale == Scale.CHOICE else 0
