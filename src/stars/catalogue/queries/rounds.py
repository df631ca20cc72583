"""Rounds and their groups as whoever manages them sees them."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import Group, GroupOffer, Round
from stars.common import clock
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Gate


class Phase(StrEnum):
    """How a round stands at a moment."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


def phase_of(round_: Round, *, at: datetime) -> Phase:
    """Before the opening, until before the closing, after it."""
    if at < round_.opens_at:
        return Phase.COMING
    return Phase.OPEN if at < round_.closes_at else Phase.CLOSED


def rounds_of(schemes: Iterable[str], *, phase: str = "", at: datetime) -> QuerySet[Round]:
    """Rounds of the sources, in this phase if one is named; the latest to close first."""
    phases = {
        Phase.COMING: Q(opens_at__gt=at),
        Phase.OPEN: Q(opens_at__lte=at, closes_at__gt=at),
        Phase.CLOSED: Q(closes_at__lte=at),
    }
    found = Round.objects.filter(scheme__in=list(schemes))
    if phase in list(Phase):
        found = found.filter(phases[Phase(phase)])
    return found.order_by("-closes_at", "scheme", "name")


def group_counts(round_ids: Iterable[int]) -> dict[int, int]:
    """How many groups each of the rounds pays for."""
    rows = (
        GroupOffer.objects.filter(round_id__in=list(round_ids))
        .order_by()
        .values_list("round_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def round_by_id(round_id: int) -> Round | None:
    """The round, or None."""
    return Round.objects.filter(pk=round_id).first()


def offers_in(round_: Round) -> QuerySet[GroupOffer]:
    """What the round pays for, by programme and first day."""
    return (
        GroupOffer.objects.filter(round=round_)
        .select_related("group__programme__institution", "group__municipality")
        .order_by("group__programme__title", "group__starts_on", "pk")
    )


def offer_in(round_: Round, offer_id: int) -> GroupOffer | None:
    """One of them, or None."""
    return offers_in(round_).filter(pk=offer_id).first()


def groups_to_offer(round_: Round, *, words: str = "") -> QuerySet[Group]:
    """Approved and published groups that the round could pay for and does not yet; `words` stand in their titles.

    They begin within the round's learning period and not in the past. A source behind the level test needs a
    programme with a level.
    """
    found = Group.objects.filter(
        status__in=[GroupStatus.APPROVED, GroupStatus.PUBLISHED],
        starts_on__range=(max(round_.learning_from, clock.today()), round_.learning_until),
    ).exclude(Exists(GroupOffer.objects.filter(group=OuterRef("pk"), round=round_)))
    if SCHEMES[SchemeCode(round_.scheme)].gate is Gate.LEVEL_TEST:
        found = found.filter(programme__varam_level__isnull=False)
    for word in words.split():
        found = found.filter(
            Q(programme__title__icontains=word) | Q(programme__institution__name__icontains=word)
        )
    return found.select_related("programme__institution", "programme__kind", "municipality").order_by(
        "programme__title", "starts_on", "pk"
    )
