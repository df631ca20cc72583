"""Reads of applications."""

from stars.applications.queries.facts import facts_about, findings_for, read
from stars.applications.queries.leaving import consequence_of
from stars.applications.queries.own import (
    NotYours,
    applications_of,
    drafts_of,
    open_applications_of,
    own_application,
    own_draft,
    with_story,
)
from stars.applications.queries.places import (
    choices_for,
    group_of_programme,
    live_offers,
    named_groups,
    places_of,
    usual_wait,
    waiting_list,
)

__all__ = [
    "NotYours",
    "applications_of",
    "choices_for",
    "consequence_of",
    "drafts_of",
    "facts_about",
    "findings_for",
    "group_of_programme",
    "live_offers",
    "named_groups",
    "open_applications_of",
    "own_application",
    "own_draft",
    "places_of",
    "read",
    "usual_wait",
    "waiting_list",
    "with_story",
]
