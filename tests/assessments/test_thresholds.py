"""Thresholds tried on results that there are."""

from stars.assessments.thresholds import Move, Trial, tried

# By level and per cent, as they came about with 35 and 65.
RESULTS = {(1, 0): 2, (1, 34): 3, (2, 35): 5, (2, 64): 7, (3, 65): 11, (3, 100): 13}


def test_the_same_thresholds_move_nobody() -> None:
    trial = tried(RESULTS, level_2_from=35, level_3_from=65)
    assert trial == Trial((Move(1, (5, 0, 0)), Move(2, (0, 12, 0)), Move(3, (0, 0, 24))))
    assert (trial.total, trial.moved) == (41, 0)


def test_each_threshold_moves_those_beside_it() -> None:
    trial = tried(RESULTS, level_2_from=34, level_3_from=66)
    assert trial.moves == (Move(1, (2, 3, 0)), Move(2, (0, 12, 0)), Move(3, (0, 11, 13)))
    assert trial.moved == 14


def test_one_may_fall_two_levels() -> None:
    assert tried({(3, 70): 4}, level_2_from=80, level_3_from=90).moves[2] == Move(3, (4, 0, 0))


def test_without_results_nothing_moves() -> None:
    assert (
        tried({}, level_2_from=1, level_3_from=2).total,
        tried({}, level_2_from=1, level_3_from=2).moved,
    ) == (0, 0)
