"""The year of the many: they take tests, some learn, say afterwards how it was, and others are about to learn."""

from datetime import timedelta
from random import Random
from typing import Final

from stars.actors.actor import Actor
from stars.assessments.enums import Instrument
from stars.catalogue.models import Round
from stars.common import clock
from stars.demo.many import learned, residents, seated, surveyed, tested

_SEED: Final = 20_261_103
_LEARNERS: Final = 182
_YEAR: Final = timedelta(days=358)
# Somebody who wants to learn is tested so long before applying.
_TESTED_BEFORE: Final = timedelta(hours=26)


def tell(past: Round, present: Round, ministry: Actor) -> None:
    """Everything; the rounds are of VARAM, `ministry` decides there."""
    chance = Random(_SEED)  # noqa: S311  believable data, no secret
    many = list(residents.residents())
    people = list(zip(many, residents.register(many), strict=True))
    now = clock.now()
    days = {person.pk: now - chance.random() * _YEAR - timedelta(hours=2) for _, person in people}
    tested.take_all(days, people, chance)
    # Those who can do the least learn the most often.
    adults = sorted((pair for pair in people if pair[0].is_adult), key=lambda pair: pair[0].skill)
    learners = sorted(adults[:_LEARNERS], key=lambda pair: pair[0].number)
    ended = learned.learn(learners, past, ministry, chance)
    takings = [
        tested.Taking(each.who, each.application.applicant, each.applied_at - _TESTED_BEFORE)
        for each in ended
    ]
    others = [
        tested.Taking(who, person, days[person.pk]) for who, person in adults[_LEARNERS:] if who.number % 4
    ]
    tested.take(Instrument.LEVEL, takings + others, chance)
    surveyed.answer(ended, chance)
    before = now - timedelta(days=seated.APPLIED)
    seated.seat([taking.person for taking in others if taking.at < before], present, ministry, chance)
