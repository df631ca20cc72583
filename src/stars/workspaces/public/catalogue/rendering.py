"""The catalogue page put together from pieces that are rendered once for each catalogue and language.

Two hundred ticks, twenty cards and the frame around them through the template engine would be nearly the whole cost
of the page. The templates stay the only place that knows the markup: a piece is rendered by them with marks where
something else stands, and cut there.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any, Final
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from stars.catalogue.cards import Card
from stars.catalogue.names import Names
from stars.catalogue.search.types import SearchResult, Segment
from stars.workspaces.public.catalogue.address import MOST_COMPARED
from stars.workspaces.public.catalogue.facets import FacetList, Link, Option

# A sign that no text holds and that neither HTML nor templates change.
_MARK: Final = "\N{INFORMATION SEPARATOR ONE}"
_HOLE: Final = re.compile(f"{_MARK}(\\w+){_MARK}")
# Stands for a programme's number where an address cannot be made without one.
_NUMBER: Final = 7_294_105_638_104_527_196
_Pieces = tuple[str, ...]


def whole_page(
    template: str, values: Mapping[str, Any], frame: Mapping[str, Any], request: HttpRequest, names: Names
) -> SafeString:
    """The page of somebody who is not signed in: `values` put into the template's frame.

    The frame is rendered once for each `frame`, so the template may look at what is in `frame`, and may only print
    what is in `values`.
    """

    def make() -> _Pieces:
        marks = {name: mark_safe(f"{_MARK}{name}{_MARK}") for name in values}  # noqa: S308  names of ours
        return tuple(_HOLE.split(render_to_string(template, {**frame, **marks}, request)))

    pieces = names.kept(("page", template, *frame.items()), make)
    filled = (conditional_escape(values[piece]) if place % 2 else piece for place, piece in enumerate(pieces))
    return mark_safe("".join(filled))  # noqa: S308  every value is escaped unless it is HTML


def header_html(request: HttpRequest, names: Names, section: str) -> SafeString:
    """The header as somebody sees it who is not signed in; only the links of the languages name the page."""

    def make() -> _Pieces:
        nowhere = SimpleNamespace(get_full_path=lambda: _MARK)
        rendered = render_to_string("ui/parts/header.html", {"section": section, "request": nowhere}, request)
        return tuple(rendered.split(quote(_MARK)))

    here = quote(request.get_full_path(), safe="")
    return mark_safe(here.join(names.kept(("header", section), make)))  # noqa: S308  nothing in it needs escaping


def facets_html(facets: Iterable[FacetList], names: Names) -> SafeString:
    """All filters."""
    return mark_safe("".join(_facet(facet, names) for facet in facets))  # noqa: S308  escaped by the templates


def pagination_html(names: Names, result: SearchResult, encoded: str) -> SafeString:
    """The links to the other pages of the results; `encoded` are the address's parameters without the page."""
    if result.pages == 1:
        return mark_safe("")

    def make() -> _Pieces:
        page = Paginator(range(result.pages), 1).page(result.page)
        nowhere = SimpleNamespace(GET=QueryDict(f"{_MARK}=&"), path="")
        rendered = render_to_string("ui/parts/pagination.html", {"page": page, "request": nowhere})
        return tuple(rendered.split(f"{quote(_MARK)}=&amp;"))

    here = f"{escape(encoded)}&amp;" if encoded else ""
    pieces = names.kept(("pages", result.page, result.pages), make)
    return mark_safe(here.join(pieces))  # noqa: S308  escaped above


def chips_html(names: Names, chips: Sequence[Link]) -> SafeString:
    """What is chosen; the same chips lead to other addresses on other pages."""
    if not chips:
        return mark_safe("")
    marked = [Link(chip.label, _MARK) for chip in chips]
    labels = tuple(chip.label for chip in chips)
    pieces = names.kept(("chips", labels), partial(_cut, "ui/parts/chips.html", {"chips": marked}))
    addresses = ["", *(escape(chip.url) for chip in chips)]
    parts = [part for pair in zip(addresses, pieces, strict=True) for part in pair]
    return mark_safe("".join(parts))  # noqa: S308  escaped above and by the template


