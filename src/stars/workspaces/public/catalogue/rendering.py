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
from stars.catalogue.search.types import Facet, SearchResult, Segment
from stars.ui.templatetags.ui import latvian
from stars.workspaces.public.catalogue.address import MOST_COMPARED
from stars.workspaces.public.catalogue.facets import FacetList, Link

# A sign that no text holds, because PostgreSQL takes none with it, and that neither HTML nor templates change.
_MARK: Final = "\0"
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


def nothing_html(names: Names, reset_url: str, *, has_chips: bool) -> SafeString:
    """What stands in the place of the cards when there are none."""
    context = {"chips": has_chips, "reset_url": _MARK}
    pieces = names.kept(("nothing", has_chips), partial(_cut, "public/catalogue/parts/nothing.html", context))
    return mark_safe(escape(reset_url).join(pieces))  # noqa: S308  escaped before and by the template


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
    has = (
        len(card.facts),
        tuple([tag.color for tag in card.tags]),
        bool(card.price),
        len(card.payers),
        bool(card.excerpt),
    )
    key = ("card shape", *has, is_ticked, is_full)
    pieces, order = names.kept(key, partial(_shape, card, is_ticked=is_ticked, is_full=is_full))
    texts = _texts(card)
    parts = list(pieces)
    parts[1::2] = [texts[place] for place in order]
    return "".join(parts)


def _texts(card: Card) -> list[str]:
    """Everything that a card says, escaped; most of it at once."""
    plain = (card.plain_title, card.price, *card.facts, *[tag.text for tag in card.tags], *card.payers)
    escaped = html.escape(_MARK.join(plain)).split(_MARK)
    return [str(card.id), _marked(card.title), _marked(card.excerpt), *escaped]


def _shape(card: Card, *, is_ticked: bool, is_full: bool) -> tuple[_Pieces, tuple[int, ...]]:
    """The template's card cut at all that this card says, and which of `_texts` stands at each cut."""
    places = iter(range(5, 5 + len(card.facts) + len(card.tags) + len(card.payers)))
    marked = SimpleNamespace(
        id=_NUMBER,
        plain_title=_hole(3),
        title=[Segment(_hole(1), is_match=False)],
        excerpt=[Segment(_hole(2), is_match=False)] if card.excerpt else [],
        price=_hole(4) if card.price else "",
        facts=[_hole(next(places)) for _ in card.facts],
        tags=[replace(tag, text=_hole(next(places))) for tag in card.tags],
        payers=[_hole(next(places)) for _ in card.payers],
    )
    context = {
        "card": marked,
        "can_compare": True,
        "compared": [_NUMBER] if is_ticked else [],
        "compare_is_full": is_full,
        "signed_in": False,
    }
    rendered = render_to_string("catalogue/parts/card.html", context)
    pieces = tuple(_HOLE.split(rendered.replace(str(_NUMBER), _hole(0))))
    return pieces, tuple(map(int, pieces[1::2]))


def _hole(place: int) -> str:
    return f"{_MARK}{place}{_MARK}"


def _marked(segments: Iterable[Segment]) -> str:
    """Text with what was searched for marked."""
    return "".join(
        [
            f"<mark>{html.escape(text)}</mark>" if is_match else html.escape(text)
            for text, is_match in segments
        ]
    )


def _facet(facet: FacetList, names: Names) -> str:
    before, after = names.kept(("facet", facet.facet, facet.is_long), partial(_frame, facet))
    unchosen = names.kept(("options", facet.facet), partial(_Options, facet.facet, names))
    parts = [before]
    for value, count, selected in facet.values:
        start, end = _chosen(facet.facet, value, names) if selected else unchosen[value]
        parts.append(f"{start}{count}{end}")
    parts.append(after)
    return "".join(parts)


class _Options(dict[str, _Pieces]):
    """The ticks of a filter that are not set, by value: there are as many as the catalogue has values."""

    def __init__(self, facet: Facet, names: Names) -> None:
        self._facet, self._names = facet, names

    def __missing__(self, value: str) -> _Pieces:
        made = self[value] = _option(self._facet, value, self._names, selected=False)
        return made


def _chosen(facet: Facet, value: str, names: Names) -> _Pieces:
    """A tick that is set. An address can choose any month."""
    make = partial(_option, facet, value, names, selected=True)
    return names.kept(("chosen", facet, value), make)


def _frame(facet: FacetList) -> _Pieces:
    context = {"name": facet.facet.value, "label": facet.label, "is_long": facet.is_long}
    return _cut("public/catalogue/parts/facet.html", {"facet": context, "options": _MARK})


def _option(facet: Facet, value: str, names: Names, *, selected: bool) -> _Pieces:
    label = names.of(facet, value) or value
    label = latvian(label) if facet is Facet.INSTITUTION else label
    option = {"value": value, "label": label, "count": _MARK, "selected": selected}
    return _cut("ui/parts/facet-option.html", {"facet": {"name": facet.value}, "option": option})


def _cut(template: str, context: dict[str, Any]) -> _Pieces:
    return tuple(render_to_string(template, context).split(_MARK))
