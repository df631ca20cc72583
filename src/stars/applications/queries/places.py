"""Seats and waiting lists as people see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from stars.applications.enums import LIVE_PLACES, PlaceState, Status
from stars.applications.models import Application, WaitingPlace
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.common import clock
from stars.common.typed import whole_numbers
from stars.common.workdays import add_workdays

OPEN_GROUPS = (GroupStatus.APPROVED, GroupStatus.PUBLISHED)
_MEASURED = timedelta(days=365)
# How many workdays before its beginning a group that is short of learners is spoken about.
SHORT_WORKDAYS = 10
# Enough for a median, and few enough to be fetched on a page.
_MOST_MEASURED = 500


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place of an application: where in the list it stands, or until when the seat is offered.

    `position` counts those before it who still wait, and itself. `usual_days` is None where nothing was measured.
    """

    group: Group
    rank: int
    position: int
    state: str
    joined_at: datetime
    offer_due_at: datetime | None
    usual_days: int | None

    @property
    def is_offered(self) -> bool:
        """True while a seat is held by an offer, also one whose time has passed and that has not been ended yet."""
        return self.state == PlaceState.OFFERED

    @property
    def is_answerable(self) -> bool:
        """True while the offered seat can be accepted."""
        return self.is_offered and self.offer_due_at is not None and clock.now() <= self.offer_due_at


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group that the person may choose: at once where seats are free and nobody waits for them, else its list."""

    group: Group
    waiting: int

    @property
    def is_free(self) -> bool:
        """True when a seat can be taken at once."""
        return self.group.seats_free > 0 and self.waiting == 0


def serving(application: Application, *, groups: QuerySet[Group] | None = None) -> QuerySet[Group]:
    """Groups of the application's programme that are not cancelled and for which its source pays."""
    offers = GroupOffer.objects.filter(group=OuterRef("pk"), round__scheme=application.scheme)
    every = Group.objects.all() if groups is None else groups
    return every.filter(Exists(offers), programme_id=application.programme_id, status__in=OPEN_GROUPS)


def live_places(application: Application) -> QuerySet[WaitingPlace]:
    """The places that the application holds in waiting lists, and the one where a seat is offered."""
    return WaitingPlace.objects.filter(application=application, state__in=LIVE_PLACES).order_by("group_id")


def in_line(group_id: int | OuterRef) -> QuerySet[WaitingPlace]:
    """Those to whom a seat of the group can be offered, the next first.

    Somebody with a live offer elsewhere is passed over until it is answered, and keeps the place.
    """
    offered = WaitingPlace.objects.filter(application=OuterRef("application"), state=PlaceState.OFFERED)
    return WaitingPlace.objects.filter(
        ~Exists(offered),
        group_id=group_id,
        state=PlaceState.WAITING,
        application__status=Status.WAITING,
    ).order_by("rank")


def waiting_list(group: Group) -> QuerySet[WaitingPlace]:
    """Everybody who has a live place in the group's list, by rank, with what the institution's page names."""
    return (
        WaitingPlace.objects.filter(group=group, state__in=LIVE_PLACES)
        .select_related("application__applicant", "group")
        .order_by("rank")
    )


def places_of(application: Application) -> list[PlaceLine]:
    """The live places of the application, the offered one first."""
    before = WaitingPlace.objects.filter(
        group=OuterRef("group"), state__in=LIVE_PLACES, rank__lte=OuterRef("rank")
    )
    counted = before.order_by().values("group").annotate(count=Count("pk")).values("count")
    places = live_places(application).select_related("group__municipality").annotate(position=counted)
    usual = usual_wait(application.programme) if places else None
    lines = [
        PlaceLine(
            place.group, place.rank, place.position, place.state, place.joined_at, place.offer_due_at, usual
        )
        for place in places
    ]
    return sorted(lines, key=lambda line: (not line.is_offered, line.group.starts_on, line.group.pk))


