"""Reads of applications."""

from stars.applications.queries.facts import facts_about, findings_for
from stars.applications.queries.leaving import consequence_of, interruptions_of
from stars.applications.queries.own import (
    NotYours,
    applications_of,
    drafts_of,
    open_applications_of,
    own_application,
    own_draft,
    with_story,
)
from stars.applications.queries.places import choices_for, live_offers, places_of, usual_wait, waiting_list

__all__ = [
    "NotYours",
    "applications_of",
    "choices_for",
    "consequence_of",
    "drafts_of",
    "facts_about",
    "findings_for",
    "interruptions_of",
    "live_offers",
    "open_applications_of",
    "own_application",
    "own_draft",
    "places_of",
    "usual_wait",
    "waiting_list",
    "with_story",
]
