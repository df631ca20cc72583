"""What every operation on seats shares: the locks, when a seat may be taken, and how places begin and end.

Whoever changes a waiting place or a seat has locked its application (`perform.locked`), and after it, by key, the
groups whose seats are at stake: the one that is wanted, the one where the application sits, and the one that offers it
a seat. A place that only waits holds no seat, so its group stays free for others.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import LIVE_PLACES, Action, PlaceState, Status
from stars.applications.models import Application, WaitingPlace
from stars.applications.operations.perform import perform
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


def lock_groups(group_ids: Iterable[int]) -> dict[int, Group]:
    """The groups' rows, locked in the order of their keys and read anew.

    Not against new applications that name the group: those only read it.
    """
    return {group.pk: group for key in sorted(set(group_ids)) for group in _locked_group(pk=key)}


def lock_places(row: Application) -> dict[int, WaitingPlace]:
    """The live places of a locked application by group; the group that offers a seat is locked, and read anew."""
    places, _ = _lock(row)
    return places


@dataclass(frozen=True, slots=True)
class Claim:
    """What a locked application has of a locked group: its live place there, if any; and those in other lists."""

    group: Group
    place: WaitingPlace | None
    others: list[WaitingPlace]

    @property
    def offer(self) -> WaitingPlace | None:
        """The place, when it keeps a seat already by an offer."""
        return self.place if self.place and self.place.state == PlaceState.OFFERED else None


def lock_claim(row: Application, group: Group) -> Claim:
    """Lock a group for a locked application. Raises `GroupNotOpen` when there is none any more."""
    places, groups = _lock(row, group.pk)
    if group.pk not in groups:
        raise GroupNotOpen
    place = places.pop(group.pk, None)
    return Claim(groups[group.pk], place, list(places.values()))


def _lock(row: Application, *group_ids: int) -> tuple[dict[int, WaitingPlace], dict[int, Group]]:
    places = {place.group_id: place for place in _live_places(application_id=row.pk)}
    offers = [place for place in places.values() if place.state == PlaceState.OFFERED]
    groups = lock_groups([*group_ids, *(place.group_id for place in offers)])
    for place in offers:
        place.group = groups[place.group_id]
    return places, groups


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
    stands_in = set(
        WaitingPlace.objects.filter(application=application, state__in=LIVE_PLACES).values_list(
            "group_id", flat=True
        )
    )
    made = []
    for group in groups:
        if group.pk not in stands_in:
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


def take_seat(row: Application, claim: Claim, action: Action, *, by: Actor) -> Application:
    """Admit by the action: the place becomes the seat, the other places close, and the applicant is told.

    Whether the seat may be taken was asked before. Raises `TransitionNotAllowed`, `NotPermitted`.
    """
    close_places(claim.others)
    if claim.place is not None:
        end_place(claim.place, PlaceState.ACCEPTED)
    group = claim.group
    row = perform(action, row, by=by, details=about(group), group=group, regroup_due_at=None)
    notices.changed(row, action, group=group)
    return row


def give_everything_up(row: Application) -> None:
    """Before a locked application ends: its places close, and its seat, if it has one, is offered to the next."""
    seat = [row.group_id] if row.status == Status.ADMITTED and row.group_id else []
    places, _ = _lock(row, *seat)
    close_places(places.values())
    enqueue_offering(seat)


def about(group: Group) -> dict[str, object]:
    """What the timeline needs to name a group for good."""
    return {"group": group.name, "group_id": group.pk}
