"""What an institution makes of its own programmes and groups: new ones, and changes before and after publication.

After publication contacts, addresses and descriptions change at once. Everything else is a proposal that waits for the
agency while the catalogue shows what it showed; what people applied for is fixed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.lifecycle import Step, StepNotAllowed
from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.catalogue.operations import requests, rows
from stars.catalogue.queries.standing import read, standing
from stars.catalogue.types import Changed, GroupDraft, ProgrammeDraft
from stars.common.seen import must_be_seen

# What changes at once, published or not.
FREE = {
    Programme: frozenset(
        {
            "code",
            "contact_name",
            "contact_phone",
            "contact_email",
            "summary",
            "contents",
            "outcomes",
            "keywords",
        }
    ),
    Group: frozenset({"name", "address", "schedule_note"}),
}
# What people chose by: fixed as soon as somebody has applied.
FIXED = {
    Programme: frozenset({"title", "kind_id", "field_id", "hours"}),
    Group: frozenset({"starts_on", "ends_on", "is_remote", "municipality_id"}),
}
_UNPUBLISHED = {Programme: ProgrammeStatus.DRAFT, Group: GroupStatus.PLANNED}


class FixedByApplications(Exception):
    """Somebody has applied, so that these columns stay as they are."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__(", ".join(columns))
        self.columns = columns


class BelowTaken(Exception):
    """Fewer seats than are taken."""

    def __init__(self, taken: int) -> None:
        super().__init__(str(taken))
        self.taken = taken


class BreaksRule(Exception):
    """A rule of the database stands against it; `rule` is the constraint's name."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@transaction.atomic
def create_programme(draft: ProgrammeDraft, *, by: Actor) -> Programme:
    """A new programme of the institution, a draft. Raises `BreaksRule`: the code is used already."""
    by.must(Permission.PROGRAMME_EDIT)
    by.must_act_for(draft.institution_id)
    with rules():
        programme = rows.insert([(draft, None)])[0]
    audit.record("programme.created", by=by, subject="programme", subject_id=programme.pk)
    return programme


@transaction.atomic
def add_group(programme: Programme, draft: GroupDraft, *, by: Actor) -> Group:
    """A new group of the programme, planned."""
    by.must(Permission.PROGRAMME_EDIT)
    by.must_act_for(programme.institution_id)
    with rules():
        group = rows.insert_groups([(programme.pk, draft)], status=GroupStatus.PLANNED)[0]
    audit.record("group.created", by=by, subject="group", subject_id=group.pk)
    return group


@transaction.atomic
def change_programme(
    programme: Programme, draft: ProgrammeDraft, *, is_applied_for: bool, seen: str | None = None, by: Actor
) -> Changed:
    """Give the programme these values, at once or as a proposal; `code` changes with them.

    `is_applied_for` says whether anybody has applied, `seen` how it stood for whoever changes it. Raises
    `FixedByApplications`, `StepNotAllowed` while it waits for approval, `BreaksRule`, `ChangedMeanwhile`.
    """
    by.must(Permission.PROGRAMME_EDIT)
    locked = Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    by.must_act_for(locked.institution_id)
    values = {"code": draft.code} | rows.programme_values(draft)
    if seen is not None:
        must_be_seen(standing(locked), values, seen=seen)
    return _change(locked, locked, values, is_applied_for=is_applied_for, by=by)


@transaction.atomic
def change_group(
    group: Group, draft: GroupDraft, *, is_applied_for: bool, seen: str | None = None, by: Actor
) -> Changed:
    """As `change_programme`; raises `BelowTaken` too."""
    by.must(Permission.PROGRAMME_EDIT)
    locked = (
        Group.objects.select_for_update(no_key=True, of=("self",))
        .select_related("programme")
        .get(pk=group.pk)
    )
    by.must_act_for(locked.programme.institution_id)
    values = {"name": draft.name} | rows.group_values(draft)
    if seen is not None:
        must_be_seen(standing(locked), values, seen=seen)
    if draft.seats_max < locked.seats_taken:
        raise BelowTaken(locked.seats_taken)
    return _change(locked, locked.programme, values, is_applied_for=is_applied_for, by=by)


def _change(
    thing: Programme | Group,
    programme: Programme,
    values: dict[str, Any],
    *,
    is_applied_for: bool,
    by: Actor,
) -> Changed:
    kind = type(thing)
    if thing.status in (ProgrammeStatus.SENT, GroupStatus.CANCELLED):
        raise StepNotAllowed(Step.SEND, thing.status)
    differing = {name: value for name, value in values.items() if getattr(thing, name) != value}
    if is_applied_for and (fixed := [name for name in differing if name in FIXED[kind]]):
        raise FixedByApplications(fixed)
    is_published = thing.status == ProgrammeStatus.PUBLISHED
    proposed = {name: value for name, value in differing.items() if is_published and name not in FREE[kind]}
    done = {name: value for name, value in differing.items() if name not in proposed}
    again = {} if is_published or done.keys() <= FREE[kind] else {"status": _UNPUBLISHED[kind]}
    # Whoever saves has read what the agency said about the last change.
    read_note = {"approval_note": ""} if is_published and thing.approval_note else {}
    apply(thing, done | again | read_note)
    subject = kind.__name__.lower()
    if done:
        audit.record(
            f"{subject}.changed",
            by=by,
            subject=subject,
            subject_id=thing.pk,
            details={"fields": sorted(done)},
        )
    _propose(thing, programme, {name: _plain(value) for name, value in proposed.items()}, by=by)
    return Changed(tuple(sorted(done)), tuple(sorted(proposed)))


def _propose(thing: Programme | Group, programme: Programme, values: dict[str, Any], *, by: Actor) -> None:
    """Let the values wait for approval instead of those that wait now; none: nothing waits any more."""
    waiting = requests.waiting(thing)
    if (waiting.values if waiting else {}) == values:
        return
    if waiting is not None:
        requests.recall(waiting, by=by)
    if values:
        group = thing if isinstance(thing, Group) else None
        requests.send(programme, group, values=values, by=by)


def adopt(request: ApprovalRequest, *, is_applied_for: bool) -> None:
    """Give a published thing, locked, the values that were approved. Raises as `change_group` does."""
    thing = request.thing
    kind = type(thing)
    if is_applied_for and (fixed := [name for name in request.values if name in FIXED[kind]]):
        raise FixedByApplications(fixed)
    if isinstance(thing, Group) and request.values.get("seats_max", thing.seats_max) < thing.seats_taken:
        raise BelowTaken(thing.seats_taken)
    apply(thing, read(kind, request.values) | {"approval_note": ""})


def apply(thing: Programme | Group, values: dict[str, Any]) -> None:
    """Set and save the columns."""
    for name, value in values.items():
        setattr(thing, name, value)
    if values:
        always = ["changed_at"] if isinstance(thing, Programme) else []
        with rules():
            thing.save(update_fields=[*values, *always])


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def rules() -> Iterator[None]:
    """Turn a broken constraint into `BreaksRule`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise BreaksRule(
            getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        ) from error
