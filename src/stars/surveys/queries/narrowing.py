"""Whether filters may narrow a report: who subtracts it from a wider one must not be left with a few people."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import combinations

from django.db.models import Count
from django.db.models.functions import TruncQuarter

from stars.common.suppression import LEAST
from stars.surveys.models import Invitation, SurveyVersion
from stars.surveys.types import ReportFilter

# What filters can ask for, in the order of a group; the period is the day on which the quarter begins.
NAMES = ("municipality", "age_group", "scheme", "period")
Group = tuple[Hashable, ...]
_LONGEST_QUARTER = timedelta(days=93)


def groups_of(version: SurveyVersion) -> dict[Group, int]:
    """How many sent the survey, by everything that filters can ask for; one read."""
    sent = Invitation.objects.filter(version=version, submitted_at__isnull=False).order_by()
    kinds = sent.annotate(quarter=TruncQuarter("submitted_at")).values_list(
        "municipality", "age_group", "application__scheme", "quarter"
    )
    return {(*group,): number for *group, number in kinds.annotate(number=Count("pk"))}


def gives_away(groups: Mapping[Group, int], wanted: ReportFilter) -> bool:
    """Whether the narrowed report, subtracted from wider ones or its neighbours, would tell of fewer than five people.

    Every wider report counts: one that was held back could be had by a filter that leaves nobody out.
    """
    used = [name for name in NAMES if getattr(wanted, name)]
    wider = (names for size in range(1, len(used) + 1) for names in combinations(used, size))
    return any(_stands_out(groups, wanted, names, name) for names in wider for name in names)


def _stands_out(groups: Mapping[Group, int], wanted: ReportFilter, names: tuple[str, ...], name: str) -> bool:
    """Whether what one filter asks for has to be hidden among its neighbours, the other filters as they are."""
    within = {
        group: number
        for group, number in groups.items()
        if all(_fits(group, wanted, other) for other in names if other != name)
    }
    place = NAMES.index(name)
    if name != "period":
        return getattr(wanted, name) in _hidden(_counted((group[place], n) for group, n in within.items()))
    assert wanted.period
    first, after = wanted.period
    quarters = _counted((group[place], number) for group, number in within.items())
    if first.year in _hidden(_counted((_year(quarter), number) for quarter, number in quarters.items())):
        return True
    beside = _counted((quarter, n) for quarter, n in quarters.items() if _year(quarter) == first.year)
    return after - first <= _LONGEST_QUARTER and first in _hidden(beside)


def _hidden(counts: Mapping[Hashable, int]) -> set[Hashable]:
    """What is too small, and the smallest others, until those who are hidden are together enough people."""
    hidden: set[Hashable] = set()
    together = 0
    for each in sorted(counts, key=lambda one: (counts[one], repr(one))):
        if counts[each] >= LEAST and (not together or together >= LEAST):
            break
        hidden.add(each)
        together += counts[each]
    return hidden


def _counted(pairs: Iterable[tuple[Hashable, int]]) -> Counter[Hashable]:
    counts: Counter[Hashable] = Counter()
    for each, number in pairs:
        counts[each] += number
    return counts


def _year(quarter: Hashable) -> int:
    assert isinstance(quarter, datetime)
    return quarter.year


def _fits(group: Group, wanted: ReportFilter, name: str) -> bool:
    value = group[NAMES.index(name)]
    if name == "period":
        assert wanted.period
        return isinstance(value, datetime) and wanted.period[0] <= value < wanted.period[1]
    return bool(value == getattr(wanted, name))