def open_only_html(names: Names, *, is_chosen: bool, count: int) -> SafeString:
    """The tick "only open now"."""
    template = "public/catalogue/parts/open_only.html"
    context = {"open_only": is_chosen, "open_total": _MARK}
    before, after = names.kept(("open", is_chosen), partial(_cut, template, context))
    return mark_safe(f"{before}{count}{after}")  # noqa: S308  a number


def cards_html(cards: Iterable[Card], names: Names, compared: tuple[int, ...]) -> SafeString:
    """The results as somebody sees them who is not signed in: no favourites, nothing of theirs."""
    is_full = len(compared) >= MOST_COMPARED
    parts = [_card(card, names, is_ticked=card.id in compared, is_full=is_full) for card in cards]
    return mark_safe("".join(parts))  # noqa: S308  escaped below and by the template


def _card(card: Card, names: Names, *, is_ticked: bool, is_full: bool) -> str:
    """A card is new with nearly every search, but there are few shapes of cards."""
    colors = tuple(tag.color for tag in card.tags)
    has = (len(card.facts), colors, bool(card.price), len(card.payers), bool(card.excerpt))
    key = ("card shape", *has, is_ticked, is_full)
    pieces = names.kept(key, partial(_shape, card, is_ticked=is_ticked, is_full=is_full))
    values = {
        "id": str(card.id),
        "title": _marked(card.title),
        "plain": html.escape(card.plain_title),
        "excerpt": _marked(card.excerpt),
        "price": html.escape(card.price),
        **_numbered("fact", card.facts),
        **_numbered("tag", [tag.text for tag in card.tags]),
        **_numbered("payer", card.payers),
    }
    return "".join([values[piece] if place % 2 else piece for place, piece in enumerate(pieces)])


def _shape(card: Card, *, is_ticked: bool, is_full: bool) -> _Pieces:
    """The template's card with marks for all that this card says."""

    def hole(name: str) -> str:
        return f"{_MARK}{name}{_MARK}"

    marked = SimpleNamespace(
        id=_NUMBER,
        title=[Segment(hole("title"), is_match=False)],
        plain_title=hole("plain"),
        excerpt=[Segment(hole("excerpt"), is_match=False)] if card.excerpt else [],
        facts=[hole(f"fact{place}") for place in range(len(card.facts))],
        tags=[replace(tag, text=hole(f"tag{place}")) for place, tag in enumerate(card.tags)],
        price=hole("price") if card.price else "",
        payers=[hole(f"payer{place}") for place in range(len(card.payers))],
    )
    context = {
        "card": marked,
        "can_compare": True,
        "compared": [_NUMBER] if is_ticked else [],
        "compare_is_full": is_full,
        "signed_in": False,
    }
    rendered = render_to_string("catalogue/parts/card.html", context)
    return tuple(_HOLE.split(rendered.replace(str(_NUMBER), hole("id"))))


def _marked(segments: Iterable[Segment]) -> str:
    """Text with what was searched for marked."""
    return "".join(
        [
            f"<mark>{html.escape(text)}</mark>" if is_match else html.escape(text)
            for text, is_match in segments
        ]
    )


def _numbered(name: str, texts: Iterable[str]) -> dict[str, str]:
    return {f"{name}{place}": html.escape(text) for place, text in enumerate(texts)}


def _facet(facet: FacetList, names: Names) -> str:
    before, after = names.kept(("facet", facet.name, facet.is_long), partial(_frame, facet))
    parts = [before]
    for option in facet.options:
        key = ("option", facet.name, option.value, option.selected)
        start, end = names.kept(key, partial(_option, facet, option))
        parts += (start, str(option.count), end)
    parts.append(after)
    return "".join(parts)


def _frame(facet: FacetList) -> _Pieces:
    return _cut("public/catalogue/parts/facet.html", {"facet": facet, "options": _MARK})


def _option(facet: FacetList, option: Option) -> _Pieces:
    marked: Any = _MARK
    return _cut("ui/parts/facet-option.html", {"facet": facet, "option": replace(option, count=marked)})


def _cut(template: str, context: dict[str, Any]) -> _Pieces:
    return tuple(render_to_string(template, context).split(_MARK))
