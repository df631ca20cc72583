"""Everything that writes applications."""

from stars.applications.operations.bulk import MOST_AT_ONCE, Decided, Outcome, decide_many
from stars.applications.operations.corrections import CorrectionOver, StillWrong, resubmit
from stars.applications.operations.decisions import (
    NotReopenable,
    ReasonOwed,
    SameOfficer,
    UnknownFields,
    confirm,
    lapse_corrections,
    refuse,
    reopen,
    send_back,
)
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
from stars.applications.operations.registers import ask_again
from stars.applications.operations.submission import (
    AlreadyOpen,
    ApplicationPeriodOver,
    NotEligible,
    StepsUnfilled,
    submit,
    withdraw,
)

__all__ = [
    "MOST_AT_ONCE",
    "AlreadyOpen",
    "ApplicationPeriodOver",
    "CorrectionOver",
    "Decided",
    "DraftGone",
    "NotADraft",
    "NotEligible",
    "NotReopenable",
    "Outcome",
    "ProgrammeGone",
    "ReasonOwed",
    "SameOfficer",
    "SourceClosed",
    "StepsUnfilled",
    "StillWrong",
    "UnknownFields",
    "ask_again",
    "confirm",
    "decide_many",
    "discard",
    "keep_step",
    "lapse_corrections",
    "note_foreign_look",
    "refuse",
    "reopen",
    "resubmit",
    "send_back",
    "start",
    "submit",
    "withdraw",
]
