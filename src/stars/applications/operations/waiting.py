"""Waiting lists: joining, offers with a deadline, and what the person answers."""

from django.db import transaction
from django.db.models import F

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.applications import notices
from stars.applications.enums import Action, Happening, PlaceState, Reason, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application, WaitingPlace
from stars.applications.operations.access import must_be_applicant
from stars.applications.operations.perform import happen, locked, perform
from stars.applications.operations.regrouping import let_choose
from stars.applications.operations.seats import (
    GroupNotOpen,
    OfferOver,
    about,
    end_place,
    lock_claim,
    lock_groups,
    lock_places,
    must_be_free,
    must_serve,
    take_places,
    take_seat,
)
from stars.applications.queries.places import OPEN_GROUPS, in_line, live_places
from stars.applications.queries.rules import rules_of
from stars.applications.queue import enqueue_offering
from stars.catalogue.models import Group
from stars.common import clock
from stars.common.rows import each
from stars.common.workdays import deadline

# An offer that finds its place changed meanwhile looks again; more often than this it leaves it to the next turn.
_MOST_LOOKS = 200


@transaction.atomic
def join(application: Application, group: Group, *, by: Actor) -> Application:
    """The person joins the list of a group of the programme. Joining twice is joining once.

    Raises `GroupNotOpen`, `OfferOver` when the time to choose is over, `TransitionNotAllowed`, `NotPermitted`.
    """
    row = locked(application)
    must_be_applicant(row, by=by)
    if row.status != Status.WAITING:
        transition(Action.JOIN, row.status)
    must_be_in_time(row)
    groups = lock_groups([group.pk])
    must_serve(row, group)
    if not take_places(row, groups.values()):
        return row
    group = groups[group.pk]
    if row.status == Status.WAITING:
        happen(Happening.PLACE_TAKEN, row, by=by, details=about(group))
        notices.changed(row, Happening.PLACE_TAKEN, group=group)
        return row
    row = perform(Action.JOIN, row, by=by, details=about(group), regroup_due_at=None)
    notices.changed(row, Action.JOIN, group=group)
    return row


@transaction.atomic
def accept(application: Application, group: Group, *, by: Actor) -> Application:
    """The person takes the offered seat, or after a cancelled group a free one of another; their other places close.

    Accepting twice is accepting once. Raises `OfferOver`, `GroupNotOpen`, `NoSeatFree`, `OthersWait`,
    `TransitionNotAllowed`, `NotPermitted`.
    """
    row = locked(application)
    must_be_applicant(row, by=by)
    if row.status == Status.ADMITTED and row.group_id == group.pk:
        return row
    transition(Action.ACCEPT, row.status)
    claim = lock_claim(row, group)
    if claim.offer is not None:
        must_be_answerable(claim.offer, claim.group)
    else:
        _must_be_choosable(row, claim.group)
    return take_seat(row, claim, Action.ACCEPT, by=by)


@transaction.atomic
def decline(application: Application, group: Group, *, by: Actor) -> Application:
    """The person does not want the offered seat; it goes to the next. Declining twice is declining once.

    Without another place the person may choose another group until a deadline. Raises `OfferOver`, `NotPermitted`.
    """
    row = locked(application)
    must_be_applicant(row, by=by)
    place = lock_places(row).get(group.pk)
    if place is None or place.state != PlaceState.OFFERED:
        if _ended_as(row, group, PlaceState.DECLINED):
            return row
        raise OfferOver
    return _leave_place(row, place, PlaceState.DECLINED, Happening.DECLINED, by=by)


@transaction.atomic
def give_up_place(application: Application, group: Group, *, by: Actor) -> Application:
    """The person leaves the list of one group, or declines what it offers. Done twice it is done once.

    Raises `OfferOver` when there is no place to give up, `NotPermitted`.
    """
    row = locked(application)
    must_be_applicant(row, by=by)
    place = lock_places(row).get(group.pk)
    if place is None:
        if _ended_as(row, group, PlaceState.DECLINED, PlaceState.CLOSED, PlaceState.LAPSED):
            return row
        raise OfferOver
    if place.state == PlaceState.OFFERED:
        return _leave_place(row, place, PlaceState.DECLINED, Happening.DECLINED, by=by)
    return _leave_place(row, place, PlaceState.CLOSED, Happening.PLACE_GIVEN_UP, by=by)


