"""Reads of surveys."""

from stars.surveys.queries.own import (
    NotYours,
    answers_of,
    has_section,
    invitations_of,
    obligatory_unanswered,
    own_invitation,
)
from stars.surveys.queries.report import first_sent, municipalities_asked, report
from stars.surveys.queries.versions import known_version, offered, versions

__all__ = [
    "NotYours",
    "answers_of",
    "first_sent",
    "has_section",
    "invitations_of",
    "known_version",
    "municipalities_asked",
    "obligatory_unanswered",
    "offered",
    "own_invitation",
    "report",
    "versions",
]
