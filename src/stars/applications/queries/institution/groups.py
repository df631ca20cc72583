"""Groups of an institution, and how their people belong to them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from stars.actors.actor import Actor
from stars.applications.enums import LIVE_PLACES, PlaceState, Status
from stars.applications.models import Application, WaitingPlace
from stars.applications.queries.choice import BY_GROUP, is_chosen, joined_lists
from stars.applications.queries.institution.applicants import applicants_of
from stars.applications.queries.places import groups_below_minimum, in_line, serving
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import Group
from stars.catalogue.queries.managed import groups_named, groups_of
from stars.common import clock

SEATED = (Status.ADMITTED, Status.COMPLETED, Status.EXPELLED)


def for_group(by: Actor, group: Group) -> QuerySet[Application]:
    """Confirmed applicants who chose the group, or its place where the source lets people choose no group.

    Whoever lost a group and chooses another belongs to none meanwhile.
    """
    place = Q(group=None, is_remote=group.is_remote, municipality_id=group.municipality_id)
    place &= ~Q(scheme__in=BY_GROUP)
    return (
        applicants_of(by)
        .filter(status=Status.ELIGIBLE, programme_id=group.programme_id)
        .filter(Q(group=group) | place, scheme__in=group.offers.order_by().values("round__scheme"))
    )


@dataclass(frozen=True, slots=True)
class Seating:
    """A group of an applicant's programme, and what can be done there; the operations have the last word.

    `is_chosen`: the person asked to learn there. `is_behind`: the free seats go first to those who wait longer.
    `offers` are the seats that are promised to others until they answer, where no other is free.
    """

    group: Group
    is_chosen: bool
    is_behind: bool
    has_offer: bool
    may_wait: bool
    offers: Sequence[WaitingPlace]

    @property
    def may_admit(self) -> bool:
        """People are admitted at once where they asked to learn, and nobody who waits for the seat is passed over."""
        is_free = self.group.seats_free > 0 and not self.is_behind
        return self.is_chosen and (self.has_offer or is_free)


def where_to_seat(application: Application) -> list[Seating]:
    """The groups that are not over, by their first day; elsewhere than they asked for people wait for an offer."""
    today = clock.today()
    standing = {place.group_id: place for place in application.places.all() if place.state in LIVE_PLACES}
    joined = joined_lists([application.pk]) if standing else set()
    groups = serving(application).filter(ends_on__gte=today).select_related("municipality")
    first = in_line(OuterRef("pk")).values("rank")[:1]
    rows = list(groups.annotate(first_rank=Subquery(first)).order_by("starts_on", "pk"))
    offers = offers_in(group for group in rows if group.seats_free < 1)
    found = []
    for group in rows:
        place = standing.get(group.pk)
        found.append(
            Seating(
                group,
                is_chosen=is_chosen(application, group, stands=place is not None, joined=joined),
                is_behind=_is_behind(group.first_rank, place),
                has_offer=place is not None and place.state == PlaceState.OFFERED,
                may_wait=group.starts_on >= today and place is None,
                offers=offers.get(group.pk, []),
            )
        )
    return found


def _is_behind(first: int | None, place: WaitingPlace | None) -> bool:
    """Whether the first rank of a line comes before the place; before whoever has none comes everybody."""
    return first is not None and (place is None or first < place.rank)


def offers_in(groups: Iterable[Group]) -> dict[int, list[WaitingPlace]]:
    """The seats of the groups that are offered, with their people, by the group; the first deadline first."""
    found: dict[int, list[WaitingPlace]] = {}
    offered = WaitingPlace.objects.filter(
        group__in=[group.pk for group in groups], state=PlaceState.OFFERED
    ).select_related("application__applicant")
    for place in offered.order_by("offer_due_at", "pk"):
        found.setdefault(place.group_id, []).append(place)
    return found


def who_chose(group: Group, people: Sequence[Application]) -> set[int]:
    """Keys of those who asked for the group and may be admitted there at once; their places are read already."""
    standing = {
        person.pk: any(
            place.group_id == group.pk and place.state in LIVE_PLACES for place in person.places.all()
        )
        for person in people
    }
    joined = joined_lists(key for key, stands in standing.items() if stands)
    return {
        person.pk for person in people if is_chosen(person, group, stands=standing[person.pk], joined=joined)
    }


def seats_lacking(group: Group, people: Sequence[Application]) -> int:
    """How many free seats are missing to admit all of these; whom a seat is offered has one."""
    return max(0, len(people) - len(_places_in(group, people, PlaceState.OFFERED)) - group.seats_free)


def without_seat(group: Group, people: Sequence[Application]) -> tuple[set[int], set[int]]:
    """Keys of those of the people for whom the group has certainly no seat: as none is free; as others wait longer.

    Whether the free ones suffice for the rest is decided when each of them is admitted.
    """
    places = _places_in(group, people, *LIVE_PLACES)
    lacking = {person.pk for person in people} - _places_in(group, people, PlaceState.OFFERED).keys()
    if group.seats_free < 1:
        return lacking, set()
    others = in_line(group.pk).exclude(application__in=lacking)
    first = others.values_list("rank", flat=True).first()
    return set(), {key for key in lacking if _is_behind(first, places.get(key))}


def _places_in(group: Group, people: Sequence[Application], *states: str) -> dict[int, WaitingPlace]:
    """Their places in the group's list in one of these states, which are read already, by the application's key."""
    return {
        person.pk: place
        for person in people
        for place in person.places.all()
        if place.group_id == group.pk and place.state in states
    }


def group_to_answer_in(application: Application) -> int | None:
    """Key of a group of the programme from whose pages an applicant can be turned away, also when all are over."""
    groups = Group.objects.filter(programme_id=application.programme_id).order_by("-starts_on", "-pk")
    return application.group_id or groups.values_list("pk", flat=True).first()


def seated_in(by: Actor, group: Group) -> QuerySet[Application]:
    """Everybody who has, or had until the end, a seat in the group; by name."""
    rows = applicants_of(by).filter(group=group, status__in=SEATED)
    return rows.order_by("applicant__family_name", "applicant__given_name", "pk")


def ended_without_outcome(by: Actor) -> QuerySet[Group]:
    """Groups that ended and have learners without an outcome."""
    admitted = Application.objects.filter(
        programme__institution_id=by.organisation_id, status=Status.ADMITTED
    )
    return (
        groups_of(by)
        .filter(pk__in=admitted.values("group"), ends_on__lt=clock.today())
        .exclude(status=GroupStatus.CANCELLED)
    )


def groups_listed(by: Actor, *, kadas: str = "", q: str = "") -> QuerySet[Group]:
    """The institution's groups: those not ended yet, "maz" (begin soon, too few learners), "bez-rezultata" or "visas"."""
    groups = groups_of(by)
    if kadas == "maz":
        short = groups_below_minimum(by.organisation_id or 0)
        groups = groups.filter(pk__in=short.order_by().values("pk"))
    elif kadas == "bez-rezultata":
        groups = ended_without_outcome(by)
    elif kadas != "visas":
        groups = groups.filter(ends_on__gte=clock.today()).exclude(status=GroupStatus.CANCELLED)
    groups = groups.prefetch_related("offers__round")
    return groups_named(groups, q) if q else groups


