"""How long things usually take: measured from what was decided lately, else the source's parameter."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncDate

from stars.applications.enums import Action
from stars.applications.models import Decision
from stars.common import clock
from stars.common.workdays import workdays_between
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES

_LATELY = timedelta(days=90)
_KEPT_SECONDS = 3600


def check_workdays(scheme: str) -> int:
    """Workdays from submission to the authority's decision: the median of the last 90 days, kept for an hour."""
    key = f"usual-check:{scheme}"
    days: int | None = cache.get(key)
    if days is None:
        measured = _median_check(scheme)
        days = SCHEMES[SchemeCode(scheme)].parameters.check_workdays if measured is None else measured
        cache.set(key, days, _KEPT_SECONDS)
    return days


def _median_check(scheme: str) -> int | None:
    """None without decisions. A decision on the day of the application counts as one workday."""
    pairs = (
        Decision.objects.filter(
            action__in=[Action.CONFIRM, Action.REFUSE],
            at__gte=clock.now() - _LATELY,
            application__scheme=scheme,
            application__submitted_at__isnull=False,
        )
        .annotate(begun=TruncDate("application__submitted_at"), ended=TruncDate("at"))
        .values_list("begun", "ended")
        .annotate(count=Count("pk"))
        .order_by("begun", "ended")
    )
    took = sorted((max(1, workdays_between(begun, ended)), count) for begun, ended, count in pairs)
    half = sum(count for _, count in took) / 2
    passed = 0
    for days, count in took:
        passed += count
        if passed >= half:
            return days
    return None
