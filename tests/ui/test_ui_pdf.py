"""Documents: tagged, in Latvian, and every letter can be read back."""

from io import BytesIO

import pytest
from django.utils import translation
from fontTools.ttLib import woff2
from pypdf import PdfReader

from stars.ui.pdf import StaticFetcher, render_pdf

LETTERS = "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ „pēdiņas” – 40 %"


@pytest.fixture(scope="module")
def document() -> PdfReader:
    """A document whose heading holds all Latvian letters."""
    with translation.override("lv"):
        return PdfReader(BytesIO(render_pdf("ui/pdf/base.html", {"heading": LETTERS})))


def test_latvian_letters_survive(document: PdfReader) -> None:
    assert LETTERS in document.pages[0].extract_text().replace("\n", " ")


def test_it_is_tagged_and_says_its_language_and_title(document: PdfReader) -> None:
    root = document.trailer["/Root"]
    assert root["/Lang"] == "lv"
    assert root["/MarkInfo"]["/Marked"]
    assert document.metadata is not None
    assert document.metadata.title == LETTERS


def test_only_whole_inter_fonts_are_embedded(document: PdfReader) -> None:
    fonts = document.pages[0]["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts}
    assert names == {"Inter", "Inter-Bold"}


def test_a_font_is_unpacked_once_for_all_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "static:vendor/inter-ui/Inter-Regular.woff2"
    font = StaticFetcher().fetch(address).read()
    monkeypatch.delattr(woff2, "decompress")
    assert font[:4] == b"\0\1\0\0"
    assert StaticFetcher().fetch(address).read() == font


@pytest.mark.parametrize("address", ["https://example.org/x.png", "file:///etc/passwd", "data:text/plain,x"])
def test_a_document_reads_nothing_but_our_static_files(address: str) -> None:
    with pytest.raises(ValueError, match="may not read"):
        StaticFetcher().fetch(address)
