"""Pictures of percentages, drawn by the server: where everything stands is worked out here, templates write the SVG.

Pure: plain values in, plain values out. Coordinates are texts, since a template would write numbers with the comma of
Latvian. Series differ by dashes and marks as well as by colour, so that paper without colours tells them apart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

RADIUS = 90
_GAP = 10
_LINE = 16
# The widest usual letter of the labels, in units of the picture; Latvian words come out a little narrower.
_LETTER = 7.8
_LONGEST_LINE = 12
_RINGS = (25, 50, 75, 100)
# For each series the dashes of its line and the sign at its points: circle, square, triangle, diamond.
_STYLES = (
    ("", "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z"),
    ("7 4", "M-4,-4H4V4H-4Z"),
    ("2 3", "M0,-5L5,4H-5Z"),
    ("9 3 2 3", "M0,-5L5,0L0,5L-5,0Z"),
)
MOST_SERIES = len(_STYLES)

Percent = int | None


@dataclass(frozen=True, slots=True)
class Series:
    """One outline: what it shows and its percentage on every axis; None where nothing is known."""

    label: str
    values: tuple[Percent, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture."""

    x: str
    y: str

    def __str__(self) -> str:
        return f"{self.x},{self.y}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an axis's name, and how far it is below the one before."""

    text: str
    drop: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its end, and its name beside it."""

    label: str
    end: Point
    at: Point
    anchor: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A series as it is drawn: `number` from 1 chooses the colour; `mark` is the path of the sign at its points."""

    label: str
    number: int
    dashes: str
    mark: str
    points: tuple[Point, ...]
    values: tuple[tuple[str, Percent], ...]

    @property
    def path(self) -> str:
        """The points as an SVG path, closed; "" when nothing is known."""
        return f"M{' L'.join(map(str, self.points))} Z" if self.points else ""


@dataclass(frozen=True, slots=True)
class Radar:
    """A picture with an axis for each label; `key` makes the ids of its parts unique on a page."""

    key: str
    title: str
    view_box: str
    axes: tuple[Axis, ...]
    rings: tuple[str, ...]
    outlines: tuple[Outline, ...]

    @property
    def ids(self) -> str:
        """The ids of title and description, for `aria-labelledby`."""
        return f"{self.key}-title {self.key}-desc"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a table with a bar: `word` says what the percentage means, `band` chooses the bar's colour.

    Bands are "low", "foundation", "intermediate" and "advanced", or "" for percentages that are not judged; a bar
    without a percentage has only its word. `note` stands below the label, `heading` above the row when a part of the
    table begins.
    """

    label: str
    percent: Percent
    word: str = ""
    band: str = ""
    note: str = ""
    heading: str = ""


def radar(key: str, title: str, labels: Sequence[str], series: Sequence[Series]) -> Radar:
    """Percentages on axes that begin at the top and go on clockwise; the centre is 0, the rim 100.

    Raises ValueError for fewer than three axes, more than `MOST_SERIES` series, a series that does not fit the axes,
    and a value that is no percentage.
    """
    if len(labels) < 3:
        raise ValueError(f"a radar needs three axes, not {len(labels)}")
    if len(series) > MOST_SERIES:
        raise ValueError(f"at most {MOST_SERIES} outlines can be told apart, not {len(series)}")
    for each in series:
        _check(each, len(labels))
    axes = tuple(_axis(label, number, len(labels)) for number, label in enumerate(labels))
    return Radar(
        key=key,
        title=title,
        view_box=_view_box(axes),
        axes=axes,
        rings=tuple(_ring(percent, len(labels)) for percent in _RINGS),
        outlines=tuple(
            Outline(
                each.label,
                number + 1,
                *_STYLES[number],
                tuple(
                    _point(value, place, len(labels))
                    for place, value in enumerate(each.values)
                    if value is not None
                ),
                tuple(zip(labels, each.values, strict=True)),
            )
            for number, each in enumerate(series)
        ),
    )


def wrapped(label: str, longest: int = _LONGEST_LINE) -> tuple[str, ...]:
    """A label broken between words into lines of at most so many letters; a longer word keeps a line of its own."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _check(series: Series, axes: int) -> None:
    if len(series.values) != axes:
        raise ValueError(f"{axes} axes need {axes} values, not {len(series.values)}")
    if any(value is not None and not 0 <= value <= 100 for value in series.values):
        raise ValueError(f"no percentages: {series.values}")


def _direction(number: int, axes: int) -> tuple[float, float]:
    angle = 2 * math.pi * number / axes
    return math.sin(angle), -math.cos(angle)


def _point(percent: float, number: int, axes: int) -> Point:
    x, y = _direction(number, axes)
    return Point(_written(x * RADIUS * percent / 100), _written(y * RADIUS * percent / 100))


def _ring(percent: int, axes: int) -> str:
    return " ".join(str(_point(percent, number, axes)) for number in range(axes))


def _axis(label: str, number: int, axes: int) -> Axis:
    """The name stands beside the end of its axis: above it at the top, below it at the bottom."""
    x, y = _direction(number, axes)
    lines = wrapped(label)
    anchor = "middle" if abs(x) < 0.1 else "start" if x > 0 else "end"
    height = _LINE * len(lines)
    # From the first line's foot: wholly above at the top, wholly below at the bottom, between them by degrees.
    foot = y * (RADIUS + _GAP) + _LINE * 0.75 - height * (1 - y) / 2
    at = Point(_written(x * (RADIUS + _GAP)), _written(foot))
    return Axis(
        label,
        _point(100, number, axes),
        at,
        anchor,
        tuple(Line(text, str(_LINE if place else 0)) for place, text in enumerate(lines)),
    )


def _view_box(axes: Sequence[Axis]) -> str:
    """As wide and as high as the names need, with the centre of the axes in the middle of the width."""
    half, top, bottom = float(RADIUS), -float(RADIUS), float(RADIUS)
    for axis in axes:
        width = _LETTER * max(len(line.text) for line in axis.lines)
        half = max(half, abs(float(axis.at.x)) + (width / 2 if axis.anchor == "middle" else width))
        top = min(top, float(axis.at.y) - _LINE)
        bottom = max(bottom, float(axis.at.y) + _LINE * (len(axis.lines) - 1) + _LINE / 3)
    return " ".join(_written(number) for number in (-half, top, 2 * half, bottom - top))


def _written(number: float) -> str:
    """One decimal at most, with a point, and no minus before nought."""
    return f"{round(number, 1) + 0:g}"
