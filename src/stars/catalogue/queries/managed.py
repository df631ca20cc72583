"""Programmes and groups as their institution works on them."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from stars.actors.actor import Actor
from stars.catalogue.enums import ApprovalOutcome, GroupStatus, ProgrammeStatus
from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.common import clock


class NotOurs(Exception):
    """The row exists and is another institution's: the page answers 404, the audit remembers."""


def programmes_of(by: Actor) -> QuerySet[Programme]:
    """The institution's programmes, by title; `group_count` without cancelled ones, `changes` that wait."""
    changes = ApprovalRequest.objects.filter(
        programme=OuterRef("pk"), outcome=ApprovalOutcome.WAITING
    ).exclude(values={})
    return (
        Programme.objects.filter(institution_id=by.organisation_id)
        .select_related("kind", "field")
        .annotate(
            group_count=Count("groups", filter=~Q(groups__status=GroupStatus.CANCELLED)),
            changes=Subquery(
                changes.order_by().values("programme").annotate(count=Count("pk")).values("count")
            ),
        )
        .order_by("title", "pk")
    )


def groups_of(by: Actor) -> QuerySet[Group]:
    """The institution's groups by the first day, with programme and place."""
    return (
        Group.objects.filter(programme__institution_id=by.organisation_id)
        .select_related("programme", "municipality")
        .order_by("starts_on", "pk")
    )


def own_programme(by: Actor, programme_id: int) -> Programme | None:
    """The programme; None when there is none. Raises `NotOurs`."""
    found = Programme.objects.filter(pk=programme_id).select_related(
        "institution", "kind", "field", "qualification"
    )
    programme = found.first()
    if programme is not None and programme.institution_id != by.organisation_id:
        raise NotOurs
    return programme


def own_group(by: Actor, group_id: int) -> Group | None:
    """The group with its programme and place; None when there is none. Raises `NotOurs`."""
    found = Group.objects.filter(pk=group_id).select_related("programme__institution", "municipality")
    group = found.first()
    if group is not None and group.programme.institution_id != by.organisation_id:
        raise NotOurs
    return group


def groups_under(programme: Programme) -> list[Group]:
    """All groups of the programme by the first day, cancelled ones too."""
    groups = programme.groups.select_related("municipality").prefetch_related("offers__round")
    return list(groups.order_by("starts_on", "pk"))


def waiting_of(programme: Programme) -> dict[int | None, ApprovalRequest]:
    """What waits for approval of the programme (None) and of its groups, by the group's id."""
    waiting = programme.requests.filter(outcome=ApprovalOutcome.WAITING).select_related("programme", "group")
    return {request.group_id: request for request in waiting.order_by("pk")}


def programmes_listed(by: Actor, *, stavoklis: str = "", q: str = "") -> QuerySet[Programme]:
    """The institution's programmes by state, or "atpakal" (something was sent back), and by words in title or code."""
    programmes = programmes_of(by)
    if stavoklis == "atpakal":
        programmes = with_something_sent_back(programmes)
    elif stavoklis:
        programmes = programmes.filter(status=stavoklis)
    return programmes.filter(Q(title__icontains=q) | Q(code__icontains=q)) if q else programmes


def with_something_sent_back(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Those of which the agency sent something back that nobody has mended yet: itself, a change, or a group."""
    groups = Group.objects.exclude(approval_note="").exclude(
        status__in=[GroupStatus.CANCELLED, GroupStatus.SENT]
    )
    itself = ~Q(approval_note="") & ~Q(status__in=[ProgrammeStatus.SENT, ProgrammeStatus.WITHDRAWN])
    return programmes.filter(itself | Q(pk__in=groups.values("programme")))


def missing(group: Group) -> int:
    """How many learners a group that has not begun lacks to its minimum; offered seats count as taken."""
    is_open = group.status in (GroupStatus.APPROVED, GroupStatus.PUBLISHED)
    return max(0, group.seats_min - group.seats_taken) if is_open and group.starts_on >= clock.today() else 0


def groups_named(groups: QuerySet[Group], words: str) -> QuerySet[Group]:
    """Those whose name, or programme's title, holds the words."""
    return groups.filter(Q(name__icontains=words) | Q(programme__title__icontains=words))
