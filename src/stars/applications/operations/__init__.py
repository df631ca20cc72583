"""Everything that writes applications."""

from stars.applications.operations.decisions import confirm
from stars.applications.operations.drafts import (
    DraftGone,
    NotADraft,
    ProgrammeGone,
    SourceClosed,
    discard,
    keep_step,
    note_foreign_look,
    start,
)
from stars.applications.operations.submission import (
    AlreadyOpen,
    ApplicationPeriodOver,
    NotEligible,
    StepsUnfilled,
    submit,
    withdraw,
)

__all__ = [
    "AlreadyOpen",
    "ApplicationPeriodOver",
    "DraftGone",
    "NotADraft",
    "NotEligible",
    "ProgrammeGone",
    "SourceClosed",
    "StepsUnfilled",
    "confirm",
    "discard",
    "keep_step",
    "note_foreign_look",
    "start",
    "submit",
    "withdraw",
]
