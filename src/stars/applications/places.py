"""Places and periods of offers, as an application names them."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.applications.models import Application
from stars.catalogue.models import Group, GroupOffer

REMOTE = "attalinati"


def place_code(group: Group) -> str:
    """The municipality's code, or "attalinati"."""
    return REMOTE if group.is_remote else str(group.municipality_id)


def place_code_of(application: Application) -> str:
    """The place that a submitted application names."""
    return REMOTE if application.is_remote else str(application.municipality_id)


def place_name(group: Group) -> str:
    """The place in words."""
    return _("Remotely") if group.municipality is None else group.municipality.name


def place_choices(offers: Iterable[GroupOffer]) -> list[tuple[str, str]]:
    """Each place once, in the order of the groups."""
    return list({place_code(offer.group): place_name(offer.group) for offer in offers}.items())


def period_name(group: Group) -> str:
    """ "12.01.2027.–20.03.2027., workday evenings"."""
    days = f"{date_format(group.starts_on, 'd.m.Y.')}–{date_format(group.ends_on, 'd.m.Y.')}"
    return f"{days}, {group.get_schedule_display()}"


def period_choices(offers: Iterable[GroupOffer]) -> list[tuple[str, str]]:
    """Each group once: place, period and how many seats are free. A full group may be waited for."""
    return list({str(offer.group_id): _in_words(offer.group) for offer in offers}.items())


def _period_in_words(group: Group) -> str:
    return f"{place_name(group)}: {period_name(group)} ({seats_in_words(group)})"


# Said only when somebody reads it: a form that is checked asks for the codes alone.
_in_words = lazy(_period_in_words, str)


def seats_in_words(group: Group) -> str:
    """Free seats in words."""
    if group.seats_free == 0:
        return _("the group is full, the application may wait")
    return ngettext("%(count)d free seat", "%(count)d free seats", group.seats_free) % {
        "count": group.seats_free
    }
