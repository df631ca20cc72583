"""From drafts to rows: one place that knows which value belongs in which column."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.catalogue.queries.standing import prices_of
from stars.catalogue.types import GroupDraft, ProgrammeDraft

_CHUNK = 1_000


def programme_values(draft: ProgrammeDraft) -> dict[str, Any]:
    """Columns of the programme, apart from its institution, code and status."""
    return {
        "title": draft.title,
        "kind_id": draft.kind,
        "field_id": draft.field,
        "qualification_id": draft.qualification,
        "qualification_level": draft.qualification_level,
        "hours": draft.hours,
        "study_form": draft.study_form,
        "language": draft.language,
        "summary": draft.summary,
        "contents": draft.contents,
        "outcomes": draft.outcomes,
        "prior_education": draft.prior_education,
        "prior_knowledge": draft.prior_knowledge,
        "document": draft.document,
        "keywords": list(draft.keywords),
        "digcomp_areas": list(draft.digcomp_areas),
        "digcomp_competences": list(draft.digcomp_competences),
        "digcomp_level": draft.digcomp_level,
        "varam_level": draft.varam_level,
        "contact_name": draft.contact_name,
        "contact_phone": draft.contact_phone,
        "contact_email": draft.contact_email,
    }


def group_values(draft: GroupDraft) -> dict[str, Any]:
    """Columns of the group, apart from its programme and name."""
    values: dict[str, Any] = {
        "is_remote": draft.municipality is None,
        "municipality_id": draft.municipality,
        "address": draft.address,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "schedule": draft.schedule,
        "schedule_note": draft.schedule_note,
        "seats_min": draft.seats_min,
        "seats_max": draft.seats_max,
    }
    kept = {"seats_taken": draft.seats_taken, "status": draft.status, "price_cents": draft.price_cents}
    return values | {name: value for name, value in kept.items() if value is not None}


def insert(drafts: Iterable[tuple[ProgrammeDraft, datetime | None]]) -> list[Programme]:
    """Write new programmes with their groups and offers in bulk; those with a time are published since then."""
    pairs = list(drafts)
    programmes = Programme.objects.bulk_create(
        [_programme(draft, published_at) for draft, published_at in pairs], batch_size=_CHUNK
    )
    insert_groups(
        (programme.pk, group)
        for programme, (draft, _) in zip(programmes, pairs, strict=True)
        for group in draft.groups
    )
    return programmes


def insert_groups(
    drafts: Iterable[tuple[int, GroupDraft]], *, status: GroupStatus = GroupStatus.PUBLISHED
) -> list[Group]:
    """Write new groups of programmes (by id) with their offers in bulk; `status` is that of drafts without one."""
    pairs = list(drafts)
    groups = Group.objects.bulk_create(
        [
            Group(programme_id=key, name=draft.name, **{"status": status} | group_values(draft))
            for key, draft in pairs
        ],
        batch_size=_CHUNK,
    )
    GroupOffer.objects.bulk_create(
        [
            GroupOffer(group=group, round_id=offer.round_id, **prices_of(offer))
            for group, (_, draft) in zip(groups, pairs, strict=True)
            for offer in draft.offers
        ],
        batch_size=_CHUNK,
    )
    return groups


def _programme(draft: ProgrammeDraft, published_at: datetime | None) -> Programme:
    return Programme(
        institution_id=draft.institution_id,
        code=draft.code,
        status=ProgrammeStatus.DRAFT if published_at is None else ProgrammeStatus.PUBLISHED,
        published_at=published_at,
        **programme_values(draft),
    )


@contextmanager
def checked_at_once() -> Iterator[None]:
    """Have foreign keys checked with each statement and not at the end of the transaction.

    The list of postponed checks is walked again and again while it grows: 10 000 programmes would take minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
