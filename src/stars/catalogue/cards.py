"""A programme as a result card shows it, wherever it is shown: facts and labels in words, nothing to be worked out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.catalogue.enums import Schedule, StudyForm, TeachingLanguage, VaramLevel
from stars.catalogue.names import Names
from stars.catalogue.search.types import GroupDocument, Hit, OfferDocument, ProgrammeDocument, Segment
from stars.schemes.codes import SchemeCode
from stars.ui.templatetags.ui import day, money

_RIGA: Final = ZoneInfo("Europe/Riga")
LAST_SEATS: Final = 3
_PLACES_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Tag:
    """A status in words with its colour."""

    text: str
    color: str = "neutral"


@dataclass(frozen=True, slots=True)
class Card:
    """One programme. `price` is what one pays at least, `payers` who pays the rest; "" and () without an offer."""

    id: int
    title: tuple[Segment, ...]
    excerpt: tuple[Segment, ...]
    facts: tuple[str, ...]
    tags: tuple[Tag, ...]
    price: str
    payers: tuple[str, ...]

    @property
    def plain_title(self) -> str:
        """The title without marks."""
        return "".join(segment.text for segment in self.title)


def card_of_hit(hit: Hit, *, names: Names, now: float, schemes: tuple[str, ...] = ()) -> Card:
    """The card of a search result; `schemes` are the sources that the reader chose, none for all."""
    card = _kept_card(hit.programme, hit.groups, names, now, schemes)
    has_match = any(segment.is_match for segment in hit.excerpt)
    return replace(card, title=hit.title, excerpt=hit.excerpt if has_match else ())


def card_of(programme: ProgrammeDocument, *, names: Names, now: float) -> Card:
    """The card of a programme that was not searched for."""
    return _kept_card(programme, programme.groups, names, now, ())


def without_copayment(card: Card) -> Card:
    """The card for a household that pays nothing where others pay; who pays the rest stands in the reasons."""
    return replace(card, price=money(0), payers=())


def place_names(groups: Iterable[GroupDocument], names: Names) -> list[str]:
    """Each municipality once, "Attālināti" as well, in the order of the groups."""
    return list(dict.fromkeys(names.place(group.places[0]) for group in groups if group.places))


def moment_day(moment: float) -> date:
    """The day in Riga of a moment."""
    return datetime.fromtimestamp(moment, _RIGA).date()


def _kept_card(
    programme: ProgrammeDocument,
    groups: tuple[GroupDocument, ...],
    names: Names,
    now: float,
    schemes: tuple[str, ...],
) -> Card:
    """Made once a minute: what is open changes with the time."""
    key = ("card", programme.id, tuple(group.id for group in groups), schemes, int(now // 60))
    return names.kept(key, lambda: _card(programme, groups, names=names, now=now, schemes=schemes))


def _card(
    programme: ProgrammeDocument,
    groups: Sequence[GroupDocument],
    *,
    names: Names,
    now: float,
    schemes: Collection[str],
) -> Card:
    offers = [
        (group, offer) for group in groups for offer in group.offers if not schemes or offer.scheme in schemes
    ]
    opened = [(group, offer) for group, offer in offers if offer.is_open(now)]
    price, payers = _price([offer for _, offer in opened or offers])
    return Card(
        id=programme.id,
        title=(Segment(programme.title, is_match=False),),
        excerpt=(),
        facts=tuple(_facts(programme, groups, [offer for _, offer in opened], names)),
        tags=(
            _registration(groups, offers, now),
            *_seats([group for group, _ in opened]),
            *_levels(programme),
        ),
        price=price,
        payers=tuple(payers),
    )


def _facts(
    programme: ProgrammeDocument,
    groups: Sequence[GroupDocument],
    opened: Sequence[OfferDocument],
    names: Names,
) -> list[str]:
    places = place_names(groups, names)
    more = len(places) - _PLACES_NAMED
    where = ", ".join(places[:_PLACES_NAMED]) + (f" +{more}" if more > 0 else "")
    schedules = dict.fromkeys(Schedule(group.schedule).label for group in groups if group.schedule)
    starts = min((group.starts_on for group in groups if group.starts_on), default=None)
    deadline = min((offer.closes_at for offer in opened), default=None)
    facts = [
        programme.institution_name,
        hours(programme.hours),
        str(capfirst(StudyForm(programme.study_form).label)),
        where,
        str(capfirst(", ".join(map(str, schedules)))),
        _("Starts on %(day)s") % {"day": day(starts)} if starts else "",
        _("Apply until %(day)s") % {"day": day(moment_day(deadline))} if deadline is not None else "",
    ]
    return [fact for fact in dict.fromkeys(facts) if fact]


def hours(number: int) -> str:
    """ "160 stundas"."""
    return ngettext("%(count)d hour", "%(count)d hours", number) % {"count": number}


def _registration(
    groups: Sequence[GroupDocument], offers: Sequence[tuple[GroupDocument, OfferDocument]], now: float
) -> Tag:
    if not groups:
        return Tag(_("No groups announced yet"))
    if any(offer.is_open(now) for _group, offer in offers):
        return Tag(_("Registration open"), "success")
    coming = [offer.opens_at for _group, offer in offers if offer.opens_at > now]
    if any(map(isfinite, coming)):
        return Tag(_("Registration from %(day)s") % {"day": day(moment_day(min(coming)))}, "info")
    if coming:
        return Tag(_("Registration not open yet"))
    return Tag(_("Registration closed"))


def _seats(groups: Iterable[GroupDocument]) -> list[Tag]:
    """Free seats of the groups that can be applied for, each counted once."""
    free = [seats for _, seats in dict.fromkeys((group.id, group.seats_free) for group in groups)]
    if not free:
        return []
    total = sum(free)
    if total == 0:
        return [Tag(_("The group is full, the application may wait"), "warning")]
    if total <= LAST_SEATS:
        return [
            Tag(ngettext("Last %(count)d seat", "Last %(count)d seats", total) % {"count": total}, "warning")
        ]
    return [Tag(ngettext("%(count)d free seat", "%(count)d free seats", total) % {"count": total})]


def _levels(programme: ProgrammeDocument) -> list[Tag]:
    tags = []
    if programme.digcomp_level is not None:
        tags.append(Tag(_("DigComp level %(level)d") % {"level": programme.digcomp_level}, "info"))
    if programme.varam_level is not None:
        tags.append(Tag(f"VARAM: {VaramLevel(programme.varam_level).label}", "sun"))
    if programme.language != TeachingLanguage.LATVIAN:
        label = TeachingLanguage(programme.language).label
        tags.append(Tag(_("Taught in: %(language)s") % {"language": label}))
    return tags


def _price(offers: Sequence[OfferDocument]) -> tuple[str, list[str]]:
    """The lowest co-payment, and for each source, in the manual's order, what it pays of the same place."""
    best: dict[str, OfferDocument] = {}
    for offer in offers:
        known = best.get(offer.scheme)
        if known is None or offer.copayment_cents < known.copayment_cents:
            best[offer.scheme] = offer
    if not best:
        return "", []
    payers = [_payer(code, best[code.lower()]) for code in SchemeCode if code.lower() in best]
    return money(min(offer.copayment_cents for offer in best.values())), payers


def _payer(code: SchemeCode, offer: OfferDocument) -> str:
    paid = offer.price_cents - offer.copayment_cents
    if not paid:
        return _("%(source)s: free of charge") % {"source": code} if not offer.price_cents else str(code)
    return _("%(source)s pays %(sum)s") % {"source": code, "sum": money(paid)}
