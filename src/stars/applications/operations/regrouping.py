"""When a group does not take place: other groups with a deadline, else not admitted (issue: nobody loses by it)."""

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.applications import notices
from stars.applications.enums import (
    Action,
    Happening,
    PlaceState,
    Reason,
    Status,
)
from stars.applications.models import Application, Decision, WaitingPlace
from stars.applications.operations.admission import turn_away
from stars.applications.operations.perform import decide, happen, locked
from stars.applications.operations.seats import about, end_place, lock_claim
from stars.applications.queries.places import live_places
from stars.applications.queries.rules import rules_name, rules_of
from stars.applications.queue import enqueue_offering
from stars.catalogue.models import Group
from stars.common import clock
from stars.common.rows import each
from stars.common.workdays import deadline


@transaction.atomic
def regroup(
    application: Application, group: Group, *, reason: str = Reason.GROUP_CANCELLED, note: str = "", by: Actor
) -> Application:
    """The application loses its seat, place or choice in a group that will not take place.

    Whoever has no other place may choose another group until a deadline, and keeps the held money. Repeating it does
    nothing. Raises `NotPermitted`, `OutOfScope`.
    """
    by.must(Permission.APPLICATION_ADMIT)
    row = locked(application)
    by.must_act_for(row.programme.institution_id)
    claim = lock_claim(row, group)
    place = claim.place
    if place is not None:
        end_place(place, PlaceState.CLOSED)
        # Passed over there while this offer lived; a seat may be free.
        enqueue_offering(other.group_id for other in claim.others)
        happen(Happening.PLACE_GIVEN_UP, row, by=by, details=about(group))
    was_seated = row.status == Status.ADMITTED and row.group_id == group.pk
    is_left_alone = row.status == Status.WAITING and place is not None and not claim.others
    had_chosen = row.status == Status.ELIGIBLE and row.group_id == group.pk and row.regroup_due_at is None
    if was_seated or is_left_alone or had_chosen:
        return let_choose(row, reason=reason, note=note, group=group, by=by)
    if place is not None:
        notices.changed(row, Happening.PLACE_GIVEN_UP, group=group.name)
    return row


def let_choose(
    row: Application, *, reason: str, note: str = "", group: Group | None = None, by: Actor
) -> Application:
    """A locked application without seat and place: another group may be chosen until a deadline."""
    due = deadline(clock.now(), rules_of(row).regroup_workdays)
    decide(
        Action.REGROUP,
        row,
        by=by,
        rules_version=rules_name(row),
        reasons=[reason],
        note=note,
        decision={"due_at": due},
        details={"due": due.isoformat()} | (about(group) if group else {}),
        group=None,
        regroup_due_at=due,
    )
    notices.changed(
        row, Action.REGROUP, due=due, reasons=[str(reason)], note=note, group=group.name if group else ""
    )
    return row


def close_begun_lists() -> int:
    """Learning has begun, so nobody is called from the list any more; how many places ended.

    Whoever has no other place may choose another group.
    """
    waiting = WaitingPlace.objects.filter(state=PlaceState.WAITING, group__starts_on__lt=clock.today())
    rows = list(waiting.select_related("application", "group").order_by("application_id", "pk"))
    return each(rows, _close_begun)


def _close_begun(place: WaitingPlace) -> bool:
    row = locked(place.application)
    place.refresh_from_db()
    if place.state != PlaceState.WAITING:
        return False
    end_place(place, PlaceState.CLOSED)
    happen(Happening.PLACE_GIVEN_UP, row, by=SYSTEM, details=about(place.group))
    if row.status == Status.WAITING and not live_places(row).exists():
        let_choose(row, reason=Reason.NO_SEATS, group=place.group, by=SYSTEM)
    else:
        notices.changed(row, Happening.PLACE_GIVEN_UP, group=place.group.name)
    return True


def lapse_regroups() -> int:
    """Not admitted: everybody who chose no other group in time. How many. Each in a transaction of its own."""
    due = Application.objects.filter(status=Status.ELIGIBLE, regroup_due_at__lt=clock.now())
    return each(list(due.order_by("regroup_due_at", "pk")), _lapse)


def _lapse(application: Application) -> bool:
    row = locked(application)
    if row.status != Status.ELIGIBLE or row.regroup_due_at is None or row.regroup_due_at >= clock.now():
        return False
    cause = Decision.objects.filter(application=row, action=Action.REGROUP).order_by("-at", "-pk").first()
    reasons = cause.reasons if cause else [Reason.GROUP_CANCELLED.value]
    turn_away(row, reasons=list(reasons), note="", by=SYSTEM)
    return True
