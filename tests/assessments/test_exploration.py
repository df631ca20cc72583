"""Self-exploration in words: tables worked out by hand, and what must hold for any answers."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stars.assessments.enums import Growth, Scale, Trait, WorkValue
from stars.assessments.exploration.growth_words import ADVICE, STRAINS, SUPPORTS
from stars.assessments.exploration.portrait_words import OF_TRAITS, OF_VALUES
from stars.assessments.exploration.reading import growth_picture, portrait, standing_of
from stars.assessments.exploration.rules import RULES
from stars.assessments.exploration.types import Effect, Standing
from stars.assessments.scoring import WHOLE, Marked, Score, score

POLES = (Standing.LOW, Standing.HIGH)
SCALE_OF = {**dict.fromkeys(Trait, Scale.AGREEMENT), **dict.fromkeys(WorkValue, Scale.IMPORTANCE)}


def marked(dimension: Trait | WorkValue | Growth, value: int | None, *, reverse: bool = False) -> Marked:
    return Marked(
        scale=SCALE_OF.get(dimension, Scale.AGREEMENT), value=value, dimension=dimension, reverse=reverse
    )


def of_percents(**percents: int | None) -> dict[str, Score]:
    """A score of a hundred items for each dimension, so that the percentage is the number of full ones."""
    return {
        code.replace("_", "-"): Score(0, 0, 100) if percent is None else Score(percent * WHOLE, 100, 100)
        for code, percent in percents.items()
    }


VALUES = {"achievement": 10, "independence": 20, "recognition": 30, "relationships": 40, "support": 50}
MARKS = st.lists(
    st.builds(
        marked,
        st.sampled_from([*Trait, *WorkValue, *Growth]),
        st.none() | st.integers(0, 4),
        reverse=st.booleans(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("percent", "standing"),
    [
        (0, Standing.LOW),
        (39, Standing.LOW),
        (40, Standing.MIDDLE),
        (60, Standing.MIDDLE),
        (61, Standing.HIGH),
        (100, Standing.HIGH),
    ],
)
def test_where_a_percentage_stands(percent: int, standing: Standing) -> None:
    assert standing_of(percent) is standing


@pytest.mark.parametrize("percent", [-1, 101])
def test_what_is_no_percentage_stands_nowhere(percent: int) -> None:
    with pytest.raises(ValueError, match="no percentage"):
        standing_of(percent)


# Answers and whether agreeing speaks against the trait -> per cent by hand: the mean of answer / 4, turned if reversed.
@pytest.mark.parametrize(
    ("answers", "percent", "standing"),
    [
        ([(4, False), (4, False), (0, True), (0, True)], 100, Standing.HIGH),
        ([(0, False), (0, False), (4, True), (4, True)], 0, Standing.LOW),
        ([(4, False), (4, False), (4, True), (4, True)], 50, Standing.MIDDLE),
        ([(3, False), (2, False), (1, True), (3, True)], 56, Standing.MIDDLE),
        ([(3, False), (3, False), (2, True), (None, True)], 67, Standing.HIGH),
        ([(1, False), (2, False), (None, True), (None, True)], 38, Standing.LOW),
        ([(4, False), (None, False), (None, True), (None, True)], None, None),
        ([(None, False), (None, False), (None, True), (None, True)], None, None),
    ],
    ids=["all for", "all against", "agrees to all", "mixed", "one unclear", "half clear", "too few", "none"],
)
def test_a_trait_worked_out_by_hand(
    answers: list[tuple[int | None, bool]], percent: int | None, standing: Standing | None
) -> None:
    scored = score(marked(Trait.OPENNESS, value, reverse=reverse) for value, reverse in answers)
    reading = next(each for each in portrait(scored.dimensions).traits if each.dimension is Trait.OPENNESS)
    assert (reading.percent, reading.standing) == (percent, standing)
    assert reading.words == (OF_TRAITS[Trait.OPENNESS, standing] if standing else None)


def test_a_whole_portrait_worked_out_by_hand() -> None:
    read = portrait(
        of_percents(
            extraversion=20,
            agreeableness=50,
            conscientiousness=80,
            stability=None,
            openness=61,
            achievement=75,
            independence=90,
            recognition=40,
            relationships=60,
            support=74,
            conditions=None,
        )
    )
    assert [(each.dimension, each.percent) for each in read.traits] == [
        ("extraversion", 20),
        ("agreeableness", 50),
        ("conscientiousness", 80),
        ("stability", None),
        ("openness", 61),
    ]
    assert [(each.dimension, each.percent) for each in read.foremost] == [
        ("independence", 90),
        ("achievement", 75),
    ]
    assert [(each.value, each.trait, each.rule.effect) for each in read.accords] == [
        ("independence", "extraversion", Effect.SUPPORTS),
        ("independence", "conscientiousness", Effect.SUPPORTS),
        ("independence", "openness", Effect.SUPPORTS),
        ("achievement", "extraversion", Effect.SUPPORTS),
        ("achievement", "conscientiousness", Effect.SUPPORTS),
        ("achievement", "openness", Effect.SUPPORTS),
    ]
    assert read.is_clear


@pytest.mark.parametrize(
    ("percents", "foremost"),
    [
        ({**VALUES, "conditions": 60}, ["conditions", "support"]),
        ({**VALUES, "conditions": 40}, ["support", "relationships", "conditions"]),
        ({**VALUES, "conditions": 50, "relationships": 50, "recognition": 50}, []),
        ({**VALUES, "conditions": 50, "relationships": 50}, ["relationships", "support", "conditions"]),
        (dict.fromkeys([*VALUES, "conditions"], 75), []),
        ({"achievement": 80, "support": 20}, []),
        (
            {"achievement": 80, "support": 20, "conditions": 10, "recognition": None},
            ["achievement", "support"],
        ),
        ({}, []),
    ],
    ids=["two", "tie below", "four equal", "three equal", "all equal", "two known", "three known", "nothing"],
)
def test_which_values_matter_most(percents: dict[str, int | None], foremost: list[str]) -> None:
    assert [each.dimension for each in portrait(of_percents(**percents)).foremost] == foremost


def test_growth_worked_out_by_hand() -> None:
    picture = growth_picture(
        of_percents(self_efficacy=39, learning_motivation=61, growth_mindset=None, perseverance=40)
    )
    assert [(each.dimension, each.percent, each.standing) for each in picture.strengths] == [
        ("self-efficacy", 39, Standing.LOW),
        ("learning-motivation", 61, Standing.HIGH),
        ("growth-mindset", None, None),
        ("perseverance", 40, Standing.MIDDLE),
    ]
    assert [each.advice for each in picture.strengths] == [
        ADVICE[Growth.SELF_EFFICACY, Standing.LOW],
        ADVICE[Growth.LEARNING_MOTIVATION, Standing.HIGH],
        None,
        ADVICE[Growth.PERSEVERANCE, Standing.MIDDLE],
    ]
    assert picture.first is picture.strengths[0]


def test_nothing_clear_gives_no_words() -> None:
    scored = score(marked(dimension, None) for dimension in [*Trait, *WorkValue, *Growth] for _ in range(4))
    read, picture = portrait(scored.dimensions), growth_picture(scored.dimensions)
    assert (read.is_clear, read.foremost, read.accords) == (False, (), ())
    assert (picture.is_clear, picture.first) == (False, None)


def test_the_first_of_equal_strengths_is_the_first_in_order() -> None:
    picture = growth_picture(of_percents(self_efficacy=70, learning_motivation=50, perseverance=50))
    assert picture.first
    assert picture.first.dimension is Growth.LEARNING_MOTIVATION


def test_there_are_words_for_everything_that_can_come_out() -> None:
    assert set(OF_TRAITS) == set(itertools.product(Trait, Standing))
    assert set(OF_VALUES) == set(WorkValue)
    assert set(ADVICE) == set(itertools.product(Growth, Standing))
    assert set(SUPPORTS) == set(STRAINS) == set(Growth)


def test_the_rules_speak_of_poles_and_leave_no_pole_and_no_value_without_a_word() -> None:
    assert set(RULES) <= set(itertools.product(Trait, POLES, WorkValue))
    assert {(trait, pole) for trait, pole, _ in RULES} == set(itertools.product(Trait, POLES))
    both = {(value, rule.effect) for (_, _, value), rule in RULES.items()}
    assert both == set(itertools.product(WorkValue, Effect))


def test_no_words_stand_twice() -> None:
    said = [str(rule.text) for rule in RULES.values()]
    for words in (*OF_TRAITS.values(), *OF_VALUES.values()):
        said += [str(words.means), str(words.supports), str(words.strains)]
    for advice in ADVICE.values():
        said += [str(advice.means), str(advice.step)]
    assert len(said) == len(set(said))


@given(MARKS)
@settings(max_examples=60)
def test_whatever_is_answered_can_be_read(marks: list[Marked]) -> None:
    scored = score(marks)
    read, picture = portrait(scored.dimensions), growth_picture(scored.dimensions)
    for each in (*read.traits, *read.values, *picture.strengths):
        assert (each.percent is None) == (each.standing is None)
        assert each.percent is None or 0 <= each.percent <= 100
        assert each.percent is None or each.score.answered * 2 >= each.score.asked
    assert len(read.foremost) in (0, 2, 3)
    assert {each.value for each in read.accords} <= {each.dimension for each in read.foremost}


@given(MARKS, st.data())
@settings(max_examples=60)
def test_a_stronger_answer_never_lowers_a_reading(marks: list[Marked], data: st.DataObject) -> None:
    raisable = [i for i, mark in enumerate(marks) if mark.points is not None and mark.points < WHOLE]
    if not raisable:
        return
    at = data.draw(st.sampled_from(raisable))
    mark = marks[at]
    step = -1 if mark.reverse else 1
    raised = [*marks]
    raised[at] = Marked(
        scale=mark.scale, value=(mark.value or 0) + step, dimension=mark.dimension, reverse=mark.reverse
    )
    before, after = score(marks).dimensions[mark.dimension], score(raised).dimensions[mark.dimension]
    assert (after.share or 0) > (before.share or 0)
    order = list(Standing)
    assert order.index(standing_of(after.percent or 0)) >= order.index(standing_of(before.percent or 0))


@given(MARKS)
@settings(max_examples=60)
def test_reversing_every_statement_mirrors_every_dimension(marks: list[Marked]) -> None:
    reversed_marks = [
        Marked(scale=mark.scale, value=mark.value, dimension=mark.dimension, reverse=not mark.reverse)
        for mark in marks
    ]
    there, back = score(marks).dimensions, score(reversed_marks).dimensions
    assert set(there) == set(back)
    for dimension, each in there.items():
        assert each.points + back[dimension].points == each.answered * WHOLE
