"""The full catalogue ("Pilnais programmu katalogs", manual 3.4) and the proposals while typing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.catalogue import live
from stars.catalogue.cards import card_of_hit
from stars.catalogue.names import Names, names_of
from stars.catalogue.queries import personal
from stars.catalogue.search.types import Facet, SearchResult
from stars.common import clock
from stars.workspaces.caching import kept_for_everybody
from stars.workspaces.public.catalogue.address import MOST_COMPARED, PAGE_SIZE, SEARCH, Address, parse, text
from stars.workspaces.public.catalogue.facets import chips_of, facets_of, sort_options
from stars.workspaces.views import PublicView

_MOST_SUGGESTIONS = 8


@method_decorator(kept_for_everybody(live.version), name="dispatch")
class Catalogue(PublicView, TemplateView):
    """Facets with counts, search, results. The address holds the whole state."""

    template_name = "public/catalogue/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; every address is answered."""
        snapshot = live.snapshot()
        names = names_of(snapshot)
        address = parse(request.GET, names)
        # Links of the page carry what was understood of the address, not what was sent.
        request.GET = address.parameters()  # type: ignore[assignment]  # a QueryDict as good as the request's
        now = clock.now().timestamp()
        result = snapshot.index.search(address.query(now))
        context = self.get_context_data(**_texts(address, result))
        return self.render_to_response(
            context | _filters(address, result, names) | self._results(address, result, names, now)
        )

    def _results(self, address: Address, result: SearchResult, names: Names, now: float) -> dict[str, Any]:
        schemes = address.chosen.get(Facet.SCHEME, ())
        cards = [card_of_hit(hit, names=names, now=now, schemes=schemes) for hit in result.hits]
        shown = {card.id for card in cards}
        return {
            "cards": cards,
            "page": Paginator(range(result.total), PAGE_SIZE).page(result.page),
            "favourites": personal.favourite_ids(self.actor),
            "can_compare": True,
            "compared": address.compared,
            "compared_elsewhere": [number for number in address.compared if number not in shown],
            "compare_is_full": len(address.compared) >= MOST_COMPARED,
        }


@method_decorator(kept_for_everybody(live.version), name="dispatch")
class Suggestions(PublicView):
    """Proposals for what is being typed, as options of a list."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """At most eight; none for nothing."""
        typed = text(request.GET.get(SEARCH, ""))
        found = live.current().complete(typed, _MOST_SUGGESTIONS) if typed else ()
        context = {"suggestions": list(dict.fromkeys(each.text for each in found))}
        return render(request, "public/catalogue/parts/suggestions.html", context)


def _texts(address: Address, result: SearchResult) -> dict[str, Any]:
    return {
        "heading": _("Full programme catalogue"),
        "section": "catalogue",
        "q": address.q,
        "total": result.total,
        "suggestion": result.suggestion,
        "suggestion_url": Address(q=result.suggestion or "", compared=address.compared).url,
        "is_relaxed": result.relaxed,
    }


def _filters(address: Address, result: SearchResult, names: Names) -> dict[str, Any]:
    return {
        "facets": facets_of(result, names),
        "chips": chips_of(result, address, names),
        "sort_options": sort_options(address),
        "reset_url": address.reset().url,
        "open_only": address.open_only,
        "open_total": result.open_total,
    }
