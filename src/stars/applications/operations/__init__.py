"""Everything that writes applications."""

from stars.applications.operations.admission import admit, not_admit, wait
from stars.applications.operations.bulk import MOST_AT_ONCE, Decided, Outcome, decide_many
from stars.applications.operations.corrections import CorrectionOver, StillWrong, resubmit
from stars.applications.operations.decisions import (
    NotReopenable,
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
    OutsideLevel,
    ProgrammeGone,
    SourceClosed,
    discard,
    keep_step,
    note_foreign_look,
    note_strange_group,
    start,
)
from stars.applications.operations.leaving import leave
from stars.applications.operations.perform import ReasonOwed
from stars.applications.operations.registers import ask_again
from stars.applications.operations.regrouping import (
    close_begun_lists,
    lapse_regroups,
    regroup,
)
from stars.applications.operations.seats import (
    GroupNotOpen,
    NoSeatFree,
    NotChosen,
    OfferOver,
    OthersWait,
)
from stars.applications.operations.submission import (
    AlreadyOpen,
    ApplicationPeriodOver,
    NotEligible,
    StepsUnfilled,
    submit,
    withdraw,
)
from stars.applications.operations.waiting import (
    accept,
    decline,
    give_up_place,
    join,
    lapse_offers,
    offer_freed_seats,
)

__all__ = [
    "MOST_AT_ONCE",
    "AlreadyOpen",
    "ApplicationPeriodOver",
    "CorrectionOver",
    "Decided",
    "DraftGone",
    "GroupNotOpen",
    "NoSeatFree",
    "NotADraft",
    "NotChosen",
    "NotEligible",
    "NotReopenable",
    "OfferOver",
    "OthersWait",
    "Outcome",
    "OutsideLevel",
    "ProgrammeGone",
    "ReasonOwed",
    "SameOfficer",
    "SourceClosed",
    "StepsUnfilled",
    "StillWrong",
    "UnknownFields",
    "accept",
    "admit",
    "ask_again",
    "close_begun_lists",
    "confirm",
    "decide_many",
    "decline",
    "discard",
    "give_up_place",
    "join",
    "keep_step",
    "lapse_corrections",
    "lapse_offers",
    "lapse_regroups",
    "leave",
    "not_admit",
    "note_foreign_look",
    "note_strange_group",
    "offer_freed_seats",
    "refuse",
    "regroup",
    "reopen",
    "resubmit",
    "send_back",
    "start",
    "submit",
    "wait",
    "withdraw",
]
