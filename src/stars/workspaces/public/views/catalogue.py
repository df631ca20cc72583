"""The full catalogue ("Pilnais programmu katalogs", manual 3.4) and the proposals while typing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.catalogue import live
from stars.catalogue.cards import Card, card_of_hit
from stars.catalogue.names import Names, names_of
from stars.catalogue.queries import personal
from stars.catalogue.search.types import Facet, SearchResult
from stars.common import clock
from stars.workspaces.caching import kept_for_everybody
from stars.workspaces.public.catalogue import rendering
from stars.workspaces.public.catalogue.address import MOST_COMPARED, SEARCH, Address, parse, text
from stars.workspaces.public.catalogue.facets import chips_of, facets_of, sort_options
from stars.workspaces.views import PublicView

_MOST_SUGGESTIONS = 8
_TEMPLATE = "public/catalogue/list.html"


@method_decorator(kept_for_everybody(live.version), name="dispatch")
class Catalogue(PublicView):
    """Facets with counts, search, results. The address holds the whole state."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; every address is answered."""
        snapshot = live.snapshot()
        names = names_of(snapshot)
        address = parse(request.GET, names)
        # Links of the page carry what was understood of the address, not what was sent.
        if address.encoded != request.META.get("QUERY_STRING", ""):
            request.GET = QueryDict(address.encoded)
        now = clock.now().timestamp()
        result = snapshot.index.search(address.query(now))
        values = self._values(address, result, names, now)
        # Of the chips the frame shows their number alone.
        frame = {
            "heading": _("Full programme catalogue"),
            "section": "catalogue",
            "chips": range(len(result.chips)),
        }
        if self.actor.person_id is not None:
            return render(request, _TEMPLATE, {**frame, **values})
        values["header_html"] = rendering.header_html(request, names, "catalogue")
        return HttpResponse(rendering.whole_page(_TEMPLATE, values, frame, request, names))

    def _values(self, address: Address, result: SearchResult, names: Names, now: float) -> dict[str, Any]:
        """What differs from search to search, as HTML or as text."""
        return {
            "q": address.q,
            "reset_url": address.reset().url,
            "count_text": _counted(result.total),
            "show_text": _show(result.total),
            "facets_html": _filters(address, result, names),
            "chips_html": rendering.chips_html(names, chips_of(result, address, names)),
            "sort_html": names.kept(
                ("sort", address.sort, bool(address.q)),
                lambda: render_to_string("ui/parts/sort.html", {"sort_options": sort_options(address)}),
            ),
            "results_html": self._results(address, result, names, now),
            "pagination_html": rendering.pagination_html(names, result, address.encoded),
        }

    def _results(self, address: Address, result: SearchResult, names: Names, now: float) -> SafeString:
        schemes = address.chosen.get(Facet.SCHEME, ())
        cards = [card_of_hit(hit, names=names, now=now, schemes=schemes) for hit in result.hits]
        shown = {card.id for card in cards}
        parts = [
            _notes(result, address),
            self._cards(cards, names, address)
            if cards
            else rendering.nothing_html(names, address.reset().url, has_chips=bool(result.chips)),
            _hidden([number for number in address.compared if number not in shown]),
            self._compare_bar(result, address) if address.compared else _empty_bar(names),
        ]
        return mark_safe("".join(parts))  # noqa: S308  made by templates

    def _cards(self, cards: list[Card], names: Names, address: Address) -> str:
        """A favourite's heart and its token are a person's own; for all others the cards are the same."""
        if self.actor.person_id is None:
            return rendering.cards_html(cards, names, address.compared)
        context = {
            "cards": cards,
            "favourites": personal.favourite_ids(self.actor),
            "can_compare": True,
            "compared": address.compared,
            "compare_is_full": len(address.compared) >= MOST_COMPARED,
        }
        return render_to_string("public/catalogue/parts/cards.html", context, self.request)

    def _compare_bar(self, result: SearchResult, address: Address) -> str:
        context = {
            "total": result.total,
            "compared": address.compared,
            "compare_is_full": len(address.compared) >= MOST_COMPARED,
        }
        return render_to_string("public/catalogue/parts/compare_bar.html", context, self.request)


@method_decorator(kept_for_everybody(live.version), name="dispatch")
class Suggestions(PublicView):
    """Proposals for what is being typed, as options of a list."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """At most eight; none for nothing."""
        typed = text(request.GET.get(SEARCH, ""))
        found = live.current().complete(typed, _MOST_SUGGESTIONS) if typed else ()
        context = {"suggestions": list(dict.fromkeys(each.text for each in found))}
        return render(request, "public/catalogue/parts/suggestions.html", context)


def _filters(address: Address, result: SearchResult, names: Names) -> SafeString:
    open_only = rendering.open_only_html(names, is_chosen=address.open_only, count=result.open_total)
    return open_only + rendering.facets_html(facets_of(result, names), names)


def _notes(result: SearchResult, address: Address) -> str:
    """What else the reader may have meant, and that not every word was found."""
    if not result.suggestion and not result.relaxed:
        return ""
    context = {
        "total": result.total,
        "suggestion": result.suggestion,
        "suggestion_url": Address(q=result.suggestion or "", compared=address.compared).url,
        "is_relaxed": result.relaxed,
    }
    return render_to_string("public/catalogue/parts/notes.html", context)


def _empty_bar(names: Names) -> str:
    """The button for those without scripts."""
    template, context = "public/catalogue/parts/compare_bar.html", {"total": 1, "compared": ()}
    return names.kept("empty bar", lambda: render_to_string(template, context))


def _hidden(numbers: list[int]) -> str:
    """Programmes that are ticked for comparison and do not stand on this page."""
    template = '<input type="hidden" name="p" value="{}" form="facets">'
    return format_html_join("", template, ((number,) for number in numbers))


def _counted(total: int) -> str:
    return ngettext("%(count)s programme", "%(count)s programmes", total) % {"count": total}


def _show(total: int) -> str:
    return ngettext("Show %(count)s programme", "Show %(count)s programmes", total) % {"count": total}
