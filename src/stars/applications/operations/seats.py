"""What every operation on seats shares: locks in one order, who may act, and the ends of places.

Locks are taken in the order application, groups by key, account, budget. Whoever changes a waiting place holds the
lock of its application.
"""

from collections.abc import Iterable

from django.db.models import Max

from stars.actors.actor import Actor, NotPermitted
from stars.actors.permissions import Permission
from stars.applications.enums import LIVE_PLACES, PlaceState
from stars.applications.models import Application, WaitingPlace
from stars.applications.queries.places import in_line, serving
from stars.applications.queue import enqueue_offering
from stars.catalogue.models import Group
from stars.common import clock
from stars.common.fixed_queries import A_CODE, A_KEY, ANOTHER_KEY, FixedQuery

_locked_group = FixedQuery(lambda pk: Group.objects.select_for_update(no_key=True).filter(pk=pk), pk=A_KEY)
_live_places = FixedQuery(
    lambda application_id: WaitingPlace.objects.filter(
        application_id=application_id, state__in=LIVE_PLACES
    ).order_by("pk"),
    application_id=A_KEY,
)
_is_served = FixedQuery(
    lambda group_id, programme_id, scheme: (
        serving(Application(programme_id=programme_id, scheme=scheme))
        .filter(pk=group_id)
        .values_list("pk", flat=True)
    ),
    group_id=A_KEY,
    programme_id=ANOTHER_KEY,
    scheme=A_CODE,
)
_line = FixedQuery(
    lambda group_id: in_line(group_id).values_list("pk", flat=True)[:1],
    group_id=A_KEY,
)


class GroupNotOpen(Exception):
    """The group is not of the programme, the source does not pay for it, it is cancelled, or learning has begun."""


class NoSeatFree(Exception):
    """All seats of the group are taken or offered."""


class OthersWait(Exception):
    """The free seat belongs to somebody who waits for it longer."""


class NotChosen(Exception):
    """The person has not chosen this group: they may join its list, or be put on it and asked by an offer."""


class OfferOver(Exception):
    """The seat is not offered any more: the deadline has passed, or it was answered in another tab."""


def must_be_applicant(application: Application, *, by: Actor) -> None:
    """Raise `NotPermitted` unless the actor is the applicant."""
    by.must(Permission.APPLICATION_FILL)
    if by.person_id != application.applicant_id:
        raise NotPermitted(Permission.APPLICATION_FILL)


def must_seat(application: Application, *, by: Actor) -> None:
    """Raise `NotPermitted`, `OutOfScope` or `OwnAffair` unless the actor may admit to the programme."""
    by.must(Permission.APPLICATION_ADMIT)
    by.must_act_for(application.programme.institution_id)
    by.must_not_be(application.applicant_id)


def lock_groups(group_ids: Iterable[int]) -> dict[int, Group]:
    """The groups' rows, locked in the order of their keys and read anew.

    Not against new applications that name the group: those only read it.
    """
    return {group.pk: group for key in sorted(set(group_ids)) for group in _locked_group(pk=key)}


def lock_places(
    application: Application, *group_ids: int
) -> tuple[dict[int, WaitingPlace], dict[int, Group]]:
    """The live places of a locked application by group, and their groups and the others named, locked.

    Only an offered place holds a seat, so only its group needs the lock.
    """
    places = {place.group_id: place for place in _live_places(application_id=application.pk)}
    offered = {group_id for group_id, place in places.items() if place.state == PlaceState.OFFERED}
    return places, lock_groups(offered.union(group_ids))


def must_serve(application: Application, group: Group, *, begun: bool = False) -> None:
    """Raise `GroupNotOpen` unless the group teaches the application's programme, its source pays, and it is not over.

    With `begun` a group that learns already will do.
    """
    last = group.ends_on if begun else group.starts_on
    if last < clock.today() or not _is_served(
        group_id=group.pk, programme_id=application.programme_id, scheme=application.scheme
    ):
        raise GroupNotOpen


def must_be_free(group: Group, *, place: WaitingPlace | None) -> None:
    """Raise `NoSeatFree`, or `OthersWait` when somebody stands before the place in the list of the locked group."""
    if group.seats_free < 1:
        raise NoSeatFree
    if place is None:
        others_wait = bool(_line(group_id=group.pk))
    else:
        others_wait = in_line(group.pk).filter(rank__lt=place.rank).exists()
    if others_wait:
        raise OthersWait


def take_places(application: Application, groups: Iterable[Group]) -> list[WaitingPlace]:
    """Put a locked application at the end of the lists of locked groups; where it stands already it stays."""
    standing = set(
        WaitingPlace.objects.filter(application=application, state__in=LIVE_PLACES).values_list(
            "group_id", flat=True
        )
    )
    made = []
    for group in groups:
        if group.pk not in standing:
            last = WaitingPlace.objects.filter(group=group).aggregate(last=Max("rank"))["last"] or 0
            made.append(
                WaitingPlace.objects.create(
                    application=application, group=group, rank=last + 1, joined_at=clock.now()
                )
            )
    enqueue_offering(place.group_id for place in made)
    return made


def end_place(place: WaitingPlace, state: PlaceState) -> None:
    """End a place; a seat that was offered by it is offered to the next, unless it is taken by this very place."""
    was_offered = place.state == PlaceState.OFFERED
    place.state, place.ended_at = state, clock.now()
    place.save(update_fields=["state", "ended_at"])
    if was_offered and state != PlaceState.ACCEPTED:
        enqueue_offering([place.group_id])


def close_places(places: Iterable[WaitingPlace]) -> None:
    """End places that are of no use any more."""
    for place in places:
        end_place(place, PlaceState.CLOSED)


def take_seat(place: WaitingPlace | None, others: Iterable[WaitingPlace]) -> None:
    """Before an admission: the place becomes the seat, the person's other places close."""
    close_places(others)
    if place is not None:
        end_place(place, PlaceState.ACCEPTED)


def about(group: Group) -> dict[str, object]:
    """What the timeline needs to name a group for good."""
    return {"group": group.name, "group_id": group.pk}
