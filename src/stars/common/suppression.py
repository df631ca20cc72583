"""Small numbers in reports: what must be hidden so that nobody can be told from a table.

A count below `LEAST` is shown as "<5". Where the totals beside it would still give it away, further figures are withheld
("…"), the smallest first, until every hidden figure could be at least two different numbers. A reader is taken to know
this rule: that "<5" is 0 to 4, and "…" is 5 or more. Percentages may be shown only where both figures are.
One table is protected by itself; who subtracts one report from another is not held off by arithmetic.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

LEAST = 5

Key = TypeVar("Key", bound=Hashable)
Bounds = dict[Key, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as it may be shown: `value` is None when it is hidden, `is_small` when it is below `LEAST`."""

    value: int | None
    is_small: bool

    def __str__(self) -> str:
        if self.value is not None:
            return str(self.value)
        return f"<{LEAST}" if self.is_small else "…"


@dataclass(frozen=True, slots=True)
class Line(Generic[Key]):
    """An addition that a reader can do: the parts together are the total."""

    total: Key
    parts: Sequence[Key]

    @property
    def cells(self) -> tuple[Key, ...]:
        """The parts and the total, which is hidden last."""
        return (*self.parts, self.total)


def suppressed(counts: Mapping[Key, int], lines: Sequence[Line[Key]]) -> dict[Key, Figure]:
    """Every count as it may be shown beside the others, given all additions that a reader can do.

    A part that is not shown but follows from the others ("did not choose this") belongs into `counts` too. Raises
    ValueError when a total is not what its parts come to: no numbers would fit, and looking for them would never end.
    """
    for line in lines:
        if counts[line.total] != sum(counts[part] for part in line.parts):
            raise ValueError(f"the parts of {line.total} do not add up to it")
    hidden = {key for key, count in counts.items() if count < LEAST}
    while (key := _given_away(counts, hidden, lines)) is not None:
        further = _smallest_shown(key, counts, hidden, lines)
        if further is None:
            break
        hidden.add(further)
    return {
        key: Figure(None if key in hidden else count, is_small=count < LEAST) for key, count in counts.items()
    }


def bounds(figures: Mapping[Key, Figure], lines: Sequence[Line[Key]]) -> Bounds[Key]:
    """Between which numbers each count must lie, for somebody who sees the figures and can add and subtract."""
    known: Bounds[Key] = {key: _seen(figure) for key, figure in figures.items()}
    of: dict[Key, list[Line[Key]]] = {}
    for line in lines:
        for key in line.cells:
            of.setdefault(key, []).append(line)
    waiting = dict.fromkeys(map(id, lines), True)
    queue = list(lines)
    for line in queue:
        waiting[id(line)] = False
        for moved in list(_narrowed(known, line)):
            for other in of[moved]:
                if not waiting[id(other)]:
                    waiting[id(other)] = True
                    queue.append(other)
    return known


def _seen(figure: Figure) -> tuple[float, float]:
    if figure.value is not None:
        return figure.value, figure.value
    return (0, LEAST - 1) if figure.is_small else (LEAST, inf)


def _narrowed(known: Bounds[Key], line: Line[Key]) -> Iterator[Key]:
    """Draw the bounds of a line's counts closer; gives those that moved."""
    seen = [known[part] for part in line.parts]
    least, most = sum(low for low, _high in seen), sum(high for _low, high in seen if high < inf)
    endless = sum(high == inf for _low, high in seen)
    for part in line.parts:
        low, high = known[part]
        total_low, total_high = known[line.total]
        others_end = endless == (high == inf)
        others_most = (most - (high if high < inf else 0)) if others_end else inf
        closer = max(low, total_low - others_most), min(high, total_high - (least - low))
        if closer != (low, high):
            known[part] = closer
            least += closer[0] - low
            endless -= high == inf and closer[1] < inf
            most += (closer[1] if closer[1] < inf else 0) - (high if high < inf else 0)
            yield part
    low, high = known[line.total]
    closer = max(low, least), min(high, inf if endless else most)
    if closer != (low, high):
        known[line.total] = closer
        yield line.total


def _given_away(counts: Mapping[Key, int], hidden: set[Key], lines: Sequence[Line[Key]]) -> Key | None:
    """A hidden count that can be only one number, if there is any."""
    shown = {key: Figure(None if key in hidden else n, is_small=n < LEAST) for key, n in counts.items()}
    known = bounds(shown, lines)
    return next((key for key in counts if key in hidden and known[key][0] == known[key][1]), None)


def _smallest_shown(
    key: Key, counts: Mapping[Key, int], hidden: set[Key], lines: Sequence[Line[Key]]
) -> Key | None:
    """The smallest figure still shown beside the one that is given away, or else anywhere; totals come last.

    An addition with one hidden figure is mended first, and with a figure whose other additions have something hidden
    already: so a rectangle closes instead of growing.
    """
    open_lines = [line for line in lines if not hidden.issuperset(line.cells)]
    single = [line for line in open_lines if len(hidden.intersection(line.cells)) == 1]
    beside = single[:1] or [line for line in open_lines if key in line.cells] or open_lines
    parts = [part for line in beside for part in line.parts if part not in hidden]
    totals = [line.total for line in beside if line.total not in hidden]

    def cost(each: Key) -> tuple[int, int]:
        untouched = [line for line in lines if each in line.cells and hidden.isdisjoint(line.cells)]
        return len(untouched), counts[each]

    return min(parts or totals, key=cost, default=None)
