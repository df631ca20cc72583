"""One officer proposes, another carries it out. What was merged cannot be taken apart again."""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.applications.models import Application
from stars.audit import operations as audit
from stars.common import clock
from stars.merging.models import MergeProposal
from stars.merging.operations.moving import move_everything
from stars.merging.queries import conflicts
from stars.merging.types import Conflict, Obstacle
from stars.organisations.models import Membership, Organisation
from stars.people.models import Person


class SamePerson(Exception):
    """One person cannot be merged into themselves."""


class AlreadyProposed(Exception):
    """Another proposal about one of the two is open."""


class AlreadySettled(Exception):
    """The proposal was carried out or declined meanwhile."""


class SameOfficer(Exception):
    """Whoever proposed may not carry it out: it takes two."""


class MustBeSettledFirst(Exception):
    """Both have what one person cannot have twice; `conflicts` says what."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(", ".join(conflict.obstacle for conflict in conflicts))
        self.conflicts = conflicts


@transaction.atomic
def propose(kept: Person, merged: Person, reason: str, *, by: Actor) -> MergeProposal:
    """Say that `merged` is the same person as `kept`, whose record is to stay.

    Raises `NotPermitted`, `OwnAffair`, `SamePerson`, `AlreadyProposed`, and `MustBeSettledFirst` when one of them is
    gone. Other conflicts may still be settled: they count when the proposal is carried out.
    """
    by.must(Permission.PERSON_MERGE)
    by.must_not_be(kept.pk)
    by.must_not_be(merged.pk)
    return _propose(kept, merged, reason, by=by)


@transaction.atomic
def propose_found(kept: Person, merged: Person, reason: str) -> MergeProposal:
    """The platform itself found in the population register that two codes are one person's.

    Asked again it returns the proposal that is open already. Raises as `propose`.
    """
    earlier = _open_about(kept, merged).filter(kept__in=[kept, merged], merged__in=[kept, merged]).first()
    return earlier or _propose(kept, merged, reason, by=SYSTEM)


@transaction.atomic
def settle(proposal: MergeProposal, *, by: Actor) -> Person:
    """Carry the proposal out: everything of the merged person becomes the kept one's. Returns the kept person.

    Done twice by one officer it is done once.

    Raises `NotPermitted`, `OwnAffair`, `SameOfficer`, `AlreadySettled`, `MustBeSettledFirst`.
    """
    by.must(Permission.PERSON_MERGE)
    row = _locked(proposal)
    if _was_settled(row, is_accepted=True, by=by):
        return row.kept
    by.must_not_be(row.kept_id)
    by.must_not_be(row.merged_id)
    if row.proposed_by is not None and row.proposed_by == by.person_id:
        raise SameOfficer
    kept, merged = _locked_persons(row)
    in_the_way = conflicts(kept, merged, but=row)
    if in_the_way:
        raise MustBeSettledFirst(in_the_way)
    moved = _move(row, kept, merged, by=by)
    _close(row, is_accepted=True, by=by)
    for person, other in ((kept, merged), (merged, kept)):
        audit.record(
            "person.merged",
            by=by,
            subject="person",
            subject_id=person.pk,
            details={"other": str(other.pk), "kept": str(kept.pk), "moved": moved},
        )
    return kept


@transaction.atomic
def decline(proposal: MergeProposal, *, by: Actor) -> None:
    """They are two persons after all, or it was a mistake; whoever proposed may say so too.

    Done twice by one officer it is done once. Raises `NotPermitted`, `OwnAffair`, `AlreadySettled`.
    """
    by.must(Permission.PERSON_MERGE)
    row = _locked(proposal)
    if _was_settled(row, is_accepted=False, by=by):
        return
    by.must_not_be(row.kept_id)
    by.must_not_be(row.merged_id)
    _close(row, is_accepted=False, by=by)
    audit.record("person.merge-declined", by=by, subject="person", subject_id=row.merged_id)


def _propose(kept: Person, merged: Person, reason: str, *, by: Actor) -> MergeProposal:
    if kept.pk == merged.pk:
        raise SamePerson
    # In one order, so that two who propose the opposite do not wait for each other.
    rows = {
        each.pk: each
        for each in Person.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    }
    gone = [
        conflict
        for conflict in conflicts(rows[kept.pk], rows[merged.pk])
        if conflict.obstacle is Obstacle.GONE
    ]
    if gone:
        raise MustBeSettledFirst(gone)
    if _open_about(kept, merged).exists():
        raise AlreadyProposed
    try:
        with transaction.atomic():
            made = MergeProposal.objects.create(
                kept=kept,
                merged=merged,
                reason=reason,
                proposed_by=by.person_id,
                proposed_label=by.label,
            )
    except IntegrityError as fault:
        raise AlreadyProposed from fault
    audit.record(
        "person.merge-proposed",
        by=by,
        subject="person",
        subject_id=merged.pk,
        details={"kept": str(kept.pk), "proposal": made.pk},
    )
    return made


def _move(row: MergeProposal, kept: Person, merged: Person, *, by: Actor) -> dict[str, int]:
    """What stood in nobody's way a moment ago may do so now: then a constraint refuses, and the obstacle is told."""
    try:
        with transaction.atomic():
            return move_everything(kept, merged, reference=f"merge:{row.pk}", by=by)
    except IntegrityError:
        in_the_way = conflicts(kept, merged, but=row)
        if not in_the_way:
            raise
        raise MustBeSettledFirst(in_the_way) from None


def _open_about(kept: Person, merged: Person) -> QuerySet[MergeProposal]:
    both = [kept.pk, merged.pk]
    return (
        MergeProposal.objects.filter(settled_at=None)
        .filter(Q(kept__in=both) | Q(merged__in=both))
        .order_by("pk")
    )


def _locked(proposal: MergeProposal) -> MergeProposal:
    return MergeProposal.objects.select_for_update().get(pk=proposal.pk)


def _was_settled(row: MergeProposal, *, is_accepted: bool, by: Actor) -> bool:
    """Whether this very officer has settled it so. Raises `AlreadySettled` when another did, or otherwise."""
    if row.settled_at is None:
        return False
    if row.is_accepted is not is_accepted or row.settled_by != by.person_id:
        raise AlreadySettled
    return True


def _locked_persons(row: MergeProposal) -> tuple[Person, Person]:
    """Applications first, then organisations, then persons: the order in which everybody locks."""
    both = [row.kept_id, row.merged_id]
    list(Application.objects.select_for_update().filter(applicant__in=both).order_by("pk"))
    places = Membership.objects.filter(person__in=both, ended_at=None).values("organisation_id")
    list(Organisation.objects.select_for_update().filter(pk__in=places).order_by("pk"))
    people = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=both).order_by("pk")}
    return people[row.kept_id], people[row.merged_id]


def _close(row: MergeProposal, *, is_accepted: bool, by: Actor) -> None:
    row.settled_at, row.is_accepted = clock.now(), is_accepted
    row.settled_by, row.settled_label = by.person_id, by.label
    row.save(update_fields=["settled_at", "is_accepted", "settled_by", "settled_label"])