def offer_freed_seats(group: Group, *, by: Actor) -> int:
    """Offer every free seat of the group to those who wait, by rank; how many were offered.

    Each offer is a transaction of its own: killed in the middle, it goes on where it stopped.
    Raises `NotPermitted`, `OutOfScope`.
    """
    by.must(Permission.APPLICATION_ADMIT)
    by.must_act_for(group.programme.institution_id)
    offered = 0
    for _ in range(_MOST_LOOKS):
        if not Group.objects.filter(pk=group.pk, seats_taken__lt=F("seats_max")).exists():
            break
        following = in_line(group.pk).select_related("application").first()
        if following is None:
            break
        offered += _offer(following, by=by)
    return offered


@transaction.atomic
def _offer(place: WaitingPlace, *, by: Actor) -> bool:
    """Offer a seat to this place; False when it is no longer the next, or no seat is free."""
    row = locked(place.application)
    group = lock_groups([place.group_id])[place.group_id]
    following = in_line(group.pk).first()
    is_open = group.status in OPEN_GROUPS and group.starts_on >= clock.today()
    if not is_open or group.seats_free < 1 or following is None or following.pk != place.pk:
        return False
    now = clock.now()
    due = deadline(now, rules_of(row).offer_workdays)
    following.state, following.offered_at, following.offer_due_at = PlaceState.OFFERED, now, due
    following.save(update_fields=["state", "offered_at", "offer_due_at"])
    happen(Happening.OFFERED, row, by=by, details=about(group) | {"due": due.isoformat()})
    notices.changed(row, Happening.OFFERED, due=due, group=group)
    return True


def lapse_offers() -> int:
    """End every offer whose deadline has passed; the seats go to the next. How many ended. Each in its own transaction."""
    due = WaitingPlace.objects.filter(state=PlaceState.OFFERED, offer_due_at__lt=clock.now())
    rows = list(due.select_related("application").order_by("offer_due_at", "pk"))
    return each(rows, _lapse)


def _lapse(place: WaitingPlace) -> bool:
    row = locked(place.application)
    live = lock_places(row).get(place.group_id)
    if live is None or live.pk != place.pk or live.offer_due_at is None or live.offer_due_at >= clock.now():
        return False
    if live.state != PlaceState.OFFERED:
        return False
    _leave_place(row, live, PlaceState.LAPSED, Happening.OFFER_LAPSED, by=SYSTEM)
    return True


def _leave_place(
    row: Application, place: WaitingPlace, state: PlaceState, what: Happening, *, by: Actor
) -> Application:
    """End one live place of a locked application; whoever has none left may choose another group until a deadline."""
    end_place(place, state)
    happen(what, row, by=by, details=about(place.group))
    notices.changed(row, what, group=place.group.name)
    left = list(live_places(row).values_list("group_id", flat=True))
    if row.status == Status.WAITING and not left:
        return let_choose(row, reason=Reason.NO_PLACE_LEFT, by=SYSTEM)
    # Passed over while the offer lived; a seat of theirs may be free.
    enqueue_offering(left)
    return row


def must_be_in_time(row: Application) -> None:
    """Raise `OfferOver` when the person could choose another group and the time for it is over."""
    if row.regroup_due_at is not None and row.regroup_due_at < clock.now():
        raise OfferOver


def must_be_answerable(place: WaitingPlace, group: Group) -> None:
    """Raise `OfferOver` or `GroupNotOpen` when the offer cannot be accepted any more."""
    if place.offer_due_at is None or place.offer_due_at < clock.now():
        raise OfferOver
    if group.status not in OPEN_GROUPS:
        raise GroupNotOpen


def _must_be_choosable(row: Application, group: Group) -> None:
    """Without an offer a free seat may be taken only by somebody who was asked to choose another group."""
    if row.regroup_due_at is None:
        raise OfferOver
    must_be_in_time(row)
    must_serve(row, group)
    must_be_free(group, place=None)


def _ended_as(row: Application, group: Group, *states: PlaceState) -> bool:
    last = WaitingPlace.objects.filter(application=row, group=group).order_by("-rank").first()
    return last is not None and last.state in states
