"""Changes of programmes and groups, bound by what people have applied for already."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications.queries.offering import is_group_chosen, is_programme_chosen
from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.catalogue.operations import approval, offering
from stars.catalogue.types import Changed, GroupDraft, ProgrammeDraft


@transaction.atomic
def change_programme(
    programme: Programme, draft: ProgrammeDraft, *, seen: str | None = None, by: Actor
) -> Changed:
    """As `catalogue.operations.offering.change_programme`."""
    chosen = is_programme_chosen(programme.pk)
    return offering.change_programme(programme, draft, is_applied_for=chosen, seen=seen, by=by)


@transaction.atomic
def change_group(group: Group, draft: GroupDraft, *, seen: str | None = None, by: Actor) -> Changed:
    """As `catalogue.operations.offering.change_group`."""
    chosen = is_group_chosen(group.pk)
    return offering.change_group(group, draft, is_applied_for=chosen, seen=seen, by=by)


@transaction.atomic
def approve(request: ApprovalRequest, *, by: Actor) -> None:
    """As `catalogue.operations.approval.approve`."""
    chosen = (
        is_programme_chosen(request.programme_id)
        if request.group_id is None
        else is_group_chosen(request.group_id)
    )
    approval.approve(request, is_applied_for=chosen, by=by)
