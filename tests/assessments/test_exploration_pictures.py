"""Pictures of self-exploration, compared with what a person looked at, and the tables that say the same.

When a picture is meant to change, look at the new one in both colour schemes and at 360 px, then write it to `snapshots/`.
"""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from stars.assessments.enums import Growth, Trait, WorkValue
from stars.assessments.exploration import pictures
from stars.assessments.exploration.reading import growth_picture, portrait
from stars.assessments.exploration.types import Portrait
from stars.assessments.scoring import WHOLE, Score

SNAPSHOTS = Path(__file__).parent / "snapshots"


def of(*percents: int | None) -> list[Score]:
    """Scores of a hundred statements, of which so many speak wholly for it."""
    return [Score(0, 0, 100) if each is None else Score(each * WHOLE, 100, 100) for each in percents]


NOW = portrait(dict(zip([*Trait, *WorkValue], of(25, 69, 82, None, 50, 75, 89, 39, 60, 74, 64), strict=True)))
BEFORE = portrait(
    dict(zip([*Trait, *WorkValue], of(45, 60, 63, 53, 70, 65, 70, 50, 80, 74, None), strict=True))
)
GROWTH = growth_picture(dict(zip(Growth, [*of(35, 71, None), Score(4 * WHOLE, 5, 6)], strict=True)))


def drawn(template: str, **context: object) -> str:
    """What the template makes of it, one element a line."""
    html = render_to_string(template, context)
    return re.sub(r">\s+<", ">\n<", html.strip()) + "\n"


@pytest.mark.parametrize(
    ("name", "dated"),
    [("one", [("28.11.2026.", NOW)]), ("two", [("28.11.2026.", NOW), ("01.02.2026.", BEFORE)])],
    ids=["one", "two"],
)
def test_outlines_are_drawn_as_they_were_looked_at(name: str, dated: list[tuple[str, Portrait]]) -> None:
    with translation.override("lv"):
        for kind, draw in (("traits", pictures.traits_radar), ("values", pictures.values_radar)):
            html = drawn("ui/charts/radar.html", chart=draw(dated))
            assert html == (SNAPSHOTS / f"{kind}_{name}.html").read_text(encoding="utf-8")


def test_four_bars_are_drawn_as_they_were_looked_at() -> None:
    with translation.override("lv"):
        bars = pictures.bars(GROWTH.strengths)
        html = drawn("ui/charts/bars.html", bars=bars, caption="Četras spējas", label_of="Spēja")
    assert html == (SNAPSHOTS / "growth.html").read_text(encoding="utf-8")


def test_bars_say_their_standing_and_how_many_answers_were_clear() -> None:
    with translation.override("en"):
        shown = [(bar.percent, bar.word, bar.note, bar.band) for bar in pictures.bars(GROWTH.strengths)]
    unclear = "Clear answers: {} of {}. About the others it was hard to say."
    assert shown == [
        (35, "Less pronounced", "", ""),
        (71, "Pronounced", "", ""),
        (None, "no score", unclear.format(0, 100), ""),
        (80, "Pronounced", unclear.format(5, 6), ""),
    ]


def test_a_comparison_has_a_row_for_each_dimension() -> None:
    with translation.override("en"):
        rows = pictures.rows([NOW.traits, BEFORE.traits])
    assert rows == [
        ("Sociability", [25, 45]),
        ("Goodwill", [69, 60]),
        ("Conscientiousness", [82, 63]),
        ("Calmness", [None, 53]),
        ("Openness to the new", [50, 70]),
    ]


def test_more_attempts_than_can_be_told_apart_leave_out_the_oldest() -> None:
    radar = pictures.traits_radar([(str(number), NOW) for number in range(6)])
    assert [outline.label for outline in radar.outlines] == ["0", "1", "2", "3"]
