"""Reads of applications."""

from stars.applications.queries.facts import facts_about, findings_for
from stars.applications.queries.own import (
    NotYours,
    applications_of,
    drafts_of,
    open_applications_of,
    own_application,
    own_draft,
    with_story,
)

__all__ = [
    "NotYours",
    "applications_of",
    "drafts_of",
    "facts_about",
    "findings_for",
    "open_applications_of",
    "own_application",
    "own_draft",
    "with_story",
]
