"""A programme and its groups in words, for its page and for the comparison (facts 2.1)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.catalogue.cards import LAST_SEATS, Tag, hours
from stars.catalogue.enums import VaramLevel
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.catalogue.queries.offers import scheme_order
from stars.classifiers import queries as classifiers
from stars.ui.templatetags.ui import day, latvian, moment, money, period

_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")

Row = tuple[str | Promise, str]


@dataclass(frozen=True, slots=True)
class OfferLine:
    """What a place costs under one source, and until when one may apply."""

    scheme: str
    is_open: bool
    status: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in words."""

    id: int
    place: str
    period: str
    address: str
    schedule: str
    seats: Tag
    offers: Sequence[OfferLine]


def lines(text: str) -> list[str]:
    """The items of a list that stands in a text, one on each line, without their marks."""
    return [item for item in (_LIST_MARK.sub("", line).strip() for line in text.splitlines()) if item]


def facts_of(programme: Programme) -> list[Row]:
    """What somebody wants to know at a glance; rows without an answer are left out."""
    rows = [
        (_("Education institution"), latvian(programme.institution.name)),
        (_("Kind of programme"), programme.kind.name),
        (_("Field of learning"), programme.field.name),
        (_("Volume"), hours(programme.hours)),
        (_("Form of study"), capfirst(programme.get_study_form_display())),
        (_("Language of teaching"), capfirst(programme.get_language_display())),
        (_("Qualification"), _qualification(programme)),
        (_("Document issued"), latvian(programme.document)),
        (_("Programme code"), programme.code),
    ]
    return [row for row in rows if row[1]]


def requirements_of(programme: Programme) -> list[Row]:
    """What one has to bring along."""
    rows = [
        (_("Required earlier education"), latvian(programme.prior_education)),
        (_("Required earlier knowledge"), latvian(programme.prior_knowledge)),
    ]
    return [row for row in rows if row[1]]


def digital_skills_of(programme: Programme) -> list[Row]:
    """DigComp areas, competences and level, and the level of the basic digital skills project, by name."""
    level = classifiers.by_code(f"dclevel-{programme.digcomp_level}") if programme.digcomp_level else None
    rows = [
        (_("DigComp competence area"), "\n".join(classifiers.names(programme.digcomp_areas))),
        (_("DigComp competences"), "\n".join(classifiers.names(programme.digcomp_competences))),
        (_("DigComp level"), level.name if level else ""),
        (
            _("Level of the project “Basic digital skills” (VARAM)"),
            capfirst(str(VaramLevel(programme.varam_level).label)) if programme.varam_level else "",
        ),
    ]
    return [row for row in rows if row[1]]


def programme_rows(programme: Programme) -> list[Row]:
    """Everything that is said of the programme, for whoever has to check it."""
    contact = [programme.contact_name, programme.contact_phone, programme.contact_email]
    return [
        *facts_of(programme),
        (_("Short description"), latvian(programme.summary)),
        (_("Contents of the programme"), latvian("; ".join(lines(programme.contents)))),
        (_("Learning outcomes"), latvian("; ".join(lines(programme.outcomes)))),
        *requirements_of(programme),
        *digital_skills_of(programme),
        (_("Keywords"), latvian(", ".join(programme.keywords))),
        (_("Contact for learners"), " · ".join(filter(None, contact))),
    ]


def group_lines(groups: Iterable[Group], *, at: datetime) -> list[GroupLine]:
    """The groups in words, each with what it costs under each source."""
    return [
        GroupLine(
            id=group.pk,
            place=_("Remotely") if group.municipality is None else group.municipality.name,
            period=period(group.starts_on, group.ends_on),
            address=group.address,
            schedule=_schedule(group),
            seats=seats_tag(group),
            offers=[_offer_line(offer, at=at) for offer in _in_order(group.offers.all())],
        )
        for group in groups
    ]


def seats_tag(group: Group) -> Tag:
    """How many seats are free; a full group does not refuse."""
    free = group.seats_free
    if free == 0:
        return Tag(_("The group is full, the application may wait"), "warning")
    words = ngettext("%(count)d free seat of %(all)d", "%(count)d free seats of %(all)d", free)
    return Tag(
        words % {"count": free, "all": group.seats_max}, "warning" if free <= LAST_SEATS else "success"
    )


def is_open(offer: GroupOffer, *, at: datetime) -> bool:
    """True when an application can be sent for the group from this source at the moment."""
    return offer.round.opens_at <= at < offer.round.closes_at


def _qualification(programme: Programme) -> str:
    if programme.qualification is None:
        return ""
    if programme.qualification_level is None:
        return str(programme.qualification.name)
    return _("%(name)s, level %(level)d of the Latvian qualifications framework") % {
        "name": programme.qualification.name,
        "level": programme.qualification_level,
    }


def _schedule(group: Group) -> str:
    said = [capfirst(group.get_schedule_display()), latvian(group.schedule_note)]
    return format_html_join("; ", "{}", [(each,) for each in said if each])


def _in_order(offers: Iterable[GroupOffer]) -> list[GroupOffer]:
    return sorted(offers, key=lambda offer: (scheme_order(offer.round.scheme), offer.round.closes_at))


def _offer_line(offer: GroupOffer, *, at: datetime) -> OfferLine:
    rows: list[Row] = [
        (_("Price"), money(offer.price_cents)),
        (_("You pay"), money(offer.copayment_cents)),
    ]
    if offer.copayment_cents:
        rows.append((_("Low-income and needy households pay"), money(offer.low_income_copayment_cents)))
    return OfferLine(offer.round.scheme, is_open(offer, at=at), _status(offer, at), rows)


def _status(offer: GroupOffer, at: datetime) -> str:
    if at < offer.round.opens_at:
        return _("Apply from %(moment)s") % {"moment": moment(offer.round.opens_at)}
    if at >= offer.round.closes_at:
        return _("Registration closed on %(day)s") % {"day": day(offer.round.closes_at)}
    return _("Apply until %(moment)s") % {"moment": moment(offer.round.closes_at)}
