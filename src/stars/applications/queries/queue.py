"""The work queue of an authority: applications of its sources, oldest first, by pages that cost the same everywhere."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from stars.actors.actor import Actor
from stars.applications.enums import Action, Answer, Status
from stars.applications.models import Application, Decision, RegisterAnswer
from stars.applications.queries.pages import (
    COUNTED_UP_TO,
    PAGE_SIZE,
    ListPage,
    Position,
    beyond,
    turned,
)
from stars.catalogue.models import Round
from stars.people.models import PersonIdentifier

# Statuses that a queue may show: everything but drafts, which are nobody's business.
STATUSES = tuple(status for status in Status if status is not Status.DRAFT)


class Mark(StrEnum):
    """What an officer may want to see first."""

    TO_CHECK = "japarbauda"
    DENIED = "registrs-noliedz"
    SILENT = "registrs-neatbild"
    MONEY_SHORT = "nepietiek-naudas"
    CORRECTED = "izlabots"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which applications: of these sources, in this status, and narrowed further."""

    schemes: tuple[str, ...]
    status: str = Status.SUBMITTED
    round_id: int | None = None
    mark: Mark | None = None
    number: str = ""


def shown(
    wanted: QueueFilter,
    *,
    after: Position | None = None,
    before: Position | None = None,
    size: int | None = None,
) -> ListPage:
    """One page of the queue, of the usual size or another: the first, or what comes after or before a position."""
    size = PAGE_SIZE if size is None else size
    rows = _walk(wanted, after=after, before=before, limit=size + 1)
    return turned(rows, size=size, after=after, before=before)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who stands before and after an application in the queue; None at its ends."""

    before: UUID | None
    after: UUID | None


def neighbours(wanted: QueueFilter, application: Application) -> Neighbours:
    """The applications beside this one in the queue, which it may have left meanwhile; one question for all."""
    at, sides = Position.of(application), []
    for scheme in wanted.schemes:
        rows = _narrowed(replace(wanted, schemes=(scheme,), number=""))
        for side, sign, order in (
            ("before", "lt", ("-submitted_at", "-pk")),
            ("after", "gt", ("submitted_at", "pk")),
        ):
            beside = beyond(rows, at, sign).annotate(side=Value(side))
            sides.append(beside.order_by(*order).values_list("side", "submitted_at", "pk", "public_id")[:1])
    found = list(sides[0].union(*sides[1:], all=True)) if sides else []
    earlier = [row for row in found if row[0] == "before"]
    later = [row for row in found if row[0] == "after"]
    return Neighbours(
        max(earlier, key=lambda row: row[1:3])[3] if earlier else None,
        min(later, key=lambda row: row[1:3])[3] if later else None,
    )


def everything(wanted: QueueFilter, *, limit: int) -> list[Application]:
    """All of it for an export, up to so many."""
    return _walk(wanted, after=None, before=None, limit=limit)


def counts(wanted: QueueFilter) -> tuple[dict[str, int], dict[Mark, int]]:
    """How many there are in each status, and of each mark in the chosen one; nothing is counted beyond `COUNTED_UP_TO`."""
    plain = replace(wanted, mark=None, number="")
    statuses = {status.value: _narrowed(replace(plain, status=status)) for status in STATUSES}
    marks = {mark: _narrowed(replace(plain, mark=mark)) for mark in Mark}
    counted = _capped([*statuses.values(), *marks.values()])
    return (
        dict(zip(statuses, counted, strict=False)),
        dict(zip(marks, counted[len(statuses) :], strict=True)),
    )


def rounds_of(actor: Actor) -> list[Round]:
    """The rounds of the actor's sources, the latest first."""
    return list(Round.objects.filter(scheme__in=actor.schemes).order_by("scheme", "-opens_at", "pk"))


def with_what_lists_show(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Names beside each application, the registers' answers as "tax:yes", the current personal code, and whether it
    came back from a correction."""
    said = RegisterAnswer.objects.filter(application=OuterRef("pk")).order_by("register")
    code = PersonIdentifier.objects.filter(person=OuterRef("applicant"), valid_until=None)
    returned = Decision.objects.filter(application=OuterRef("pk"), action=Action.RETURN)
    return applications.select_related(
        "applicant", "programme__institution", "round", "group", "municipality"
    ).annotate(
        said=ArraySubquery(said.values(pair=Concat("register", Value(":"), "answer"))),
        code=Subquery(code.values("value")[:1]),
        was_returned=Exists(returned),
    )


def _walk(
    wanted: QueueFilter, *, after: Position | None, before: Position | None, limit: int
) -> list[Application]:
    """In order from a position; backwards when it is `before` one. One question for each source keeps the index's
    order, which a list of sources would lose."""
    sign, order = ("lt", ("-submitted_at", "-pk")) if before else ("gt", ("submitted_at", "pk"))
    found = []
    for scheme in wanted.schemes:
        rows = with_what_lists_show(_narrowed(replace(wanted, schemes=(scheme,))))
        start = before or after
        if start is not None:
            rows = beyond(rows, start, sign)
        found.append(list(rows.order_by(*order)[:limit]))
    merged = heapq.merge(*found, key=lambda row: (Position.of(row).at, row.pk), reverse=before is not None)
    return [row for row, _ in zip(merged, range(limit), strict=False)]


def _narrowed(wanted: QueueFilter) -> QuerySet[Application]:
    # One source is asked for by equality: only so the index gives its order.
    by_scheme = {"scheme": wanted.schemes[0]} if len(wanted.schemes) == 1 else {"scheme__in": wanted.schemes}
    rows = Application.objects.filter(**by_scheme)
    if wanted.number:
        return rows.filter(number=wanted.number.upper())
    rows = rows.filter(status=wanted.status)
    if wanted.round_id is not None:
        rows = rows.filter(round_id=wanted.round_id)
    return rows if wanted.mark is None else _marked(rows, wanted.mark)


def _marked(rows: QuerySet[Application], mark: Mark) -> QuerySet[Application]:
    if mark is Mark.TO_CHECK:
        return rows.filter(findings__contains=[{"verdict": "to-check"}])
    if mark is Mark.MONEY_SHORT:
        return rows.filter(money_short_at__isnull=False)
    if mark is Mark.CORRECTED:
        return rows.filter(pk__in=Decision.objects.filter(action=Action.RETURN).values("application_id"))
    answers = [Answer.NO] if mark is Mark.DENIED else [Answer.FAILED, Answer.UNKNOWN]
    return rows.filter(pk__in=RegisterAnswer.objects.filter(answer__in=answers).values("application_id"))


def _capped(queries: Iterable[QuerySet[Application]]) -> list[int]:
    """How many rows each question has, all asked at once and none counted to its end."""
    parts: list[str] = []
    values: list[Any] = []
    for query in queries:
        sql, parameters = query.values("pk").order_by()[: COUNTED_UP_TO + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608  Django's own statement
        values.extend(parameters)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        (counted,) = cursor.fetchall()
    return list(counted)
