"""Results of many people in figures that tell of none of them. Pure: no tables, no clock, no language.

Each person counts once, with their latest result of the year: who takes a test often does not weigh more, and figures
can be added. All breakdowns of a year are protected together, because they share their totals and somebody may lay them
beside each other; for the same reason there is no crossing of breakdowns and no year of one's own choice of days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from stars.common.suppression import LEAST, Figure, Line, suppressed
from stars.people.enums import AgeGroup


class Breakdown(StrEnum):
    """By what the people of a summary are divided."""

    PLACE = "place"
    AGE = "age"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS: Final = tuple(str(month) for month in range(1, 13))
QUARTERS: Final = tuple(str(quarter) for quarter in range(1, 5))
# The mark of a result that has neither band nor level, and the group of whom nothing is known.
NONE: Final = ""
# Age on the day of the result.
AGES: Final = (*AgeGroup.values, NONE)
_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people, how many of them have a percentage, and the sum of these."""

    people: int = 0
    scored: int = 0
    percents: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.people + other.people, self.scored + other.scored, self.percents + other.percents)

    @property
    def mean(self) -> int | None:
        """In whole per cent, rounded half up; none for fewer than may be shown."""
        return (2 * self.percents + self.scored) // (2 * self.scored) if self.scored >= LEAST else None


@dataclass(frozen=True, slots=True)
class Row:
    """One group: how many people, their mean, how many with each mark; `means` by dimension where a test has them."""

    group: str
    people: Figure
    mean: int | None
    marks: Sequence[Figure]
    means: Sequence[int | None] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A breakdown as it may be shown; `total` is of all groups together."""

    rows: Sequence[Row]
    total: Row


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found in a year: by breakdown, group and mark; and for each dimension by breakdown and group."""

    marks: Mapping[tuple[Breakdown, str, str], Tally]
    dimensions: Mapping[tuple[Breakdown, str, str], Tally] = field(default_factory=dict)


def summary(
    counted: Counted,
    breakdown: Breakdown,
    *,
    places: Sequence[str],
    marks: Sequence[str],
    dimensions: Sequence[str] = (),
    months: int = 12,
) -> Summary:
    """The breakdown with what is too small hidden, as `stars.common.suppression` says.

    `places` are all municipalities, so that one without results looks like one with few; `marks` and `dimensions` say
    the columns. Of a year that goes on only the first `months` are there: everybody knows what the others hold.
    """
    groups = _groups(places, months)
    tallies = _with_quarters(counted.marks)
    cells: dict[tuple[str, str, str], Tally] = {
        (kind, group, mark): tallies.get((kind, group, mark), Tally())
        for kind, codes in groups.items()
        for group in codes
        for mark in marks
    }
    for mark in marks:
        cells[_ALL, "", mark] = sum((cells[Breakdown.AGE, age, mark] for age in AGES), Tally())
    wholes = {
        (kind, group): sum((cells[kind, group, mark] for mark in marks), Tally())
        for kind, group in dict.fromkeys(key[:2] for key in cells)
    }
    people = {key: tally.people for key, tally in cells.items()}
    people |= {(*key, _ALL): whole.people for key, whole in wholes.items()}
    figures = suppressed(people, list(_additions(groups, marks)))
    means = _with_quarters(counted.dimensions)

    def row(kind: str, group: str) -> Row:
        shown = figures[kind, group, _ALL]
        found = [_dimension(means, kind, group, name) for name in dimensions]
        return Row(
            group,
            shown,
            None if shown.value is None else wholes[kind, group].mean,
            [figures[kind, group, mark] for mark in marks],
            [None if shown.value is None else tally.mean for tally in found],
        )

    return Summary([row(breakdown, group) for group in groups[breakdown]], row(_ALL, ""))


def _groups(places: Sequence[str], months: int) -> dict[Breakdown, Sequence[str]]:
    return {
        Breakdown.PLACE: [*places, NONE],
        Breakdown.AGE: AGES,
        Breakdown.QUARTER: QUARTERS[: (months + 2) // 3],
        Breakdown.MONTH: MONTHS[:months],
    }


def _with_quarters(
    tallies: Mapping[tuple[Breakdown, str, str], Tally],
) -> dict[tuple[str, str, str], Tally]:
    found: defaultdict[tuple[str, str, str], Tally] = defaultdict(Tally)
    found.update({(kind, group, mark): tally for (kind, group, mark), tally in tallies.items()})
    for (kind, group, mark), tally in tallies.items():
        if kind is Breakdown.MONTH:
            key = (Breakdown.QUARTER, QUARTERS[(int(group) - 1) // 3], mark)
            found[key] = found[key] + tally
    return dict(found)


def _additions(
    groups: Mapping[Breakdown, Sequence[str]], marks: Sequence[str]
) -> Iterator[Line[tuple[str, str, str]]]:
    """Everything that a reader of all breakdowns can add up."""
    for mark in [*marks, _ALL]:
        for kind, codes in groups.items():
            if kind is not Breakdown.MONTH:
                yield Line((_ALL, "", mark), [(kind, group, mark) for group in codes])
        for place, quarter in enumerate(groups[Breakdown.QUARTER]):
            months = groups[Breakdown.MONTH][3 * place : 3 * place + 3]
            yield Line(
                (Breakdown.QUARTER, quarter, mark), [(Breakdown.MONTH, month, mark) for month in months]
            )
    rows: Iterable[tuple[str, str]] = [(kind, group) for kind, codes in groups.items() for group in codes]
    for row in [*rows, (_ALL, "")]:
        yield Line((*row, _ALL), [(*row, mark) for mark in marks])


def _dimension(means: Mapping[tuple[str, str, str], Tally], kind: str, group: str, name: str) -> Tally:
    if kind != _ALL:
        return means.get((kind, group, name), Tally())
    return sum((means.get((Breakdown.AGE, age, name), Tally()) for age in AGES), Tally())
