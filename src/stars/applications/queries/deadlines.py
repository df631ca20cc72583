"""Deadlines that come soon, and whom they are for."""

from datetime import datetime, time, timedelta

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate, make_aware

from stars.applications.enums import OPEN, PlaceState, Status
from stars.applications.models import Application, WaitingPlace
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import GroupOffer
from stars.common.workdays import add_workdays

_CORRECTION_WORKDAYS = 2
_ROUND_DAYS = 2


def offers_ending(now: datetime) -> QuerySet[WaitingPlace]:
    """Live offers of earlier days that run out by the end of tomorrow."""
    return (
        WaitingPlace.objects.filter(
            state=PlaceState.OFFERED,
            offered_at__lt=_midnight(now),
            offer_due_at__gt=now,
            offer_due_at__lt=_midnight(now, days=2),
        )
        .select_related("group", "application__applicant", "application__programme__institution")
        .order_by("pk")
    )


def corrections_ending(now: datetime) -> QuerySet[Application]:
    """Returned applications that are due by the end of the second workday from today."""
    last = add_workdays(localdate(now), _CORRECTION_WORKDAYS)
    days = (last - localdate(now)).days + 1
    return _with_people(
        Application.objects.filter(
            status=Status.RETURNED, correction_due_at__gt=now, correction_due_at__lt=_midnight(now, days=days)
        )
    )


def regroups_ending(now: datetime) -> QuerySet[Application]:
    """Applications that have to be given another group by the end of tomorrow."""
    return _with_people(
        Application.objects.filter(
            status__in=OPEN, regroup_due_at__gt=now, regroup_due_at__lt=_midnight(now, days=2)
        )
    )


def drafts_of_closing_rounds(now: datetime) -> list[tuple[Application, datetime]]:
    """Drafts that could still be sent, with the moment until which: the last round for them closes within two days.

    Left out is whoever has another open application in the source, or for the programme: they cannot send it.
    """
    drafts = (
        list(_with_people(Application.objects.filter(status=Status.DRAFT)).exclude(applicant__email=""))
        if _some_round_closes(now)
        else []
    )
    closing = _last_closings(now, {draft.programme_id for draft in drafts})
    opened = set(
        Application.objects.filter(
            status__in=OPEN, applicant__in={draft.applicant_id for draft in drafts}
        ).values_list("applicant", "scheme", "programme")
    )
    in_scheme = {(person, scheme) for person, scheme, _programme in opened}
    for_programme = {(person, programme) for person, _scheme, programme in opened}
    return [
        (draft, until)
        for draft in drafts
        if (until := closing.get((draft.scheme, draft.programme_id)))
        and (draft.applicant_id, draft.scheme) not in in_scheme
        and (draft.applicant_id, draft.programme_id) not in for_programme
    ]


def _some_round_closes(now: datetime) -> bool:
    soon = now + timedelta(days=_ROUND_DAYS)
    return GroupOffer.objects.filter(round__closes_at__gt=now, round__closes_at__lte=soon).exists()


def _last_closings(now: datetime, programmes: set[int]) -> dict[tuple[str, int], datetime]:
    """When the last round in which a source pays for a programme closes, where that is within two days."""
    rows = (
        GroupOffer.objects.filter(
            group__programme__in=programmes,
            group__status=GroupStatus.PUBLISHED,
            round__opens_at__lte=now,
            round__closes_at__gt=now,
        )
        .values_list("round__scheme", "group__programme")
        .annotate(last=Max("round__closes_at"))
        .order_by("round__scheme", "group__programme")
    )
    soon = now + timedelta(days=_ROUND_DAYS)
    return {(scheme, programme): last for scheme, programme, last in rows if last <= soon}


def _with_people(applications: QuerySet[Application]) -> QuerySet[Application]:
    return applications.select_related("applicant", "programme__institution").order_by("pk")


def _midnight(now: datetime, *, days: int = 0) -> datetime:
    """The moment in Riga at which the day begins that comes so many days after today."""
    return make_aware(datetime.combine(localdate(now) + timedelta(days=days), time()))
