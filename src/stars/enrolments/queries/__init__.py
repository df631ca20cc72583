"""Reads of learning."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from stars.applications.enums import LIVE_PLACES, Status
from stars.applications.models import Application, WaitingPlace
from stars.applications.queries import consequence_of
from stars.applications.queries.leaving import Consequence
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment


def enrolment_of(application: Application) -> Enrolment | None:
    """The learning that followed the application, if a contract was noted."""
    return Enrolment.objects.filter(application=application).select_related("group").first()


def enrolments_in(group: Group) -> QuerySet[Enrolment]:
    """Everybody who learns or learned in the group, by name."""
    return (
        Enrolment.objects.filter(group=group)
        .select_related("application", "person", "group")
        .order_by("person__family_name", "person__given_name", "pk")
    )


def leaving_costs(application: Application) -> Consequence:
    """What leaving would cost now. Raises `TransitionNotAllowed`."""
    learning = Enrolment.objects.filter(
        application=application, status=EnrolmentStatus.LEARNING, group__starts_on__lte=clock.today()
    )
    return consequence_of(application, learning=learning.exists())


def cancelled_with_people() -> QuerySet[Group]:
    """Cancelled groups to which somebody still belongs: settling was interrupted, or somebody was confirmed later."""
    held = Application.objects.filter(status__in=[Status.ADMITTED, Status.ELIGIBLE], group__isnull=False)
    waiting = WaitingPlace.objects.filter(state__in=LIVE_PLACES)
    return (
        Group.objects.filter(status=GroupStatus.CANCELLED)
        .filter(Q(pk__in=held.values("group")) | Q(pk__in=waiting.values("group")))
        .order_by("pk")
    )


def belonging_to(group: Group) -> QuerySet[Application]:
    """Whom the cancelling of the group concerns: admitted to it, to be admitted, or waiting for it."""
    held = Q(group=group, status__in=[Status.ADMITTED, Status.ELIGIBLE])
    waiting = Q(pk__in=WaitingPlace.objects.filter(group=group, state__in=LIVE_PLACES).values("application"))
    return Application.objects.filter(held | waiting).order_by("pk")


def enrolments_by_application(group: Group, applications: Iterable[Application]) -> dict[int, Enrolment]:
    """The learning in the group that followed each of the applications, by the application's key.

    A contract with an earlier group, which was cancelled, is no contract with this one.
    """
    keys = [application.pk for application in applications]
    rows = Enrolment.objects.filter(application__in=keys, group=group)
    return {row.application_id: row for row in rows}
