"""Percentages and bands, against tables worked out by hand and against what must hold for any answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stars.assessments.enums import Band, Scale
from stars.assessments.scoring import HIGHEST, WHOLE, Marked, Score, band_of, level_of, score, weakest


def marked(
    competence: str, value: int | None, scale: Scale = Scale.SKILL, *, reverse: bool = False
) -> Marked:
    return Marked(
        competence=f"dccomp-{competence}",
        area=f"dcarea-{competence[0]}",
        scale=scale,
        value=value,
        reverse=reverse,
    )


MARKS = st.lists(
    st.sampled_from(sorted(HIGHEST)).flatmap(
        lambda scale: st.builds(
            marked,
            st.sampled_from(["1-1", "1-2", "2-1", "5-4"]),
            st.none() | st.integers(0, HIGHEST[scale]),
            st.just(scale),
            reverse=st.booleans(),
        )
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (0, Band.LOW),
        (29, Band.LOW),
        (30, Band.FOUNDATION),
        (47, Band.FOUNDATION),
        (48, Band.INTERMEDIATE),
        (80, Band.INTERMEDIATE),
        (81, Band.ADVANCED),
        (100, Band.ADVANCED),
    ],
)
def test_bands_begin_and_end_where_they_were_published(percent: int, band: Band) -> None:
    assert band_of(percent) is band


@pytest.mark.parametrize("percent", [-1, 101])
def test_what_is_no_percentage_has_no_band(percent: int) -> None:
    with pytest.raises(ValueError, match="no percentage"):
        band_of(percent)


# thirds of an item, answered -> per cent by hand: 100 * thirds / (3 * answered), half up.
@pytest.mark.parametrize(
    ("points", "answered", "percent"),
    [
        (0, 1, 0),
        (1, 1, 33),
        (2, 1, 67),
        (3, 1, 100),
        (1, 2, 17),
        (5, 4, 42),
        (1, 8, 4),
        (3, 8, 13),
        (9, 10, 30),
    ],
)
def test_percentages_by_hand(points: int, answered: int, percent: int) -> None:
    assert Score(4 * points, answered, answered).percent == percent


def test_a_small_test_worked_out_by_hand() -> None:
    scored = score(
        [
            marked("1-1", 3, Scale.KNOWLEDGE),  # 3
            marked("1-1", 1, Scale.SKILL),  # 1
            marked("1-1", None, Scale.ATTITUDE),  # not clear
            marked("1-2", 0, Scale.SKILL),  # 0
            marked("2-1", 3, Scale.ATTITUDE, reverse=True),  # 0
            marked("2-1", 1, Scale.KNOWLEDGE, reverse=True),  # 2
        ]
    )
    assert scored.overall == Score(points=24, answered=5, asked=6)
    assert (scored.overall.percent, scored.overall.band) == (40, Band.FOUNDATION)
    assert scored.areas == {"dcarea-1": Score(16, 3, 4), "dcarea-2": Score(8, 2, 2)}
    assert scored.competences == {
        "dccomp-1-1": Score(16, 2, 3),
        "dccomp-1-2": Score(0, 1, 1),
        "dccomp-2-1": Score(8, 2, 2),
    }
    assert scored.scales == {
        "attitude": Score(0, 1, 2),
        "knowledge": Score(20, 2, 2),
        "skill": Score(4, 2, 2),
    }
    assert not scored.straight
    assert weakest(scored.competences, 2) == ["dccomp-1-2", "dccomp-2-1"]


def test_nothing_clear_gives_no_score() -> None:
    scored = score([marked("1-1", None), marked("2-1", None)])
    assert (scored.overall.percent, scored.overall.band) == (None, None)
    assert weakest(scored.competences) == []


def test_the_weakest_of_equal_ones_go_by_code() -> None:
    scored = score([marked("2-1", 1), marked("1-2", 1), marked("1-1", 2), marked("5-4", None)])
    assert weakest(scored.competences) == ["dccomp-1-2", "dccomp-2-1", "dccomp-1-1"]


@pytest.mark.parametrize(
    ("values", "straight"), [([2] * 12, True), ([2] * 11, False), ([2] * 11 + [1], False)]
)
def test_the_same_answer_all_along_is_noticed(values: list[int], straight: bool) -> None:
    assert score([marked("1-1", value) for value in values]).straight is straight


def test_what_is_not_clear_does_not_hide_the_same_answer_all_along() -> None:
    assert score([marked("1-1", value) for value in [3] * 12 + [None]]).straight


@pytest.mark.parametrize("value", [-1, 4])
def test_an_answer_off_the_scale_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 3"):
        marked("1-1", value)


def test_fifths_and_thirds_weigh_the_same() -> None:
    scored = score(
        [
            Marked(scale=Scale.AGREEMENT, value=3, dimension="openness"),  # 9 of 12
            Marked(scale=Scale.AGREEMENT, value=1, dimension="openness", reverse=True),  # 9
            Marked(scale=Scale.IMPORTANCE, value=1, dimension="support"),  # 3
            Marked(scale=Scale.SKILL, value=1, competence="dccomp-1-1", area="dcarea-1"),  # 4
        ]
    )
    assert scored.dimensions == {"openness": Score(18, 2, 2), "support": Score(3, 1, 1)}
    assert scored.overall == Score(25, 4, 4)
    assert scored.competences == {"dccomp-1-1": Score(4, 1, 1)}


@pytest.mark.parametrize(("value", "points"), [(0, 0), (2, 12), (3, 0), (None, 0)])
def test_a_choice_is_all_or_nothing_and_not_knowing_counts(value: int | None, points: int) -> None:
    mark = Marked(scale=Scale.CHOICE, value=value, competence="dccomp-1-1", area="dcarea-1", right=2)
    assert score([mark]).overall == Score(points, 1, 1)


@pytest.mark.parametrize(("scale", "right"), [(Scale.CHOICE, None), (Scale.SKILL, 1)])
def test_a_choice_and_nothing_else_has_a_right_option(scale: Scale, right: int | None) -> None:
    with pytest.raises(ValueError, match="right option"):
        Marked(scale=scale, value=1, competence="dccomp-1-1", area="dcarea-1", right=right)


@pytest.mark.parametrize(("percent", "level"), [(0, 1), (34, 1), (35, 2), (64, 2), (65, 3), (100, 3)])
def test_levels_begin_at_their_thresholds(percent: int, level: int) -> None:
    assert level_of(percent, level_2_from=35, level_3_from=65) == level


@given(MARKS)
@settings(max_examples=60)
def test_bounds(marks: list[Marked]) -> None:
    scored = score(marks)
    scores = [scored.overall, *scored.areas.values(), *scored.competences.values(), *scored.scales.values()]
    for each in scores:
        assert 0 <= each.answered <= each.asked
        assert (each.percent is None) == (each.answered == 0) == (each.band is None)
        assert each.percent is None or 0 <= each.percent <= 100
    for group in (scored.areas, scored.competences, scored.scales):
        assert sum(each.points for each in group.values()) == scored.overall.points
        assert sum(each.asked for each in group.values()) == len(marks)


@given(MARKS, st.data())
@settings(max_examples=60)
def test_a_better_answer_never_lowers_a_score(marks: list[Marked], data: st.DataObject) -> None:
    raisable = [i for i, mark in enumerate(marks) if mark.points is not None and mark.points < WHOLE]
    if not raisable:
        return
    at = data.draw(st.sampled_from(raisable))
    step = -1 if marks[at].reverse else 1
    better = [*marks]
    better[at] = replace(marks[at], value=(marks[at].value or 0) + step)
    before, after = score(marks), score(better)
    assert (after.overall.share or 0) > (before.overall.share or 0)
    code = marks[at].competence
    assert (after.competences[code].percent or 0) >= (before.competences[code].percent or 0)
    bands = list(Band)
    assert after.overall.band
    assert before.overall.band
    assert bands.index(after.overall.band) >= bands.index(before.overall.band)


@given(MARKS)
@settings(max_examples=60)
def test_turning_all_items_and_all_answers_changes_nothing(marks: list[Marked]) -> None:
    turned = [
        replace(
            mark,
            reverse=not mark.reverse,
            value=None if mark.value is None else HIGHEST[mark.scale] - mark.value,
        )
        for mark in marks
    ]
    assert score(turned).overall == score(marks).overall


@given(MARKS)
@settings(max_examples=60)
def test_turning_the_items_alone_mirrors_the_score(marks: list[Marked]) -> None:
    share = score(marks).overall.share
    mirrored = score([replace(mark, reverse=not mark.reverse) for mark in marks]).overall.share
    assert (share is None) == (mirrored is None)
    if share is not None and mirrored is not None:
        assert share + mirrored == 1


@given(MARKS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_answers_does_not_matter(marks: list[Marked], random: object) -> None:
    mixed = [*marks]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert score(mixed) == score(marks)
