"""Which programmes suit a person, and why: the personalised catalogue (manual 3.4).

Pure: plain values in, plain values out. A programme is shown for the field of learning chosen in the profile, for what
a test has shown, or for what was completed; everything else that the person has given decides the order. Each reason
has a code by which it can be muted; a muted reason neither shows nor counts, and a muted field is not recommended
from, whatever else speaks for it.
"""

from collections.abc import Iterable
from typing import Final

from stars.catalogue.documents import Entry
from stars.catalogue.recommendations.rules import BRINGING, MOVING, Rule, lacking, open_schemes
from stars.catalogue.recommendations.types import (
    Gap,
    Learned,
    Learner,
    Reason,
    ReasonKind,
    Recommendation,
)
from stars.common.folding import latvian_sort_key

__all__ = [
    "Gap",
    "Learned",
    "Learner",
    "Reason",
    "ReasonKind",
    "Recommendation",
    "recommend",
]

_NEVER: Final = "9999-12-31"
# What a reason adds to the rank. An open registration adds as much as the nearest place: without it nobody can apply.
# A chosen field weighs more than one gap: what the person asked for comes before what a test suggests.
_WEIGHTS: Final = {
    ReasonKind.FIELD: 3.0,
    ReasonKind.MUNICIPALITY: 4.0,
    ReasonKind.REGION: 2.0,
    ReasonKind.REMOTE: 1.5,
    ReasonKind.SOURCE: 2.5,
    ReasonKind.EDUCATION: 1.0,
    ReasonKind.LOW_INCOME: 2.0,
    ReasonKind.DIGITAL: 1.0,
    ReasonKind.FAVOURITE: 2.0,
    ReasonKind.GAP: 2.0,
    ReasonKind.LEVEL: 3.0,
    ReasonKind.NEXT: 2.5,
}
_OPEN: Final = 4.0
_EDUCATION_MISSING: Final = -6.0


def recommend(entries: Iterable[Entry], learner: Learner, *, now: float) -> list[Recommendation]:
    """The programmes that something speaks for, the most suitable first; ties by the next start, then by title."""
    ranked = [
        (_rank(recommendation, now), recommendation)
        for entry in entries
        if (recommendation := _judged(entry, learner, now)) is not None
    ]
    ranked.sort(key=lambda pair: pair[0])
    return [recommendation for _, recommendation in ranked]


def _judged(entry: Entry, learner: Learner, now: float) -> Recommendation | None:
    if entry.document.id in learner.behind or _is_of_another_level(entry, learner):
        return None
    if Reason(ReasonKind.FIELD, entry.document.field).code in learner.muted:
        return None
    brought = _unmuted(BRINGING, entry, learner, now)
    if not brought:
        return None
    moved = _unmuted(MOVING, entry, learner, now)
    return Recommendation(entry.document, (*brought, *moved), lacking(entry, learner))


def _unmuted(rules: Iterable[Rule], entry: Entry, learner: Learner, now: float) -> list[Reason]:
    found = (reason for rule in rules for reason in rule(entry, learner, now))
    return [reason for reason in found if reason.code not in learner.muted]


def _is_of_another_level(entry: Entry, learner: Learner) -> bool:
    """Behind the level test an application outside the level is refused, so nothing else is recommended there."""
    level = entry.document.varam_level
    return level is not None and learner.level is not None and level != learner.level


def _rank(recommendation: Recommendation, now: float) -> tuple[float, str, tuple[str, str, str], int]:
    programme = recommendation.programme
    score = sum(_WEIGHTS[reason.kind] for reason in recommendation.reasons)
    score += _OPEN if open_schemes(programme, now) else 0.0
    score += _EDUCATION_MISSING if recommendation.lacks_education else 0.0
    starts = [group.starts_on.isoformat() for group in programme.groups if group.starts_on]
    return -score, min(starts, default=_NEVER), latvian_sort_key(programme.title), programme.id
