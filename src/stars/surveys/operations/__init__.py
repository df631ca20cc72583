"""Everything that writes surveys."""

from stars.surveys.operations.answering import (
    AlreadySent,
    Closed,
    NotTheirs,
    Unanswered,
    UnfitAnswer,
    answer,
    note_foreign_look,
    submit,
)
from stars.surveys.operations.definitions import (
    AlreadyPublished,
    DraftGone,
    NotPublished,
    Outdated,
    discard,
    load,
    note_report,
    publish,
    retire,
)
from stars.surveys.operations.invitations import open_due, open_for, remind

__all__ = [
    "AlreadyPublished",
    "AlreadySent",
    "Closed",
    "DraftGone",
    "NotPublished",
    "NotTheirs",
    "Outdated",
    "Unanswered",
    "UnfitAnswer",
    "answer",
    "discard",
    "load",
    "note_foreign_look",
    "note_report",
    "open_due",
    "open_for",
    "publish",
    "remind",
    "retire",
    "submit",
]
