"""A result of self-exploration as pictures: which outlines and bars to draw. The tables behind them say the same."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from stars.assessments.exploration.types import Portrait, Reading
from stars.ui.charts import MOST_SERIES, Bar, Radar, Series, radar


def traits_radar(dated: Sequence[tuple[str, Portrait]]) -> Radar:
    """The five traits, an outline for each attempt, newest first; `dated` gives the day in words beside each."""
    return _radar("traits", _("Five traits at work"), [(day, each.traits) for day, each in dated])


def values_radar(dated: Sequence[tuple[str, Portrait]]) -> Radar:
    """The six work values, an outline for each attempt, newest first."""
    return _radar("values", _("Six work values"), [(day, each.values) for day, each in dated])


def bars(readings: Iterable[Reading]) -> list[Bar]:
    """A bar for each dimension with its standing in words; without a colour that judges."""
    return [
        Bar(
            str(reading.dimension.label),
            reading.percent,
            word=str(reading.standing.label) if reading.standing else _("no score"),
            note=_clear(reading),
        )
        for reading in readings
    ]


def rows(attempts: Sequence[Sequence[Reading]]) -> list[tuple[str, list[int | None]]]:
    """For each dimension its percentages in the attempts, in the order given: the table of a comparison."""
    return [
        (str(readings[0].dimension.label), [reading.percent for reading in readings])
        for readings in zip(*attempts, strict=True)
    ]


def _radar(key: str, title: str, dated: Sequence[tuple[str, Sequence[Reading]]]) -> Radar:
    labels = [str(reading.dimension.label) for reading in dated[0][1]]
    series = [Series(day, tuple(each.percent for each in readings)) for day, readings in dated[:MOST_SERIES]]
    return radar(key, title, labels, series)


def _clear(reading: Reading) -> str:
    """How many statements the score rests on, when some were not clear."""
    score = reading.score
    if score.answered == score.asked:
        return ""
    return _("Clear answers: %(answered)s of %(asked)s. About the others it was hard to say.") % {
        "answered": score.answered,
        "asked": score.asked,
    }
