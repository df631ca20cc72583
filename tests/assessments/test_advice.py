"""From results to what is to be learned next."""

import pytest
from tests.assessments.taken import took_level, took_skills
from tests.world import make_person

from stars.assessments.advice import gaps
from stars.assessments.enums import Band
from stars.assessments.next_steps import NEXT_LEVELS
from stars.assessments.queries import gaps_for
from stars.assessments.scoring import Score
from stars.catalogue.recommendations import Gap
from stars.people import operations as people
from stars.people.models import Person


def scores(**points: int) -> dict[str, Score]:
    """Competences by `c11`, each with points of twelve for one item."""
    return {f"dccomp-{name[1]}-{name[2]}": Score(each, 1, 1) for name, each in points.items()}


@pytest.mark.parametrize(
    ("points", "levels"), [(0, (1, 2)), (4, (3, 4)), (6, (5, 6)), (9, (5, 6)), (12, (7, 8))]
)
def test_the_next_levels_by_the_band(points: int, levels: tuple[int, int]) -> None:
    assert gaps(scores(c34=points), is_straight=False) == (Gap("3-4", levels),)


def test_every_band_has_its_levels_and_every_level_its_band() -> None:
    assert list(NEXT_LEVELS) == list(Band)
    assert sorted(level for pair in NEXT_LEVELS.values() for level in pair) == list(range(1, 9))


def test_the_three_weakest_the_weakest_first() -> None:
    found = gaps(scores(c11=9, c12=0, c13=8, c21=4), is_straight=False)
    assert found == (Gap("1-2", (1, 2)), Gap("2-1", (3, 4)), Gap("1-3", (5, 6)))


def test_unclear_competences_and_equal_answers_say_nothing() -> None:
    unclear = {"dccomp-1-1": Score(0, 0, 3)}
    assert gaps(unclear, is_straight=False) == ()
    assert gaps(scores(c11=4, c12=4), is_straight=True) == ()


@pytest.mark.django_db
class TestNewestResult:
    """What is read from the tables."""

    @staticmethod
    def found(person: Person) -> tuple[Gap, ...]:
        return gaps_for(people.actor_of(person))

    def test_the_newest_result_of_the_person_alone(self, person: Person) -> None:
        took_skills(person, {"1.1": 0, "5.4": 3}, ago=200)
        took_skills(person, {"1.1": 3, "5.4": 1}, ago=2)
        took_skills(make_person(2), {"1.1": 0, "5.4": 0})
        assert self.found(person) == (Gap("5-4", (3, 4)), Gap("1-1", (7, 8)))

    def test_no_test_an_unclear_one_and_another_test_say_nothing(self, person: Person) -> None:
        assert self.found(person) == ()
        took_skills(person, {"1.1": None, "5.4": None})
        took_level(person, level=3)
        assert self.found(person) == ()
