"""Who pays for a programme, where and when: the groups that can be applied for."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.models import FundingSource, GroupOffer, Programme
from stars.common import clock
from stars.common.fixed_queries import A_KEY, FixedQuery
from stars.schemes.codes import SchemeCode

_offers = FixedQuery(
    lambda programme_id, today: (
        GroupOffer.objects.filter(
            group__programme_id=programme_id, group__status=GroupStatus.PUBLISHED, group__starts_on__gte=today
        )
        .select_related("group__municipality", "round")
        .order_by("group__starts_on", "group_id", "round__closes_at")
    ),
    programme_id=A_KEY,
    today=date.min,
)


def published_programmes() -> QuerySet[Programme]:
    """Programmes that stand in the catalogue, with what every page about them names."""
    return Programme.objects.filter(status=ProgrammeStatus.PUBLISHED).select_related(
        "institution", "kind", "field", "qualification"
    )


def offers_of(programme: Programme, *, schemes: Iterable[str] | None = None) -> list[GroupOffer]:
    """Offers of the programme's published groups that have not begun, by start; each with group, place and round."""
    found = _offers(programme_id=programme.pk, today=clock.today())
    if schemes is not None:
        wanted = set(schemes)
        found = [offer for offer in found if offer.round.scheme in wanted]
    for offer in found:
        offer.group.programme = programme
    return found


def open_offers(programme: Programme, scheme: str, *, at: datetime) -> list[GroupOffer]:
    """Offers of one source whose round takes applications at the moment."""
    return [
        offer
        for offer in offers_of(programme, schemes=[scheme])
        if offer.round.opens_at <= at < offer.round.closes_at
    ]


def funding_sources() -> dict[str, FundingSource]:
    """The wording about each source, by code."""
    return {source.scheme: source for source in FundingSource.objects.all()}


def scheme_order(scheme: str) -> int:
    """Sources in the order in which the manual names them."""
    return [code.value for code in SchemeCode].index(scheme)
