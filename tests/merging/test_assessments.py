"""Results go with their owner, whichever of two records took the test."""

import pytest
from tests.assessments.taken import took_level, took_skills
from tests.merging.conftest import Twins

from stars.assessments import operations, queries
from stars.assessments.enums import Instrument
from stars.assessments.levels import valid_level
from stars.common import clock
from stars.people import operations as people

pytestmark = pytest.mark.django_db


def test_results_of_both_belong_to_the_one_who_is_kept_and_the_newest_level_counts(twins: Twins) -> None:
    took_level(twins.kept, level=1, ago=5)
    took_level(twins.merged, level=3, ago=1)
    took_skills(twins.merged, {"1.1": 2}, ago=3)
    took_skills(twins.kept, {"1.1": 1}, ago=2)
    twins.settle()
    attempts = queries.finished_attempts(people.actor_of(twins.kept), Instrument.DIGITAL_SKILLS)
    assert [attempt.result.percent for attempt in attempts] == [33, 67]
    level = valid_level(twins.kept.pk, on=clock.today())
    assert level is not None
    assert level.level == 3
    assert valid_level(twins.merged.pk, on=clock.today()) is None


def test_two_open_attempts_are_finished_one_after_the_other(twins: Twins) -> None:
    took_skills(twins.kept, {"1.1": 1})
    for person in (twins.kept, twins.merged):
        operations.start(Instrument.DIGITAL_SKILLS, by=people.actor_of(person))
    twins.settle()
    kept = people.actor_of(twins.kept)
    opened = []
    while queries.open_attempts(kept):
        attempt = operations.start(Instrument.DIGITAL_SKILLS, by=kept)
        operations.answer(attempt, {"1.1": 3}, by=kept)
        operations.finish(attempt, by=kept)
        opened.append(attempt.pk)
    assert len(set(opened)) == 2
