"""The funding sources of a programme as a person who wants to apply sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stars.catalogue.models import FundingSource, GroupOffer, Programme, Round
from stars.catalogue.queries.offers import funding_sources, offers_of, scheme_order
from stars.schemes.codes import SchemeCode


@dataclass(frozen=True, slots=True)
class SourceOption:
    """One source of a programme: open, or with the reason why not."""

    scheme: SchemeCode
    source: FundingSource
    offers: tuple[GroupOffer, ...]
    reason: str | Promise = ""

    @property
    def is_open(self) -> bool:
        """True when an application can be started now."""
        return not self.reason

    def open_offers(self, *, at: datetime) -> list[GroupOffer]:
        """The offers whose round takes applications at the moment."""
        return [offer for offer in self.offers if is_open(offer.round, at=at)]


def sources_of(programme: Programme, *, at: datetime) -> list[SourceOption]:
    """Every source that pays for a group of the programme, in the manual's order."""
    by_scheme: dict[str, list[GroupOffer]] = {}
    for offer in offers_of(programme):
        by_scheme.setdefault(offer.round.scheme, []).append(offer)
    wording = funding_sources()
    return [
        SourceOption(
            SchemeCode(scheme),
            wording[scheme],
            tuple(by_scheme[scheme]),
            _why_closed(by_scheme[scheme], at),
        )
        for scheme in sorted(by_scheme, key=scheme_order)
    ]


def _why_closed(offers: Iterable[GroupOffer], at: datetime) -> str:
    """Empty when the source takes applications at the moment."""
    rounds = [offer.round for offer in offers]
    if any(is_open(round_, at=at) for round_ in rounds):
        return ""
    coming = [round_.opens_at for round_ in rounds if round_.opens_at > at]
    if coming:
        return _("Applications open on %(moment)s.") % {"moment": _moment(min(coming))}
    return _("Applications closed on %(moment)s.") % {
        "moment": _moment(max(round_.closes_at for round_ in rounds))
    }


def is_open(round_: Round, *, at: datetime) -> bool:
    """From the opening until before the closing."""
    return round_.opens_at <= at < round_.closes_at


def _moment(value: datetime) -> str:
    return date_format(localtime(value), "d.m.Y. H:i")