def applied_counts(groups: Iterable[Group]) -> dict[int, int]:
    """How many are to be admitted to each group, as `for_group` names them; the groups' offers and rounds are read."""
    groups = list(groups)
    eligible = Application.objects.filter(
        status=Status.ELIGIBLE, programme__in={group.programme_id for group in groups}
    ).order_by()
    chosen = _counted(eligible.filter(group__isnull=False), "group", "scheme")
    by_place = eligible.filter(group=None).exclude(scheme__in=BY_GROUP)
    somewhere = _counted(by_place, "programme", "is_remote", "municipality", "scheme")
    found = {}
    for group in groups:
        place = (group.programme_id, group.is_remote, group.municipality_id)
        schemes = {offer.round.scheme for offer in group.offers.all()}
        found[group.pk] = sum(chosen[group.pk, scheme] + somewhere[*place, scheme] for scheme in schemes)
    return found


def _counted(rows: QuerySet[Application], *names: str) -> Counter[tuple[Any, ...]]:
    """How many rows there are of each combination of these columns."""
    counted = rows.values_list(*names).annotate(count=Count("pk"))
    return Counter({tuple(values): count for *values, count in counted})


def waiting_counts(groups: Iterable[Group]) -> dict[int, int]:
    """How many wait in the list of each group, or are asked by an offer."""
    live = [PlaceState.WAITING, PlaceState.OFFERED]
    rows = WaitingPlace.objects.filter(group__in=[group.pk for group in groups], state__in=live)
    return dict(rows.order_by().values_list("group").annotate(count=Count("pk")))


def in_line_of(places: QuerySet[WaitingPlace]) -> QuerySet[WaitingPlace]:
    """Places of a waiting list with all that a row about their people names."""
    return places.select_related(
        "application__applicant",
        "application__programme",
        "application__group__municipality",
        "application__municipality",
        "application__education",
    ).prefetch_related("application__applicant__identifiers", "application__places")
