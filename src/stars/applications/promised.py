"""What a person saw when they applied, in words: for them and for whoever decides."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from stars.ui.templatetags.ui import day, latvian, money, period


def promise_rows(promised: dict[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of the copy that was kept at submission."""
    if not promised:
        return []
    return [
        (_("Name of the education programme"), latvian(promised["programme"])),
        (_("Name of the education institution"), latvian(promised["institution"])),
        (_("Place of learning"), latvian(", ".join(filter(None, [promised["place"], promised["address"]])))),
        _days(promised),
        (_("Hours"), str(promised["hours"])),
        (_("Price of the programme"), money(promised["price_cents"])),
        (_("Co-payment"), money(promised["copayment_cents"])),
        (_("Co-payment for a low-income household"), money(promised["low_income_copayment_cents"])),
        (_("Document to be received"), latvian(promised["document"])),
        (_("Application round"), latvian(promised["round"])),
        (_("Version of the rules"), promised["rules_version"]),
    ]


def _days(promised: dict[str, Any]) -> tuple[str, str]:
    """The period of the group, where there is one; else the time in which the institution will set it."""
    start, end = (date.fromisoformat(promised[name]) for name in ("starts_on", "ends_on"))
    if "schedule" in promised:
        return (_("Learning period"), period(start, end))
    within = {"start": day(start), "end": day(end)}
    return (_("Learning has to take place"), _("between %(start)s and %(end)s") % within)
