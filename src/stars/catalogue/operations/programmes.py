"""Programmes and their groups: made, corrected, shown and taken away."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.catalogue.operations import rows
from stars.catalogue.queries.standing import prices_of
from stars.catalogue.types import GroupDraft, OfferDraft, ProgrammeDraft, Saved
from stars.common import clock


class NoCode(ValueError):
    """A programme without a code cannot be found again."""


@transaction.atomic
def create_many(drafts: Iterable[tuple[ProgrammeDraft, datetime | None]], *, by: Actor) -> list[Programme]:
    """Make many new programmes at once; one with a time stands in the catalogue since then, others are drafts.

    Leaves one audit event for all. Raises IntegrityError when an institution has the code already.
    """
    by.must(Permission.CATALOGUE_MANAGE)
    with rows.checked_at_once():
        programmes = rows.insert(drafts)
    audit.record("catalogue.filled", by=by, subject="catalogue", details={"programmes": len(programmes)})
    return programmes


@transaction.atomic
def save(draft: ProgrammeDraft, *, by: Actor) -> Saved:
    """Make the programme, or correct the one that has this code at the institution.

    Groups are found again by name, offers by round; those that the draft does not name stay as they are. A new
    programme is a draft until it is published. Saving the same again changes nothing. Raises `NoCode`.
    """
    by.must(Permission.CATALOGUE_MANAGE)
    if not draft.code:
        raise NoCode(draft.title)
    known = (
        Programme.objects.select_for_update(no_key=True)
        .filter(institution_id=draft.institution_id, code=draft.code)
        .first()
    )
    if known is None:
        known = rows.insert([(draft, None)])[0]
        audit.record("programme.created", by=by, subject="programme", subject_id=known.pk)
        return Saved(known.pk, is_new=True, is_changed=True, groups_added=len(draft.groups), groups_changed=0)
    changed = _correct(known, rows.programme_values(draft))
    added, groups_changed = _save_groups(known, draft.groups)
    is_changed = bool(changed or added or groups_changed)
    if is_changed:
        details = {"fields": changed, "groups_added": added, "groups_changed": groups_changed}
        audit.record("programme.changed", by=by, subject="programme", subject_id=known.pk, details=details)
    return Saved(
        known.pk, is_new=False, is_changed=is_changed, groups_added=added, groups_changed=groups_changed
    )


def publish(programme: Programme, *, by: Actor) -> bool:
    """Show the programme in the catalogue; False, and nothing happens, when it stands there already."""
    return _move(programme, ProgrammeStatus.PUBLISHED, "programme.published", by=by)


def withdraw(programme: Programme, *, by: Actor) -> bool:
    """Take the programme out of the catalogue; what was applied for stays. False when that was done before."""
    return _move(programme, ProgrammeStatus.WITHDRAWN, "programme.withdrawn", by=by)


@transaction.atomic
def cancel_group(group: Group, *, by: Actor) -> None:
    """Say that the group will not take place; nothing happens when that was said before."""
    by.must(Permission.CATALOGUE_MANAGE)
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if locked.status != GroupStatus.CANCELLED:
        locked.status = GroupStatus.CANCELLED
        locked.save(update_fields=["status"])
        audit.record("group.cancelled", by=by, subject="group", subject_id=locked.pk)
    group.status = locked.status


@transaction.atomic
def _move(programme: Programme, status: ProgrammeStatus, event: str, *, by: Actor) -> bool:
    by.must(Permission.CATALOGUE_MANAGE)
    locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    is_moved = locked.status != status
    if is_moved:
        locked.status = status
        if status == ProgrammeStatus.PUBLISHED:
            locked.published_at = locked.published_at or clock.now()
        locked.save(update_fields=["status", "published_at", "changed_at"])
        audit.record(event, by=by, subject="programme", subject_id=locked.pk)
    programme.status, programme.published_at = locked.status, locked.published_at
    return is_moved


def _save_groups(programme: Programme, drafts: Iterable[GroupDraft]) -> tuple[int, int]:
    """How many groups were added and how many corrected."""
    known = {group.name: group for group in programme.groups.select_for_update(no_key=True).order_by("pk")}
    offers = _offers_of(known.values())
    new, changed = [], 0
    for draft in drafts:
        group = known.get(draft.name)
        if group is None:
            new.append((programme.pk, draft))
            continue
        corrected = _correct(group, rows.group_values(draft))
        changed += bool(_save_offers(group, draft.offers, offers) or corrected)
    rows.insert_groups(new)
    return len(new), changed


def _offers_of(groups: Iterable[Group]) -> dict[tuple[int, int], GroupOffer]:
    found = GroupOffer.objects.select_for_update().filter(group__in=[group.pk for group in groups])
    return {(offer.group_id, offer.round_id): offer for offer in found}


def _save_offers(
    group: Group, drafts: Iterable[OfferDraft], known: dict[tuple[int, int], GroupOffer]
) -> bool:
    """Whether anything was new or corrected."""
    moved = False
    for draft in drafts:
        offer = known.get((group.pk, draft.round_id))
        if offer is None:
            GroupOffer.objects.create(group=group, round_id=draft.round_id, **prices_of(draft))
            moved = True
        else:
            moved = bool(_correct(offer, prices_of(draft))) or moved
    return moved


def _correct(row: Model, values: Mapping[str, object]) -> list[str]:
    """Set and save what differs; the names of the columns that did."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save()
    return changed
