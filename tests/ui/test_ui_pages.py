"""Frames and error pages stand on their own, and hold to what the content security policy and readers ask."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

UI = Path(__file__).resolve().parents[2] / "src" / "stars" / "ui"
SCRIPTS = sorted((UI / "static" / "ui").glob("*.js"))
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
MOST_SCRIPT = 10_000


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_nothing_from_the_page_that_failed(name: str) -> None:
    with translation.override("en"):
        html = render_to_string(name)
    assert "<title>Error: " in html
    assert html.count("<h1") == 1
    assert "UNDEFINED" not in html


def test_a_form_whose_token_is_too_old_can_be_sent_again_as_it_was() -> None:
    html = render_to_string("403_csrf.html", {"typed": [("vards", "Jānis & Co")], "path": "/profils/"})
    assert '<form method="post" action="/profils/" data-guard>' in html
    assert '<input type="hidden" name="vards" value="Jānis &amp; Co">' in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_style_or_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", source)


def test_own_scripts_stay_small() -> None:
    assert sum(len(path.read_bytes()) for path in SCRIPTS) < MOST_SCRIPT
