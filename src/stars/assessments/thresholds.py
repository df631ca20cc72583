"""What other thresholds of the level test would have done to results that there are. Pure: no tables, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stars.assessments.scoring import level_of

LEVELS: Final = (1, 2, 3)
# How many results each percentage has, by the level that it led to: (level, per cent).
Counted = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Move:
    """So many results of one level, and where they would be."""

    level: int
    becomes: tuple[int, int, int]

    @property
    def total(self) -> int:
        """All results of the level."""
        return sum(self.becomes)


@dataclass(frozen=True, slots=True)
class Trial:
    """Thresholds tried on results: level by level."""

    moves: tuple[Move, ...]

    @property
    def total(self) -> int:
        """All results that were tried."""
        return sum(move.total for move in self.moves)

    @property
    def moved(self) -> int:
        """Those that would lead to another level."""
        return sum(move.total - move.becomes[move.level - 1] for move in self.moves)


def tried(results: Counted, *, level_2_from: int, level_3_from: int) -> Trial:
    """Where the results would be with these thresholds."""
    found = {level: [0, 0, 0] for level in LEVELS}
    for (level, percent), count in results.items():
        becomes = level_of(percent, level_2_from=level_2_from, level_3_from=level_3_from)
        found[level][becomes - 1] += count
    return Trial(tuple(Move(level, (row[0], row[1], row[2])) for level, row in found.items()))
