"""How much the first visit weighs: the page and everything that it loads, as sent, without fonts."""

import gzip
import re
from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import brotli  # type: ignore[import-untyped]  # comes without types

FIRST_PAGES: Final = ("/", "/programmas/")
LIMIT: Final = 150_000

_TAG = re.compile(r"<(link|script|img|source)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(href|src|rel)=["']([^"']*)["']""")
_LOADED_LINKS = ("stylesheet", "icon", "modulepreload")
_IN_STYLES = re.compile(r"""@import\s+(?:url\()?["']?([^"')]+)|url\(["']?([^"')]+)""")
_IN_SCRIPTS = re.compile(r"""\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']""")
_FONTS = (".woff2", ".woff", ".ttf")


class Sent(NamedTuple):
    """An answer: how many bytes its body had on the wire, and its text."""

    size: int
    text: str


def first_visit(page: str, fetch: Callable[[str], Sent]) -> dict[str, int]:
    """The bytes of each address that a browser loads for the page, by address; `fetch` gets one of them."""
    found: dict[str, int] = {}
    waiting = [page]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        sent = fetch(address)
        found[address] = sent.size
        waiting += [one for one in _loaded(address, sent.text) if not one.endswith(_FONTS)]
    return found


def decoded(body: bytes, encoding: str) -> bytes:
    """The body as it was before it was compressed for the way."""
    if encoding == "br":
        plain: bytes = brotli.decompress(body)
        return plain
    return gzip.decompress(body) if encoding == "gzip" else body


def _loaded(address: str, text: str) -> list[str]:
    """What the browser fetches next because of this answer."""
    if address.endswith(".css"):
        named = [one or other for one, other in _IN_STYLES.findall(text)]
    elif address.endswith((".js", ".mjs")):
        named = [name for pair in _IN_SCRIPTS.findall(text) for name in pair if name.startswith((".", "/"))]
    elif address.endswith(".svg"):
        named = []
    else:
        named = _named_by_page(text)
    urls = [urlsplit(urljoin(address, name)) for name in named if not name.startswith(("data:", "#"))]
    return [unquote(url.path) for url in urls if not url.netloc]


def _named_by_page(html: str) -> list[str]:
    named = []
    for tag in _TAG.finditer(html):
        attributes = dict(_ATTRIBUTE.findall(tag.group()))
        is_link = tag.group(1).lower() == "link"
        if not is_link or attributes.get("rel") in _LOADED_LINKS:
            named.append(attributes.get("href" if is_link else "src", ""))
    return [name for name in named if name]
