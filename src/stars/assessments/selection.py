"""Which questions of a bank an attempt at the level test asks. Pure: no tables, no clock; chance comes from a seed.

The questions are as many from each level as can be (7, 7 and 6), spread over the areas and over knowledge and
self-assessment as the bank has them, and stand from the easiest level to the hardest. What was asked last time is left
out as long as the bank has others; at most half of an attempt is ever the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

NUMBER: Final = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be asked: its key, the level it speaks of, its area, whether it is about knowledge."""

    key: int
    level: int
    area: str
    is_choice: bool = True


def select(
    candidates: Iterable[Candidate], *, seed: int, avoid: Collection[int] = (), number: int = NUMBER
) -> tuple[int, ...]:
    """Keys of the questions, in the order in which they are asked; `avoid` are the keys of the attempt before.

    Fewer than `number` when the bank is too small, or too much of it was asked last time. A bank that has nothing else
    is asked again.
    """
    pool = sorted(candidates, key=lambda each: each.key)
    chance = Random(seed)  # noqa: S311  a fair choice, no secret
    chance.shuffle(pool)
    fresh = [each for each in pool if each.key not in avoid]
    known = [each for each in pool if each.key in avoid]
    if not fresh:
        fresh, known = pool, []
    number = min(number, len(pool), 2 * len(fresh))
    shares = _shares(pool, number)
    chosen = [each for level in shares for each in _spread(_of(fresh, level), shares[level])]
    # Where a level has too few new questions, old ones of the level come in, up to half; then new ones of any level.
    left = number // 2 if len(chosen) < number else 0
    for level, share in shares.items():
        lacking = min(left, share - len(_of(chosen, level)))
        again = _spread(_of(known, level), lacking)
        left -= len(again)
        chosen += again
    rest = [each for each in fresh if each not in chosen]
    chosen += _spread(rest, number - len(chosen))
    places = {each.key: place for place, each in enumerate(pool)}
    return tuple(each.key for each in sorted(chosen, key=lambda each: (each.level, places[each.key])))


def _of(candidates: Iterable[Candidate], level: int) -> list[Candidate]:
    return [each for each in candidates if each.level == level]


def _shares(pool: list[Candidate], number: int) -> dict[int, int]:
    """How many questions each level gets: one in turn until all are given away, as far as a level has them."""
    has = Counter(each.level for each in pool)
    shares = dict.fromkeys(sorted(has), 0)
    while number:
        for level in shares:
            if number and shares[level] < has[level]:
                shares[level] += 1
                number -= 1
    return shares


def _spread(pool: list[Candidate], number: int) -> list[Candidate]:
    """So many of the pool, each time from the area, and then of the kind, of which there are the fewest so far."""
    left, picked = list(pool), list[Candidate]()
    kinds = Counter(each.is_choice for each in pool)
    while left and len(picked) < number:
        areas = Counter(each.area for each in picked)
        taken = Counter(each.is_choice for each in picked)
        best = min(left, key=lambda each: (areas[each.area], taken[each.is_choice] / kinds[each.is_choice]))
        left.remove(best)
        picked.append(best)
    return picked
