"""One page of a long list, by the number in the address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from stars.ui.templatetags.ui import PAGE_PARAMETER

PAGE_SIZE = 25


def paged(request: HttpRequest, rows: Any, *, size: int = PAGE_SIZE) -> Page[Any]:
    """The page that the address asks for; the nearest one when there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get(PAGE_PARAMETER))
