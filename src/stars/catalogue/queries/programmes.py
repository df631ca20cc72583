"""A programme and its groups, as its own page and the comparison need them."""

from collections.abc import Iterable

from django.db.models import Prefetch

from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.catalogue.queries.offers import published_programmes
from stars.common import clock


def programme_in_catalogue(programme_id: int) -> Programme | None:
    """The published programme, or None."""
    return published_programmes().select_related("institution__municipality").filter(pk=programme_id).first()


def was_withdrawn(programme_id: int) -> bool:
    """True for a programme that stood in the catalogue once."""
    return Programme.objects.filter(pk=programme_id, status=ProgrammeStatus.WITHDRAWN).exists()


def programmes_in_order(programme_ids: Iterable[int]) -> list[Programme]:
    """The published ones among them, in the order given."""
    found = published_programmes().in_bulk(list(programme_ids))
    return [found[number] for number in programme_ids if number in found]


def groups_by_programme(programmes: Iterable[Programme]) -> dict[int, list[Group]]:
    """Published groups that have not begun, by start; each with its place, and `offers` with their rounds."""
    offers = GroupOffer.objects.select_related("round").order_by("round__closes_at", "pk")
    groups = (
        Group.objects.filter(
            programme__in=[programme.pk for programme in programmes],
            status=GroupStatus.PUBLISHED,
            starts_on__gte=clock.today(),
        )
        .select_related("municipality")
        .prefetch_related(Prefetch("offers", queryset=offers))
        .order_by("starts_on", "pk")
    )
    found: dict[int, list[Group]] = {}
    for group in groups:
        found.setdefault(group.programme_id, []).append(group)
    return found
