"""Everything that writes applications."""

from stars.applications.operations.drafts import (
    NotADraft,
    ProgrammeGone,
    SourceClosed,
    discard,
    keep_step,
    note_foreign_look,
    start,
)
from stars.applications.operations.lifecycle import (
    AlreadyOpen,
    ApplicationPeriodOver,
    NotEligible,
    StepsUnfilled,
    confirm,
    submit,
    withdraw,
)

__all__ = [
    "AlreadyOpen",
    "ApplicationPeriodOver",
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
