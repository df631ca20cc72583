"""A programme as a result card shows it, wherever it is shown: facts and labels in words, nothing to be worked out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
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
# What of an offer its price is told by: source, price, co-payment.
_Asked = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Tag:
    """A status in words with its colour."""

    text: str
    color: str = "neutral"


@dataclass(frozen=True, slots=True)
class Card:
    """One programme. The first of the `facts` is the institution's name, in Latvian.

    `price` is what one pays at least, `payers` who pays the rest; "" and () without an offer.
    """

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
    return _card(hit.programme, hit.groups, names, now, schemes=schemes, title=hit.title, excerpt=hit.excerpt)


def card_of(programme: ProgrammeDocument, *, names: Names, now: float) -> Card:
    """The card of a programme that was not searched for."""
    return _card(programme, programme.groups, names, now, title=(Segment(programme.title, is_match=False),))


def without_copayment(card: Card) -> Card:
    """The card for a household that pays nothing where others pay; who pays the rest stands in the reasons."""
    return replace(card, price=money(0), payers=())


def place_names(groups: Iterable[GroupDocument], names: Names) -> list[str]:
    """Each municipality once, "Attālināti" as well, in the order of the groups."""
    return list(dict.fromkeys(names.place(group.places[0]) for group in groups if group.places))


def moment_day(moment: float) -> date:
    """The day in Riga of a moment."""
    return datetime.fromtimestamp(moment, _RIGA).date()


def _card(
    programme: ProgrammeDocument,
    groups: Sequence[GroupDocument],
    names: Names,
    now: float,
    *,
    schemes: Collection[str] = (),
    title: tuple[Segment, ...],
    excerpt: tuple[Segment, ...] = (),
) -> Card:
    """What many cards say in the same words is put into words once: translating it would be most of the work."""
    offers = [
        (group, offer) for group in groups for offer in group.offers if not schemes or offer.scheme in schemes
    ]
    opened = [(group, offer) for group, offer in offers if offer.is_open(now)]
    asked = frozenset(
        [(offer.scheme, offer.price_cents, offer.copayment_cents) for _, offer in opened or offers]
    )
    price, payers = names.kept(("price", asked), partial(_price, asked))
    return Card(
        id=programme.id,
        title=title,
        excerpt=excerpt,
        facts=_facts(programme, groups, [offer.closes_at for _, offer in opened], names),
        tags=(
            _registration(groups, offers, now, names, is_open=bool(opened)),
            *_seats([group for group, _ in opened], names),
            *_levels(programme, names),
        ),
        price=price,
        payers=payers,
    )


def _facts(
    programme: ProgrammeDocument, groups: Sequence[GroupDocument], deadlines: Sequence[float], names: Names
) -> tuple[str, ...]:
    schedules = tuple(dict.fromkeys([group.schedule for group in groups if group.schedule]))
    starts = min([group.starts_on for group in groups if group.starts_on], default=None)
    deadline = min(deadlines, default=None)
    of_programme = (programme.hours, programme.study_form)
    facts = [
        programme.institution_name,
        *names.kept(("taught", of_programme), partial(_taught, *of_programme)),
        _where(groups, names),
        names.kept(("schedules", schedules), partial(_schedules, schedules)) if schedules else "",
        names.kept(("starts", starts), partial(_starts, starts)) if starts else "",
        names.kept(("until", deadline), partial(_until, deadline)) if deadline is not None else "",
    ]
    return tuple([fact for fact in dict.fromkeys(facts) if fact])


def _taught(number: int, form: str) -> tuple[str, str]:
    return hours(number), str(capfirst(StudyForm(form).label))


def _where(groups: Sequence[GroupDocument], names: Names) -> str:
    places = place_names(groups, names)
    more = len(places) - _PLACES_NAMED
    return ", ".join(places[:_PLACES_NAMED]) + (f" +{more}" if more > 0 else "")


def _schedules(codes: Sequence[str]) -> str:
    return str(capfirst(", ".join(str(Schedule(code).label) for code in codes)))


def _starts(starts_on: date) -> str:
    return _("Starts on %(day)s") % {"day": day(starts_on)}


def _until(closes_at: float) -> str:
    return _("Apply until %(day)s") % {"day": day(moment_day(closes_at))}


def hours(number: int) -> str:
    """ "160 stundas"."""
    return ngettext("%(count)d hour", "%(count)d hours", number) % {"count": number}


def _registration(
    groups: Sequence[GroupDocument],
    offers: Sequence[tuple[GroupDocument, OfferDocument]],
    now: float,
    names: Names,
    *,
    is_open: bool,
) -> Tag:
    if not groups:
        return Tag(_("No groups announced yet"))
    if is_open:
        return names.kept("registration open", lambda: Tag(_("Registration open"), "success"))
    coming = [offer.opens_at for _group, offer in offers if offer.opens_at > now]
    if coming:
        return Tag(_("Registration from %(day)s") % {"day": day(moment_day(min(coming)))}, "info")
    return names.kept("registration closed", lambda: Tag(_("Registration closed")))


def _seats(groups: Sequence[GroupDocument], names: Names) -> tuple[Tag, ...]:
    """Free seats of the groups that can be applied for, each counted once."""
    if not groups:
        return ()
    total = sum({group.id: group.seats_free for group in groups}.values())
    return (names.kept(("seats", total), partial(_seats_left, total)),)


def _seats_left(total: int) -> Tag:
    if total == 0:
        return Tag(_("The group is full, the application may wait"), "warning")
    if total <= LAST_SEATS:
        return Tag(
            ngettext("Last %(count)d seat", "Last %(count)d seats", total) % {"count": total}, "warning"
        )
    return Tag(ngettext("%(count)d free seat", "%(count)d free seats", total) % {"count": total})


def _levels(programme: ProgrammeDocument, names: Names) -> tuple[Tag, ...]:
    key = (programme.digcomp_level, programme.varam_level, programme.language)
    return names.kept(("levels", key), partial(_level_tags, *key))


def _level_tags(digcomp: int | None, varam: int | None, language: str) -> tuple[Tag, ...]:
    tags = []
    if digcomp is not None:
        tags.append(Tag(_("DigComp level %(level)d") % {"level": digcomp}, "info"))
    if varam is not None:
        tags.append(Tag(f"VARAM: {VaramLevel(varam).label}", "sun"))
    if language != TeachingLanguage.LATVIAN:
        label = TeachingLanguage(language).label
        tags.append(Tag(_("Taught in: %(language)s") % {"language": label}))
    return tuple(tags)


def _price(asked: Iterable[_Asked]) -> tuple[str, tuple[str, ...]]:
    """The lowest co-payment, and for each source, in the manual's order, what it pays of the same place."""
    best: dict[str, _Asked] = {}
    for scheme, price, copayment in asked:
        known = best.get(scheme)
        if known is None or (copayment, price) < (known[2], known[1]):
            best[scheme] = (scheme, price, copayment)
    if not best:
        return "", ()
    payers = tuple(_payer(code, best[code.lower()]) for code in SchemeCode if code.lower() in best)
    return money(min(copayment for _, _, copayment in best.values())), payers


def _payer(code: SchemeCode, asked: _Asked) -> str:
    _scheme, price, copayment = asked
    if price == copayment:
        return str(code) if price else _("%(source)s: free of charge") % {"source": code}
    return _("%(source)s pays %(sum)s") % {"source": code, "sum": money(price - copayment)}
