"""Lists of the work places: a form of filters whose state is the address, pages, and the list as a file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from stars.applications.queries.pages import Position
from stars.ui.templatetags.ui import PAGE_PARAMETER
from stars.workspaces.downloads import download

ROWS = 30
# A file of more is no help to anybody, and building it would hold the server up.
MOST_IN_TABLE = 5_000
# A long list of applications is turned over from where one stands in it (`ui/parts/turning.html`).
_AFTER, _BEFORE = "pec", "pirms"


class FilterForm(forms.Form):
    """Filters by the address's parameters. What cannot be understood filters nothing."""

    use_required_attribute = False

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(data, **{"auto_id": "filter_%s", **kwargs})
        for field in self.fields.values():
            field.required = False

    @property
    def chosen(self) -> dict[str, Any]:
        """What is filtered by, without what is empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.chosen)


def page_of(
    rows: Any,
    data: Mapping[str, Any],
    *,
    size: int = ROWS,
    total: int | None = None,
    parameter: str = PAGE_PARAMETER,
) -> Page[Any]:
    """The page of the rows, a list or a query, that the address names; the nearest one for a number that there is not.

    `total`, where it is known; a second list on a page has a parameter of its own.
    """
    paginator = Paginator(rows, size)
    if total is not None:
        paginator.count = total
    return paginator.get_page(data.get(parameter))


def place_in(data: Mapping[str, Any]) -> dict[str, Position | None]:
    """From where a long list goes on, or back, as the address says; what is no position is the beginning."""
    after, before = (Position.read(data.get(name, "")) for name in (_AFTER, _BEFORE))
    return {"after": after, "before": None if after else before}


def query_without_place(data: QueryDict, *also: str) -> str:
    """The parameters of the address that other pages of a long list keep: not where one stands, and none of `also`."""
    kept = data.copy()
    for name in (_AFTER, _BEFORE, *also):
        kept.pop(name, None)
    return kept.urlencode()


def spreadsheet(content: bytes, name: str) -> HttpResponse:
    """The workbook as a file to keep, called so."""
    return download(content, f"{name}.xlsx")


def too_many(request: HttpRequest, listed_at: str) -> HttpResponse:
    """Back to the list of that name, filtered as the table was to be, with a word that it would hold too many rows."""
    messages.warning(
        request,
        _("A table holds %(most)s rows at most. Narrow the list by the filters.") % {"most": MOST_IN_TABLE},
    )
    return redirect(f"{reverse(listed_at)}?{request.GET.urlencode()}")
