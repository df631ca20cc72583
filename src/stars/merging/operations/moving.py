"""Moving what belongs to one person to another, table by table, as `relations` says."""

from typing import Any

from django.apps import apps

from stars.actors.actor import Actor
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.common import clock
from stars.funding.operations import hand_over
from stars.merging.relations import REFERENCES, Fate, Reference
from stars.organisations.enums import MemberRole
from stars.organisations.models import Membership
from stars.people.enums import IdentifierKind
from stars.people.models import Person, PersonIdentifier, Profile


def move_everything(kept: Person, merged: Person, *, reference: str, by: Actor) -> dict[str, int]:
    """Both rows are locked and nothing is in the way. Returns how many rows of each table went over."""
    moved = {
        f"{reference.model}.{reference.column}": _move(reference, kept, merged)
        for reference in REFERENCES
        if reference.fate in (Fate.MOVED, Fate.MOVED_ONCE)
    }
    moved["applications.Application.applicant"] = _move_applications(kept, merged)
    moved["funding.LearningAccount.person"] = hand_over(kept.pk, merged.pk, reference=reference, by=by)
    _move_identifiers(kept, merged)
    _move_profile(kept, merged)
    _move_memberships(kept, merged)
    Person.objects.filter(merged_into=merged).update(merged_into=kept)
    _fill_gaps(kept, merged)
    _leave_tombstone(kept, merged)
    return {name: count for name, count in moved.items() if count}


def _move(reference: Reference, kept: Person, merged: Person) -> int:
    table: Any = apps.get_model(reference.model)
    mine = table._base_manager.filter(**{reference.column: merged.pk})
    if reference.fate is Fate.MOVED_ONCE:
        theirs = set(table._base_manager.filter(**{reference.column: kept.pk}).values_list(*reference.alike))
        twice = [pk for pk, *values in mine.values_list("pk", *reference.alike) if tuple(values) in theirs]
        table._base_manager.filter(pk__in=twice).delete()
    return int(mine.update(**{reference.column: kept.pk}))


def _move_applications(kept: Person, merged: Person) -> int:
    """Of two drafts for one programme in one source the one that was worked on last goes on."""
    drafts: dict[tuple[int, str], Application] = {}
    rows = Application.objects.filter(applicant__in=[kept, merged], status=Status.DRAFT)
    for draft in rows.order_by("-saved_at", "-pk"):
        about = (draft.programme_id, draft.scheme)
        if about in drafts:
            draft.delete()
        else:
            drafts[about] = draft
    return Application.objects.filter(applicant=merged).update(applicant=kept)


def _move_identifiers(kept: Person, merged: Person) -> None:
    """All codes lead to the kept person from now on; the latest that the state gave is the one that is valid."""
    current = list(
        PersonIdentifier.objects.select_for_update()
        .filter(person__in=[kept, merged], valid_until=None)
        .order_by("pk")
    )
    current.sort(
        key=lambda code: (
            code.kind != IdentifierKind.TECHNICAL,
            code.valid_from,
            code.kind == IdentifierKind.UNDATED,
            code.person_id == kept.pk,
        )
    )
    for earlier in current[:-1]:
        earlier.valid_until = max(current[-1].valid_from, earlier.valid_from)
        earlier.save(update_fields=["valid_until"])
    PersonIdentifier.objects.filter(person=merged).update(person=kept)


def _move_profile(kept: Person, merged: Person) -> None:
    """The kept person's answers win; where there are none, the merged person's are theirs."""
    if Profile.objects.filter(person=kept).exists():
        Profile.objects.filter(person=merged).delete()
    else:
        Profile.objects.filter(person=merged).update(person=kept)


def _move_memberships(kept: Person, merged: Person) -> None:
    """In an organisation where both work, one membership goes on: that of the administrator."""
    own = {row.organisation_id: row for row in Membership.objects.filter(person=kept, ended_at=None)}
    for other in Membership.objects.filter(person=merged, ended_at=None).order_by("pk"):
        mine = own.get(other.organisation_id)
        if mine is not None:
            weaker = mine if _weight(other) > _weight(mine) else other
            weaker.ended_at = clock.now()
            weaker.save(update_fields=["ended_at"])
    Membership.objects.filter(person=merged).update(person=kept)


def _weight(membership: Membership) -> tuple[bool, bool]:
    today = clock.today()
    in_force = membership.valid_from <= today and (
        membership.valid_until is None or membership.valid_until >= today
    )
    return in_force, membership.role == MemberRole.ADMIN


def _fill_gaps(kept: Person, merged: Person) -> None:
    """What the kept person never said is taken over; names come with the next sign-in."""
    if kept.birth_date is None:
        kept.birth_date = merged.birth_date
    if not kept.email:
        kept.email, kept.email_confirmed_at = merged.email, merged.email_confirmed_at
    kept.phone = kept.phone or merged.phone
    kept.save(update_fields=["birth_date", "email", "email_confirmed_at", "phone"])


def _leave_tombstone(kept: Person, merged: Person) -> None:
    """The row stays, so that what was recorded under it is understood; it holds nothing and nobody signs in to it."""
    merged.merged_into = kept
    merged.email, merged.email_confirmed_at, merged.phone, merged.birth_date = "", None, "", None
    merged.given_name = merged.family_name = ""
    merged.earlier_codes_unasked = False
    merged.save()
