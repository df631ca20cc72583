"""The first page: what the platform is, and a way into the catalogue."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from stars.catalogue import live
from stars.catalogue.names import Names, names_of
from stars.catalogue.search.types import CatalogueQuery, Facet, FacetValue
from stars.common import clock
from stars.ui.icons import icon_of_field
from stars.workspaces.caching import kept_for_everybody
from stars.workspaces.views import PublicView


@dataclass(frozen=True, slots=True)
class FieldTile:
    """A field of learning and how many programmes it has."""

    url: str
    label: str
    icon: str
    count: int


@method_decorator(kept_for_everybody(live.version), name="dispatch")
class Landing(PublicView, TemplateView):
    """The landing page."""

    template_name = "public/landing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The fields that have programmes, in the classifier's order, and the number of programmes."""
        snapshot = live.snapshot()
        names = names_of(snapshot)
        found = snapshot.index.search(CatalogueQuery(now=clock.now().timestamp(), page_size=1))
        return super().get_context_data(
            fields=_tiles(found.facets[Facet.FIELD], names), programmes_total=found.total, **kwargs
        )


def _tiles(values: tuple[FacetValue, ...], names: Names) -> list[FieldTile]:
    counts = {value.value: value.count for value in values}
    catalogue = reverse("public:catalogue")
    return [
        FieldTile(f"{catalogue}?{Facet.FIELD.value}={code}", name, icon_of_field(code), counts[code])
        for code, name in names.by_facet[Facet.FIELD].items()
        if code in counts
    ]
