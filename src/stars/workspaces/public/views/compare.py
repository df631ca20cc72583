"""Up to four programmes side by side."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.catalogue import live
from stars.catalogue.comparison import Cell, comparison
from stars.catalogue.models import Programme
from stars.catalogue.queries.programmes import groups_by_programme, programmes_in_order
from stars.common import clock
from stars.workspaces.caching import kept_for_everybody
from stars.workspaces.public.catalogue.address import COMPARED, Address, compared
from stars.workspaces.views import PublicView


@dataclass(frozen=True, slots=True)
class Column:
    """A programme of the comparison: `rows` are the same questions for each, `without_url` takes it out."""

    id: int
    title: str
    without_url: str
    rows: list[tuple[str | Promise, Cell]]


@method_decorator(kept_for_everybody(live.version), name="dispatch")
class Compare(PublicView, TemplateView):
    """A table with a row for each question; on a phone one programme below the other."""

    template_name = "public/catalogue/compare.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Programmes that are not in the catalogue are passed over."""
        programmes = programmes_in_order(compared(request.GET.getlist(COMPARED)))
        groups = groups_by_programme(programmes)
        table = comparison(programmes, groups, at=clock.now())
        context = self.get_context_data(
            heading=_("Compare programmes"),
            section="catalogue",
            crumbs=[
                {"label": _("Programme catalogue"), "url": reverse("public:catalogue")},
                {"label": _("Compare programmes"), "url": ""},
            ],
            table=table,
            columns=_columns(programmes, table),
            back_url=Address(compared=tuple(programme.pk for programme in programmes)).url,
        )
        return self.render_to_response(context)


def _columns(programmes: list[Programme], table: list[tuple[str | Promise, list[Cell]]]) -> list[Column]:
    numbers = [programme.pk for programme in programmes]
    return [
        Column(
            id=programme.pk,
            title=programme.title,
            without_url=_address([number for number in numbers if number != programme.pk]),
            rows=[(label, cells[place]) for label, cells in table],
        )
        for place, programme in enumerate(programmes)
    ]


def _address(numbers: list[int]) -> str:
    query = urlencode([(COMPARED, number) for number in numbers])
    return reverse("public:compare") + (f"?{query}" if query else "")
