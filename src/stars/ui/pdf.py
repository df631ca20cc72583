"""Documents for people to keep: a template becomes a tagged PDF (PDF/UA-1) with whole Inter fonts.

Whole fonts, because fonts cut by `unicode-range` are drawn with each other's glyphs and lose Latvian letters.
"""

import mimetypes
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from fontTools.ttLib import woff2
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME, PACKED_FONT = "static:", ".woff2"


class StaticFetcher(URLFetcher):  # type: ignore[misc]
    """Lets a document read our static files, `static:ui/pdf.css`, and nothing else: no network, no other files."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind a `static:` address. ValueError for every other address."""
        if not url.startswith(SCHEME):
            raise ValueError(f"a document may not read {url}")
        name = url.removeprefix(SCHEME)
        if name.endswith(PACKED_FONT):
            return URLFetcherResponse(url, _unpacked_font(name), headers={"Content-Type": "font/sfnt"})
        kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
        return URLFetcherResponse(url, _static_file(name).read_bytes(), headers={"Content-Type": kind})


@cache
def _static_file(name: str) -> Path:
    """Where a static file lies: beside its source, or where `collectstatic` has put it."""
    return Path(finders.find(name) or staticfiles_storage.path(name))


@cache
def _unpacked_font(name: str) -> bytes:
    """A font as it may be embedded. Unpacking takes longer than writing a document, so it is done once in a process."""
    font = BytesIO()
    woff2.decompress(BytesIO(_static_file(name).read_bytes()), font)
    return font.getvalue()


def render_pdf(template_name: str, context: dict[str, Any]) -> bytes:
    """A template that extends `ui/pdf/base.html`, as PDF in the current language."""
    html = render_to_string(template_name, context)
    fetcher, fonts = StaticFetcher(), FontConfiguration()
    sheet = CSS(url=f"{SCHEME}ui/pdf.css", url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=html, url_fetcher=fetcher)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[sheet], font_config=fonts)
    return written
