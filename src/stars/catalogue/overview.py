"""What stands beside a programme's contents: facts of its only group, or of several with the group named beside each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.catalogue.cards import hours
from stars.catalogue.description import is_open
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.ui.templatetags.ui import day, latvian, moment

_PLACES_NAMED = 2


@dataclass(frozen=True, slots=True)
class Overview:
    """`facts` hold for every group. With several groups `groups` says how many, and `differences` what is whose."""

    facts: Sequence[str]
    groups: str = ""
    differences: Sequence[str] = ()
    price_differs: bool = False


def overview_of(programme: Programme, groups: Sequence[Group], *, at: datetime) -> Overview:
    """In words; `groups` by their start, as their section of the page lists them."""
    offers = [(group, offer) for group in groups for offer in group.offers.all()]
    opened = [(group, offer) for group, offer in offers if is_open(offer, at=at)]
    facts = [
        latvian(programme.institution.name),
        hours(programme.hours),
        str(capfirst(programme.get_study_form_display())),
        *_shared(groups, opened),
    ]
    prices = {offer.copayment_cents for _group, offer in opened or offers}
    if len(groups) < 2:
        return Overview(facts=facts, price_differs=len(prices) > 1)
    words = ngettext("%(count)d group", "%(count)d groups", len(groups)) % {"count": len(groups)}
    return Overview(facts, words, _differing(groups, opened), price_differs=len(prices) > 1)


def _shared(groups: Sequence[Group], opened: Sequence[tuple[Group, GroupOffer]]) -> list[str]:
    """Place, schedule, start and deadline, as far as there is only one."""
    places = _places(groups)
    schedules = list(dict.fromkeys(group.get_schedule_display() for group in groups))
    starts = sorted({group.starts_on for group in groups})
    deadlines = sorted({offer.round.closes_at for _group, offer in opened})
    shared = [
        places[0] if len(places) == 1 else "",
        str(capfirst(schedules[0])) if len(schedules) == 1 else "",
        _("Starts on %(day)s") % {"day": day(starts[0])} if len(starts) == 1 else "",
        _("Apply until %(moment)s") % {"moment": moment(deadlines[0])} if len(deadlines) == 1 else "",
    ]
    return [fact for fact in shared if fact]


def _differing(groups: Sequence[Group], opened: Sequence[tuple[Group, GroupOffer]]) -> list[str]:
    """First start and deadlines, each with the groups that it belongs to."""
    starts = sorted({group.starts_on for group in groups})
    deadlines = sorted({offer.round.closes_at for _group, offer in opened})
    lines = []
    if len(_places(groups)) > 1:
        lines.append(_("Places: %(places)s") % {"places": ", ".join(_places(groups))})
    if len(starts) > 1:
        lines.append(
            _("Earliest start: %(day)s (%(places)s)")
            % {"day": day(starts[0]), "places": _starting(groups, starts[0])}
        )
    if len(deadlines) > 1:
        lines += [
            words % {"moment": moment(deadline), "places": _closing(opened, deadline)}
            for words, deadline in (
                (_("Nearest deadline: %(moment)s (%(places)s)"), deadlines[0]),
                (_("Latest deadline: %(moment)s (%(places)s)"), deadlines[-1]),
            )
        ]
    return lines


def _starting(groups: Iterable[Group], start: date) -> str:
    return _named(_places(group for group in groups if group.starts_on == start))


def _closing(opened: Iterable[tuple[Group, GroupOffer]], deadline: datetime) -> str:
    """Sources and places of the offers that close then: "MN: Rīga"."""
    closing = [(group, offer) for group, offer in opened if offer.round.closes_at == deadline]
    sources = "/".join(sorted({offer.round.scheme for _group, offer in closing}))
    return f"{sources}: {_named(_places(group for group, _offer in closing))}"


def _places(groups: Iterable[Group]) -> list[str]:
    """Each once, in the order of the groups."""
    names = (_("Remotely") if group.municipality is None else group.municipality.name for group in groups)
    return list(dict.fromkeys(names))


def _named(places: Sequence[str]) -> str:
    more = len(places) - _PLACES_NAMED
    return ", ".join(places[:_PLACES_NAMED]) + (f" +{more}" if more > 0 else "")
