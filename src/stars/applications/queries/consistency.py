"""What must never be: seats and places that do not fit their applications. Each is one statement."""

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from stars.applications.enums import LIVE_PLACES, OPEN, SEATED, PlaceState, Status
from stars.applications.models import Application, WaitingPlace
from stars.catalogue.models import Group
from stars.funding.queries import held_applications


def inconsistent_groups() -> QuerySet[Group]:
    """Groups whose count of taken seats is not that of the people who hold one."""
    seated = Application.objects.filter(group=OuterRef("pk"), status__in=SEATED)
    offered = WaitingPlace.objects.filter(group=OuterRef("pk"), state=PlaceState.OFFERED)
    seats = [
        Coalesce(Subquery(rows.order_by().values("group").annotate(count=Count("pk")).values("count")), 0)
        for rows in (seated, offered)
    ]
    return Group.objects.annotate(held=seats[0] + seats[1]).exclude(seats_taken=F("held"))


def inconsistent_places() -> QuerySet[WaitingPlace]:
    """Live places of applications that do not wait."""
    return WaitingPlace.objects.filter(state__in=LIVE_PLACES).exclude(application__status=Status.WAITING)


def inconsistent_waiting() -> QuerySet[Application]:
    """Applications that wait and stand in no list."""
    places = WaitingPlace.objects.filter(application=OuterRef("pk"), state__in=LIVE_PLACES)
    return Application.objects.filter(~Exists(places), status=Status.WAITING)


def inconsistent_holds() -> QuerySet[Application]:
    """Applications that ended and for which money is still held."""
    return Application.objects.filter(number__in=held_applications()).exclude(status__in=OPEN)