def usual_wait(of: Group | Programme) -> int | None:
    """How many days people usually waited for a seat that they then accepted, in the last year; None: not measured."""
    programme_id = of.programme_id if isinstance(of, Group) else of.pk
    rows = WaitingPlace.objects.filter(
        group__programme_id=programme_id,
        state=PlaceState.ACCEPTED,
        offered_at__isnull=False,
        ended_at__gte=clock.now() - _MEASURED,
    ).order_by("-ended_at")
    waits = [
        (offered - joined).days
        for joined, offered in rows.values_list("joined_at", "offered_at")[:_MOST_MEASURED]
        if offered is not None
    ]
    return round(median(waits)) if waits else None


def choices_for(application: Application) -> list[GroupChoice]:
    """Groups that the person may still choose: not begun, and not one in whose list they stand; by their start."""
    taken = live_places(application).values("group_id")
    waiting = Count("pk", filter=Q(state=PlaceState.WAITING))
    counts = dict(
        WaitingPlace.objects.filter(group__programme_id=application.programme_id, state=PlaceState.WAITING)
        .order_by()
        .values_list("group_id")
        .annotate(count=waiting)
    )
    groups = (
        serving(application)
        .filter(starts_on__gte=clock.today())
        .exclude(pk__in=taken)
        .select_related("municipality")
        .order_by("starts_on", "pk")
    )
    return [GroupChoice(group, counts.get(group.pk, 0)) for group in groups]


def group_of_programme(application: Application, group_id: int) -> Group | None:
    """A group of the application's programme, also one that is cancelled or over; None when there is none."""
    found = Group.objects.filter(pk=group_id, programme_id=application.programme_id)
    return found.select_related("municipality").first()


def live_offers(person_id: UUID | None) -> list[WaitingPlace]:
    """Seats that are offered to the person now, the most urgent first."""
    return list(
        WaitingPlace.objects.filter(application__applicant_id=person_id, state=PlaceState.OFFERED)
        .select_related("application__programme__institution", "group")
        .order_by("offer_due_at")
    )


def groups_below_minimum(institution_id: int, *, workdays: int = SHORT_WORKDAYS) -> QuerySet[Group]:
    """Groups of the institution that begin within so many workdays and have fewer learners than they need.

    The institution decides whether such a group takes place; nothing happens by itself.
    """
    today = clock.today()
    return below_minimum(today, add_workdays(today, workdays)).filter(
        programme__institution_id=institution_id
    )


def below_minimum(first: date, last: date) -> QuerySet[Group]:
    """Groups that begin in this period and are short of learners, by their start."""
    seated = (
        Application.objects.filter(group=OuterRef("pk"), status=Status.ADMITTED).order_by().values("group")
    )
    admitted = seated.annotate(count=Count("pk")).values("count")
    return (
        Group.objects.filter(status__in=OPEN_GROUPS, starts_on__gte=first, starts_on__lte=last)
        .annotate(admitted=admitted)
        .filter(Q(admitted__isnull=True, seats_min__gt=0) | Q(admitted__lt=F("seats_min")))
        .select_related("programme")
        .order_by("starts_on", "pk")
    )


def named_groups(application: Application) -> list[Group]:
    """The groups that the answers of the form may name: also those that the application has left since."""
    stored = application.answers.all()
    named = whole_numbers(text for row in stored for text in row.data.get("period", []))
    return list(Group.objects.filter(pk__in=named).select_related("municipality").order_by("pk"))


def groups_with_free_seats_and_waiting() -> Iterable[int]:
    """Groups where a seat is free, somebody waits, and learning has not begun."""
    return (
        WaitingPlace.objects.filter(
            state=PlaceState.WAITING,
            group__status__in=OPEN_GROUPS,
            group__starts_on__gte=clock.today(),
            group__seats_taken__lt=F("group__seats_max"),
        )
        .order_by("group_id")
        .values_list("group_id", flat=True)
        .distinct()
    )
