"""What templates use of the design system: icons, money, dates, addresses, blocks with content."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from stars.ui.icons import ICONS

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"
PAGE_PARAMETER = "lapa"
VISIBLE_DIGITS = 2
_DATA_LANGUAGE = "lv"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon by name; decoration unless `label` says what it means. KeyError for an unknown name."""
    meaning = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html(
        '<svg class="app-icon" viewBox="0 0 24 24" focusable="false"{}>{}</svg>',
        meaning,
        mark_safe(ICONS[name]),  # noqa: S308 our own drawings
    )


@register.filter
def money(cents: int | None) -> str:
    """Cents as `1 250,00 €`, with spaces that do not break; "" for None."""
    if cents is None:
        return ""
    euros, rest = divmod(abs(cents), 100)
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    return f"{sign}{f'{euros:,}'.replace(',', NO_BREAK)},{rest:02d}{NO_BREAK}€"


@register.filter
def percent(value: int | None) -> str:
    """A whole percentage as `67 %`, with a space that does not break; "" for None."""
    return "" if value is None else f"{value}{NO_BREAK}%"


@register.filter
def address(value: str) -> SafeString:
    """An e-mail address that breaks after its @ where it does not fit into one line."""
    name, at, host = value.partition("@")
    return format_html("{}{}<wbr>{}", name, at, host)


@register.filter
def day(value: date | None) -> str:
    """A date, or a moment's local date, as `21.11.2026.`; "" for None."""
    if value is None or value == "":
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return f"{local:%d.%m.%Y}."


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in local time as `21.11.2026. 14:30`; "" for None."""
    if value is None or value == "":
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%d.%m.%Y. %H:%M}"


@register.simple_tag
def period(start: date | None, end: date | None) -> str:
    """Two dates as `12.01.2027.–20.03.2027.`; one of them alone when the other is not known or the same."""
    days = [day(value) for value in (start, end) if value]
    return "–".join(dict.fromkeys(days))


@register.filter
def mask(code: str) -> str:
    """A personal code for lists: letters and digits hidden but for the last two, signs kept."""
    hidden = "".join("•" if sign.isalnum() else sign for sign in code[:-VISIBLE_DIGITS])
    return hidden + code[-VISIBLE_DIGITS:]


@register.filter
def latvian(text: Any) -> str:
    """Data that is kept in Latvian only, marked so on a page in another language (WCAG 3.1.2); "" for nothing."""
    if not text:
        return ""
    if translation.get_language() == _DATA_LANGUAGE:
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', _DATA_LANGUAGE, text)


def with_latvian(sentence: str, data: dict[str, Any], **words: str) -> SafeString:
    """The sentence with `data` of that kind and other `words` in its `%(name)s` places."""
    said = {name: latvian(text) for name, text in data.items()}
    said |= {name: conditional_escape(text) for name, text in words.items()}
    return mark_safe(conditional_escape(sentence) % said)  # noqa: S308 all of it is escaped


@register.simple_tag(takes_context=True)
def query_set(context: Context, **values: Any) -> str:
    """This page's address with parameters replaced; None or "" takes one away.

    Leads to the first page of results unless `lapa` is given.
    """
    query = _query(context)
    for name, value in values.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return _address(context, query)


@register.simple_tag(takes_context=True)
def query_remove(context: Context, name: str, value: Any = None) -> str:
    """This page's address without one value of a parameter, or without the whole parameter."""
    query = _query(context)
    rest = [] if value is None else [kept for kept in query.getlist(name) if kept != str(value)]
    query.setlist(name, rest)
    return _address(context, query)


def _query(context: Context) -> QueryDict:
    """A copy of the request's parameters, to change; whatever changes leads back to the first page."""
    query: QueryDict = context["request"].GET.copy()
    query.pop(PAGE_PARAMETER, None)
    return query


def _address(context: Context, query: QueryDict) -> str:
    """The address that a link carries; the bare path when no parameter is left."""
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else str(context["request"].path)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The pages to link to from this one; None stands where some are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.inclusion_tag("ui/parts/steps.html")
def form_steps(steps: Sequence[Any]) -> dict[str, Any]:
    """Where one is in a form of several pages; a step has `label`, `url`, `state` (done, current, todo)."""
    states = [step["state"] if isinstance(step, dict) else step.state for step in steps]
    number = states.index("current") + 1 if "current" in states else len(states)
    return {"steps": steps, "number": number, "total": len(states)}


def _block(template_name: str, content: SafeString, **values: Any) -> SafeString:
    """One of the components that hold what stands between their two tags."""
    return render_to_string(template_name, {**values, "content": content})


@register.simple_block_tag
def card(
    content: SafeString, heading: str = "", level: int = 2, accent: str = "", kind: str = ""
) -> SafeString:
    """A white card. `accent` colours its edge ("warm", "accent", "danger", ...); `kind` "tinted" fills it."""
    return _block("ui/parts/card.html", content, heading=heading, level=level, accent=accent, kind=kind)


@register.simple_block_tag
def alert(content: SafeString, color: str = "info", heading: str = "", level: int = 2) -> SafeString:
    """A notice within the page: "info", "success", "warning" or "danger"."""
    return _block("ui/parts/alert.html", content, color=color, heading=heading, level=level)


@register.simple_block_tag
def dialog(content: SafeString, id: str = "", heading: str = "") -> SafeString:
    """A pop-up, opened by whatever has `data-dialog="<id>"`; a link there serves people without script."""
    return _block("ui/parts/dialog.html", content, id=id, heading=heading)
