"""What the institution decides: admit, put on the waiting list, not admit."""

from collections.abc import Iterable

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications import notices
from stars.applications.enums import Action, Happening, Reason, Status
from stars.applications.lifecycle import transition
from stars.applications.models import Application
from stars.applications.operations.access import must_seat
from stars.applications.operations.perform import ReasonOwed, decide, happen, locked, perform
from stars.applications.operations.seats import (
    Claim,
    NotChosen,
    about,
    give_everything_up,
    lock_claim,
    lock_groups,
    must_be_free,
    must_serve,
    take_places,
    take_seat,
)
from stars.applications.queries.choice import is_chosen, joined_lists
from stars.applications.queries.rules import rules_name
from stars.catalogue.models import Group
from stars.common import clock
from stars.funding import operations as funding


@transaction.atomic
def admit(application: Application, group: Group, *, by: Actor) -> Application:
    """Admit into a group; the person's places in waiting lists close. Admitting twice is admitting once.

    Raises `GroupNotOpen`, `NotChosen`, `NoSeatFree`, `OthersWait`, `TransitionNotAllowed`, `NotPermitted`,
    `OutOfScope`, `OwnAffair`.
    """
    row = locked(application)
    must_seat(row, by=by)
    if row.status == Status.ADMITTED and row.group_id == group.pk:
        return row
    transition(Action.ADMIT, row.status)
    claim = lock_claim(row, group)
    must_serve(row, claim.group, begun=True)
    _must_be_chosen(row, claim)
    if claim.offer is None:
        must_be_free(claim.group, place=claim.place)
    return take_seat(row, claim, Action.ADMIT, by=by)


def _must_be_chosen(row: Application, claim: Claim) -> None:
    """Raise `NotChosen` unless the person asked for the group, by the form or by its list."""
    stands = claim.place is not None
    joined = joined_lists([row.pk]) if stands else set()
    if not is_chosen(row, claim.group, stands=stands, joined=joined):
        raise NotChosen


@transaction.atomic
def wait(application: Application, groups: Iterable[Group], *, by: Actor) -> Application:
    """Put an application on the waiting lists of groups of its programme; where it stands already it keeps its rank.

    Raises `GroupNotOpen`, `TransitionNotAllowed`, `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    row = locked(application)
    must_seat(row, by=by)
    wanted = lock_groups(group.pk for group in groups)
    if row.status != Status.WAITING:
        transition(Action.WAIT, row.status)
    for group in wanted.values():
        must_serve(row, group)
    made = take_places(row, wanted.values())
    if row.status == Status.WAITING:
        for place in made:
            happen(Happening.PLACE_TAKEN, row, by=by, details=about(wanted[place.group_id]))
            notices.changed(row, Happening.PLACE_TAKEN, group=wanted[place.group_id])
        return row
    if not made:
        return row
    names = ", ".join(wanted[place.group_id].name for place in made)
    row = perform(Action.WAIT, row, by=by, details={"group": names}, regroup_due_at=None)
    notices.changed(row, Action.WAIT, group=names)
    return row


@transaction.atomic
def not_admit(application: Application, *, reasons: Iterable[str], note: str = "", by: Actor) -> Application:
    """Not admitted, with reasons; what was held is released. Done twice it is done once.

    Raises `ReasonOwed`, `TransitionNotAllowed`, `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    codes = checked_reasons(reasons)
    row = locked(application)
    must_seat(row, by=by)
    if row.status == Status.REFUSED:
        return row
    return turn_away(row, reasons=codes, note=note, by=by)


def turn_away(row: Application, *, reasons: list[str], note: str, by: Actor) -> Application:
    """End a locked application by not admitting. Raises `TransitionNotAllowed`, `NotPermitted`."""
    transition(Action.NOT_ADMIT, row.status)
    give_everything_up(row)
    decision = decide(
        Action.NOT_ADMIT,
        row,
        by=by,
        rules_version=rules_name(row),
        reasons=reasons,
        note=note,
        ended_at=clock.now(),
        regroup_due_at=None,
    )
    funding.release(
        str(row.number), reference=f"not-admit:{decision.pk}", reason=Action.NOT_ADMIT.value, by=by
    )
    notices.changed(row, Action.NOT_ADMIT, reasons=reasons, note=note)
    return row


def checked_reasons(reasons: Iterable[str]) -> list[str]:
    """The codes, each once; raises `ReasonOwed` when there is none or one is not of the list."""
    codes = list(dict.fromkeys(str(reason) for reason in reasons))
    if not codes or not set(codes) <= set(Reason.values):
        raise ReasonOwed
    return codes
