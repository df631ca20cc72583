"""Confirmed applicants of an institution: the list, one of them, those who were ticked."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Lower

from stars.actors.actor import Actor
from stars.applications.enums import Action, PlaceState, Status
from stars.applications.models import Application, Decision, WaitingPlace
from stars.applications.queries.pages import (
    COUNTED_UP_TO,
    PAGE_SIZE,
    ListPage,
    Position,
    beyond,
    turned,
)
from stars.catalogue.models import Group, Programme
from stars.classifiers.models import ClassifierValue
from stars.common.folding import MARKED, fold

# Before the confirmation an application is the authority's; a refusal before it is nobody else's business.
_LATER = (Status.ELIGIBLE, Status.WAITING, Status.ADMITTED, Status.COMPLETED, Status.EXPELLED)
# Every state is named first, so that the index of a programme's states leads there.
_CONFIRMED = Q(status__in=[*_LATER, Status.REFUSED, Status.WITHDRAWN]) & (
    Q(status__in=_LATER) | Q(support_cents__isnull=False)
)
TO_SEAT = (Status.ELIGIBLE, Status.WAITING)
OFFERED, EVERYBODY = "offered", "visi"


class NotOurs(Exception):
    """The application exists and is not this institution's to see: the page answers 404, the audit remembers."""

    def __init__(self, application_id: int) -> None:
        super().__init__(application_id)
        self.application_id = application_id


def applicants_of(by: Actor) -> QuerySet[Application]:
    """Confirmed applications for the institution's programmes, the earliest first."""
    rows = Application.objects.filter(_CONFIRMED, programme__institution_id=by.organisation_id)
    return _with_all(rows).order_by("submitted_at", "pk")


def _with_all(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With all that a row of the institution names."""
    return rows.select_related(
        "applicant", "programme", "group__municipality", "municipality", "education", "round"
    ).prefetch_related("applicant__identifiers", "places")


def _plain(name: str) -> Func:
    """A name in small letters without the marks of Latvian, as people type it in a hurry."""
    return Func(Lower(F(name)), *map(Value, MARKED), function="translate", output_field=CharField())


def filtered(
    rows: QuerySet[Application],
    *,
    programma: str = "",
    vieta: str = "",
    avots: str = "",
    statuss: str = "",
    q: str = "",
) -> QuerySet[Application]:
    """By programme, place, source, state and words in name or number; without a state those still to be seated."""
    if programma:
        rows = rows.filter(programme_id=int(programma))
    if vieta:
        rows = rows.filter(municipality=None) if vieta == "attalinati" else rows.filter(municipality_id=vieta)
    if avots:
        rows = rows.filter(scheme=avots)
    if q:
        rows = rows.alias(given=_plain("applicant__given_name"), family=_plain("applicant__family_name"))
    for word in q.split():
        rows = rows.filter(
            Q(applicant__given_name__icontains=word)
            | Q(applicant__family_name__icontains=word)
            | Q(given__contains=fold(word))
            | Q(family__contains=fold(word))
            | Q(number__iexact=word)
        )
    if statuss == OFFERED:
        return rows.filter(places__state=PlaceState.OFFERED)
    if statuss == EVERYBODY:
        return rows
    return rows.filter(status__in=[statuss] if statuss else TO_SEAT)


def listed(by: Actor, **chosen: str) -> QuerySet[Application]:
    """The filtered list with no more than its order, to be turned over by `shown`."""
    own = Programme.objects.filter(institution_id=by.organisation_id).values_list("pk", flat=True)
    rows = Application.objects.filter(_CONFIRMED, programme_id__in=list(own))
    return filtered(rows.only("pk", "submitted_at").order_by("submitted_at", "pk"), **chosen)


def shown(
    rows: QuerySet[Application], *, after: Position | None = None, before: Position | None = None
) -> ListPage:
    """One page of a list: the first, or what comes after or before a position; with all that a row names.

    Keys first: joining people, groups and places to all that a filter lets through would grow with the list.
    """
    start = before or after
    if start is not None:
        rows = beyond(rows, start, "lt" if before else "gt")
    found = rows.reverse() if before else rows
    page = turned(list(found[: PAGE_SIZE + 1]), size=PAGE_SIZE, after=after, before=before)
    whole = _with_all(Application.objects.filter(pk__in=[row.pk for row in page.rows])).in_bulk()
    return replace(page, rows=[whole[row.pk] for row in page.rows])


def how_many(rows: QuerySet[Application]) -> int:
    """How many a list has; nothing is counted beyond `COUNTED_UP_TO`, where the answer is one more."""
    return rows.order_by().values("pk")[: COUNTED_UP_TO + 1].count()


def applicant(by: Actor, public_id: UUID) -> Application | None:
    """One of them; None when there is none of this address. Raises `NotOurs`."""
    found = applicants_of(by).filter(public_id=public_id).first()
    if found is None:
        _must_not_be_hidden([public_id])
    return found


def chosen(by: Actor, programme_id: int, public_ids: Iterable[UUID]) -> list[Application]:
    """Those of a programme that were ticked, in the order of the list. Raises `NotOurs` when one is not theirs."""
    wanted = set(public_ids)
    found = list(applicants_of(by).filter(programme_id=programme_id, public_id__in=wanted))
    if missing := wanted - {application.public_id for application in found}:
        _must_not_be_hidden(missing)
    return found


def _must_not_be_hidden(public_ids: Iterable[UUID]) -> None:
    hidden = Application.objects.filter(public_id__in=list(public_ids)).exclude(status=Status.DRAFT).first()
    if hidden is not None:
        raise NotOurs(hidden.pk)


def neighbours(
    rows: QuerySet[Application], application: Application
) -> tuple[Application | None, Application | None]:
    """The ones before and after this one among the rows."""
    at, key = application.submitted_at, application.pk
    before = rows.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=key))
    after = rows.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=key))
    return before.prefetch_related(None).reverse().first(), after.prefetch_related(None).first()


def filter_choices(by: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Programmes that have confirmed applicants, and places where the institution teaches, as (value, name)."""
    confirmed = Application.objects.filter(_CONFIRMED, programme=OuterRef("pk")).values("pk")[:1]
    # One row of each programme: asked whether there is any, the engine may read them all for a join.
    programmes = Programme.objects.alias(any_confirmed=Subquery(confirmed)).filter(
        any_confirmed__isnull=False, institution_id=by.organisation_id
    )
    groups = Group.objects.filter(programme__institution_id=by.organisation_id)
    places = ClassifierValue.objects.filter(pk__in=groups.values("municipality")).order_by("name_lv")
    named = programmes.order_by("title", "pk").values_list("pk", "title")
    return [(str(key), title) for key, title in named], [(place.code, place.name) for place in places]


def ending_of(application: Application) -> Decision | None:
    """The decision by which an application ended without learning; None when the person left, or it goes on."""
    if application.status != Status.REFUSED:
        return None
    ended = Decision.objects.filter(application=application, action__in=[Action.NOT_ADMIT, Action.END])
    return ended.order_by("-at", "-pk").first()


def to_admit(by: Actor) -> QuerySet[Application]:
    """Confirmed and neither admitted nor waiting yet."""
    return Application.objects.filter(programme__institution_id=by.organisation_id, status=Status.ELIGIBLE)


def live_offers(by: Actor, *, until: datetime) -> QuerySet[WaitingPlace]:
    """Seats offered in the institution's groups whose deadline comes by `until`."""
    return WaitingPlace.objects.filter(
        group__programme__institution_id=by.organisation_id,
        state=PlaceState.OFFERED,
        offer_due_at__lte=until,
    )
