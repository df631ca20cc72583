"""Template tags: numbers, dates and addresses as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from stars.ui.icons import ICONS
from stars.ui.templatetags import ui


def drawn(source: str, **context: object) -> str:
    """What a template that loads the design system makes of a context."""
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("cents", "expected"),
    [
        (0, "0,00\xa0€"),
        (5, "0,05\xa0€"),
        (125000, "1\xa0250,00\xa0€"),
        (123456789, "1\xa0234\xa0567,89\xa0€"),
        (-7250, "−72,50\xa0€"),
        (None, ""),
    ],
)
def test_money_is_written_the_latvian_way(cents: int | None, expected: str) -> None:
    assert ui.money(cents) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("anna@klients.example", "anna@<wbr>klients.example"), ("<b>@x", "&lt;b&gt;@<wbr>x"), ("", "<wbr>")],
)
def test_an_address_breaks_after_its_at(written: str, expected: str) -> None:
    assert ui.address(written) == expected


def test_a_date_ends_with_a_full_stop() -> None:
    assert ui.day(date(2026, 11, 21)) == "21.11.2026."


def test_a_moment_is_told_in_local_time() -> None:
    late = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    assert ui.moment(late) == "22.11.2026. 00:30"
    assert ui.day(late) == "22.11.2026."


def test_no_date_is_no_text() -> None:
    assert (ui.day(None), ui.moment(None)) == ("", "")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2027, 1, 12), date(2027, 3, 20), "12.01.2027.–20.03.2027."),
        (date(2027, 1, 12), date(2027, 1, 12), "12.01.2027."),
        (date(2027, 1, 12), None, "12.01.2027."),
        (None, None, ""),
    ],
)
def test_a_period_names_each_day_once(start: date | None, end: date | None, expected: str) -> None:
    assert ui.period(start, end) == expected


def test_a_mask_keeps_two_signs_and_the_hyphen() -> None:
    assert ui.mask("010190-12345") == "••••••-•••45"


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_drawn_and_hidden_from_readers(name: str) -> None:
    svg = ui.icon(name)
    assert svg.startswith('<svg class="app-icon" viewBox="0 0 24 24" focusable="false" aria-hidden="true">')
    assert svg.endswith(ICONS[name] + "</svg>")


def test_an_icon_with_a_meaning_says_it_safely() -> None:
    assert ' role="img" aria-label="A &lt;b&gt;">' in ui.icon("check", "A <b>")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        ui.icon("unicorn")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('{% query_set kartot="cena" %}', "?vieta=riga&amp;vieta=ogre&amp;kartot=cena"),
        ("{% query_set lapa=3 %}", "?vieta=riga&amp;vieta=ogre&amp;lapa=3"),
        ("{% query_set vieta=None %}", "/programmas/"),
        ('{% query_remove "vieta" "riga" %}', "?vieta=ogre"),
        ('{% query_remove "vieta" %}', "/programmas/"),
    ],
)
def test_addresses_with_other_parameters_go_back_to_the_first_page(tag: str, expected: str) -> None:
    request = RequestFactory().get("/programmas/?vieta=riga&vieta=ogre&lapa=7")
    assert drawn(tag, request=request) == expected


def test_pages_far_away_are_left_out() -> None:
    page = Paginator(range(400), 20).page(7)
    assert ui.page_numbers(page) == [1, None, 6, 7, 8, None, 20]


def test_a_form_of_several_pages_says_where_one_is() -> None:
    steps = [
        {"label": label, "url": "", "state": state}
        for label, state in [("A", "done"), ("B", "current"), ("C", "todo")]
    ]
    assert (ui.form_steps(steps)["number"], ui.form_steps(steps)["total"]) == (2, 3)


def test_a_card_keeps_its_content_and_escapes_its_heading() -> None:
    text = drawn("{% card heading=heading %}<p>saturs</p>{% endcard %}", heading="<i>Virsraksts")
    assert "<p>saturs</p>" in text
    assert '<h2 class="ds-heading" data-size="xs">&lt;i&gt;Virsraksts</h2>' in text


@pytest.mark.parametrize(
    ("language", "expected"),
    [("lv", "Kaste &amp; <b>"), ("en", '<span lang="lv">Kaste &amp; <b></span>')],
)
def test_latvian_data_is_marked_where_the_page_speaks_another_language(language: str, expected: str) -> None:
    expected = expected.replace("<b>", "&lt;b&gt;")
    with translation.override(language):
        assert drawn("{{ name|latvian }}", name="Kaste & <b>") == expected
        assert drawn('{{ name|latvian|default:"–" }}', name="") == "–"
        assert drawn("{{ name|latvian }}", name=None) == ""
        said = ui.with_latvian("<i>%(name)s until %(day)s", {"name": "Kaste & <b>"}, day="<2>")
    assert said == f"&lt;i&gt;{expected} until &lt;2&gt;"
