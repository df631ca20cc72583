"""How many people applied in a round, and how their applications stand."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q

from stars.applications.enums import LIVE_PLACES, Status
from stars.applications.models import Application, WaitingPlace
from stars.catalogue.models import GroupOffer


def counts_by_status(round_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Submitted applications by round and status."""
    rows = (
        Application.objects.filter(round_id__in=list(round_ids))
        .exclude(status=Status.DRAFT)
        .order_by()
        .values_list("round_id", "status")
        .annotate(count=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {}
    for round_id, status, count in rows:
        counts.setdefault(round_id or 0, {})[status] = count
    return counts


def offers_applied_for(offer_ids: Iterable[int]) -> set[int]:
    """Those of the offers for which somebody has applied: for the group, or for its programme at its place.

    Also those by which alone the source of somebody who waits for the group pays for it.
    """
    applied = Application.objects.filter(
        Q(group=OuterRef("group"))
        | Q(
            group__isnull=True,
            programme=OuterRef("group__programme"),
            is_remote=OuterRef("group__is_remote"),
        )
        & (Q(is_remote=True) | Q(municipality=OuterRef("group__municipality"))),
        round=OuterRef("round"),
    ).exclude(status=Status.DRAFT)
    waiting = WaitingPlace.objects.filter(
        group=OuterRef("group"), application__scheme=OuterRef("round__scheme"), state__in=LIVE_PLACES
    )
    others = GroupOffer.objects.filter(group=OuterRef("group"), round__scheme=OuterRef("round__scheme"))
    is_relied_on = Exists(applied) | Exists(waiting) & ~Exists(others.exclude(pk=OuterRef("pk")))
    rows = GroupOffer.objects.filter(is_relied_on, pk__in=list(offer_ids))
    return set(rows.order_by().values_list("pk", flat=True))
