"""What the end of an application means, in sentences: the same on the page that asks, in the e-mail and afterwards."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.applications.queries.leaving import Consequence
from stars.applications.words import day_of
from stars.funding.types import Return
from stars.ui.templatetags.ui import money


def waiting_period(costs: Consequence, on: date) -> str:
    """Whether one has to wait after an end on this day: from when it counts, and from when one may apply again."""
    again = costs.again_from(on)
    if again is None and costs.interrupts:
        return _("It counts as an interruption; at the moment no waiting period follows from it.")
    if again is None:
        return _("No waiting period follows. You may apply again as soon as a round is open.")
    said = ngettext(
        "A waiting period begins: for %(count)d month from %(since)s this source pays for no other learning of yours. "
        "You may apply again from %(again)s",
        "A waiting period begins: for %(count)d months from %(since)s this source pays for no other learning of yours. "
        "You may apply again from %(again)s",
        costs.months,
    )
    return said % {
        "count": costs.months,
        "since": date_format(on, "d.m.Y."),
        "again": date_format(again, "d.m.Y."),
    }


def will_return(cents: int) -> str:
    """That a payment comes back, while nobody has decided about it."""
    return _(
        "%(sum)s that were paid when learning began are being returned; an officer confirms it. "
        "There is nothing for you to do."
    ) % {"sum": money(cents)}


def what_became_of(owed: Return) -> str:
    """How a payment that is owed back stands now."""
    if owed.is_returned is None:
        return will_return(owed.amount_cents)
    words = {"sum": money(owed.amount_cents), "day": day_of(owed.decided_at)}
    if owed.is_returned:
        return _("%(sum)s that were paid when learning began were returned on %(day)s") % words
    return (
        _(
            "The return of %(sum)s that were paid when learning began was declined on %(day)s "
            "If you think that this is a mistake, please write to us."
        )
        % words
    )
