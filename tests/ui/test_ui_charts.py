"""Pictures: where their parts stand, and the SVG that templates make of it, compared with what a person looked at.

When a picture is meant to change, look at the new one in both colour schemes and at 360 px, then write it to `snapshots/`.
"""

import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from stars.ui.charts import MOST_SERIES, RADIUS, Bar, Radar, Series, radar, wrapped

SNAPSHOTS = Path(__file__).parent / "snapshots"
AREAS = [
    "Informācija un datu pratība",
    "Komunikācija un sadarbība",
    "Digitālais saturs un tā radīšana",
    "Drošība",
    "Problēmu risināšana",
]
ONE = [Series("21.11.2026.", (67, 33, 100, 0, 50))]
THREE = [*ONE, Series("03.05.2026.", (50, None, 80, 10, 40)), Series("02.01.2026.", (None,) * 5)]
BARS = [
    Bar("Drošība", 29, "Zems līmenis", "low", heading="Jomas"),
    Bar("Tīkla etiķete", 47, "Pamata līmenis", "foundation", note="2.5. <i>"),
    Bar("Programmēšana", 80, "Vidējs līmenis", "intermediate", heading="Kompetences"),
    Bar("Autortiesības", 100, "Augsts līmenis", "advanced"),
    Bar("Ierīču aizsardzība", None, "Nav vērtējuma"),
    Bar("Neatlaidība", 0),
]


def drawn(template: str, **context: object) -> str:
    """What the template makes of it in Latvian, one element a line."""
    with translation.override("lv"):
        html = render_to_string(template, context)
    return re.sub(r">\s+<", ">\n<", html.strip()) + "\n"


def of_snapshot(name: str) -> str:
    """The picture as it was looked at."""
    return (SNAPSHOTS / name).read_text(encoding="utf-8")


def test_one_outline_is_drawn_as_it_was_looked_at() -> None:
    chart = radar("areas", "Piecas jomas <&>", AREAS, ONE)
    assert drawn("ui/charts/radar.html", chart=chart) == of_snapshot("radar_one.html")


def test_several_outlines_are_drawn_as_they_were_looked_at() -> None:
    chart = radar("areas", "Piecas jomas", AREAS, THREE)
    assert drawn("ui/charts/radar.html", chart=chart) == of_snapshot("radar_three.html")


def test_bars_are_drawn_as_they_were_looked_at() -> None:
    html = drawn("ui/charts/bars.html", bars=BARS, caption="Rezultāts pa jomām", label_of="Joma")
    assert html == of_snapshot("bars.html")


def test_a_reader_hears_every_number_of_every_outline() -> None:
    svg = _svg(radar("areas", "Piecas jomas", AREAS, THREE[:2]))
    title, description = svg.findtext("title"), svg.findtext("desc")
    assert title == "Piecas jomas"
    assert description == (
        "21.11.2026.: Informācija un datu pratība – 67\xa0%, Komunikācija un sadarbība – 33\xa0%,"
        " Digitālais saturs un tā radīšana – 100\xa0%, Drošība – 0\xa0%, Problēmu risināšana – 50\xa0%."
        " 03.05.2026.: Informācija un datu pratība – 50\xa0%, Komunikācija un sadarbība – nav vērtējuma,"
        " Digitālais saturs un tā radīšana – 80\xa0%, Drošība – 10\xa0%, Problēmu risināšana – 40\xa0%. "
    )
    assert svg.get("aria-labelledby") == "areas-title areas-desc"


def test_the_first_axis_points_up_and_the_others_follow_clockwise() -> None:
    chart = radar("four", "", ["A", "B", "C", "D"], [Series("", (100, 50, 25, 0))])
    assert [str(point) for point in chart.outlines[0].points] == ["0,-90", "45,0", "0,22.5", "0,0"]
    assert [axis.anchor for axis in chart.axes] == ["middle", "start", "middle", "end"]


def test_every_point_lies_as_far_out_as_its_percentage() -> None:
    values = (13, 99, 47, 48, 81)
    chart = radar("areas", "", AREAS, [Series("", values)])
    far = [math.hypot(float(point.x), float(point.y)) for point in chart.outlines[0].points]
    assert far == pytest.approx([RADIUS * value / 100 for value in values], abs=0.1)


def test_outlines_differ_without_any_colour() -> None:
    chart = radar("areas", "", AREAS, [Series(str(n), (n,) * 5) for n in range(MOST_SERIES)])
    assert len({(outline.dashes, outline.mark) for outline in chart.outlines}) == MOST_SERIES
    assert len({outline.dashes for outline in chart.outlines}) == MOST_SERIES


@pytest.mark.parametrize("number", [3, 4, 5, 6, 8, 12])
def test_no_name_leaves_the_picture(number: int) -> None:
    chart = radar("many", "", ["Pašpārliecinātība par spējām"] * number, [])
    left, top, width, height = map(float, chart.view_box.split())
    for axis in chart.axes:
        for place, line in enumerate(axis.lines):
            length, x, y = 6.5 * len(line.text), float(axis.at.x), float(axis.at.y) + 16 * place
            begin = {"start": x, "middle": x - length / 2, "end": x - length}[axis.anchor]
            assert left <= begin <= begin + length <= left + width
            assert top <= y - 12 <= y + 4 <= top + height


@pytest.mark.parametrize(
    ("labels", "series", "reason"),
    [
        (["A", "B"], [], "three axes, not 2"),
        (AREAS, [Series("", (1, 2))], "5 axes need 5 values, not 2"),
        (AREAS, [Series("", (1, 2, 3, 4, 101))], "no percentages"),
        (AREAS, [Series("", (-1, 2, 3, 4, 5))], "no percentages"),
        (AREAS, ONE * 5, "at most 4 outlines"),
    ],
    ids=["two axes", "too few values", "too much", "too little", "too many outlines"],
)
def test_what_cannot_be_drawn_is_refused(labels: list[str], series: list[Series], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        radar("areas", "", labels, series)


def test_names_are_broken_between_words() -> None:
    assert wrapped("Digitālais saturs un tā radīšana") == ("Digitālais", "saturs un tā", "radīšana")
    assert wrapped("Pašpārliecinātība") == ("Pašpārliecinātība",)


def _svg(chart: Radar) -> ElementTree.Element:
    html = drawn("ui/charts/radar.html", chart=chart)
    svg = ElementTree.fromstring(f"<body>{html}</body>").find("figure/svg")
    assert svg is not None
    return svg
