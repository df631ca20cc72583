"""Which questions the level test asks: balanced, spread, fair in the choice, and hardly the same twice in a row."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.assessments.selection import NUMBER, Candidate, select

AREAS = ("1", "2", "3", "4", "5")
# A bank like our own: 25 questions of each level, two thirds of them about knowledge.
BANK = [
    Candidate(level * 100 + place, level, AREAS[place % 5], is_choice=place % 3 > 0)
    for level in (1, 2, 3)
    for place in range(25)
]
BY_KEY = {each.key: each for each in BANK}
banks = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 200),
        level=st.sampled_from([1, 2, 3]),
        area=st.sampled_from(AREAS),
        is_choice=st.booleans(),
    ),
    max_size=90,
    unique_by=lambda each: each.key,
)
seeds = st.integers(0, 2**128)


def levels(keys: tuple[int, ...]) -> list[int]:
    return [BY_KEY[key].level for key in keys]


@given(seed=seeds)
def test_a_whole_bank_gives_twenty_from_the_easiest_to_the_hardest(seed: int) -> None:
    asked = select(BANK, seed=seed)
    assert levels(asked) == [1] * 7 + [2] * 7 + [3] * 6


@given(seed=seeds)
def test_each_level_is_asked_about_in_every_area_and_by_both_kinds(seed: int) -> None:
    chosen = [BY_KEY[key] for key in select(BANK, seed=seed)]
    for level in (1, 2, 3):
        of_level = [each for each in chosen if each.level == level]
        counted = Counter(each.area for each in of_level)
        assert sorted(counted) == list(AREAS)
        assert max(counted.values()) - min(counted.values()) <= 1
        assert 3 <= sum(each.is_choice for each in of_level) <= 6


@given(first=seeds, second=seeds)
def test_the_next_attempt_asks_other_questions(first: int, second: int) -> None:
    before = select(BANK, seed=first)
    after = select(BANK, seed=second, avoid=before)
    assert set(before) & set(after) == set()
    assert levels(after) == levels(before)


@given(bank=banks, seed=seeds, avoid=st.sets(st.integers(1, 200)))
def test_whatever_the_bank_at_most_half_is_the_same(
    bank: list[Candidate], seed: int, avoid: set[int]
) -> None:
    asked = select(bank, seed=seed, avoid=avoid)
    fresh = {each.key for each in bank} - avoid
    assert len(set(asked)) == len(asked)
    assert set(asked) <= {each.key for each in bank}
    if fresh:
        assert len(asked) == min(NUMBER, len(bank), 2 * len(fresh))
        assert len(set(asked) & avoid) <= len(asked) / 2
    else:
        assert len(asked) == min(NUMBER, len(bank))


@given(bank=banks, seed=seeds, chance=st.randoms(use_true_random=False))
def test_a_seed_always_gives_the_same_whatever_the_order(bank: list[Candidate], seed: int, chance) -> None:
    shuffled = list(bank)
    chance.shuffle(shuffled)
    assert select(shuffled, seed=seed) == select(bank, seed=seed)


@given(bank=banks, seed=seeds)
def test_no_level_lags_behind_that_has_questions_left(bank: list[Candidate], seed: int) -> None:
    level_of = {each.key: each.level for each in bank}
    counted = Counter(level_of[key] for key in select(bank, seed=seed))
    has = Counter(level_of.values())
    for level in has:
        assert counted[level] == has[level] or counted[level] >= max(counted.values()) - 1


def test_every_question_is_asked_sooner_or_later() -> None:
    seen = {key for seed in range(60) for key in select(BANK, seed=seed)}
    assert seen == set(BY_KEY)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_tiny_bank_is_asked_as_it_is(number: int) -> None:
    assert set(select(BANK[:number], seed=1)) == {each.key for each in BANK[:number]}
