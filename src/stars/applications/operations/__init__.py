"""Everything that writes applications."""

from stars.applications.operations.admission import ReasonOwed, admit, not_admit, wait
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
from stars.applications.operations.leaving import leave
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
    "AlreadyOpen",
    "ApplicationPeriodOver",
    "DraftGone",
    "GroupNotOpen",
    "NoSeatFree",
    "NotADraft",
    "NotChosen",
    "NotEligible",
    "OfferOver",
    "OthersWait",
    "ProgrammeGone",
    "ReasonOwed",
    "SourceClosed",
    "StepsUnfilled",
    "accept",
    "admit",
    "close_begun_lists",
    "confirm",
    "decline",
    "discard",
    "give_up_place",
    "join",
    "keep_step",
    "lapse_offers",
    "lapse_regroups",
    "leave",
    "not_admit",
    "note_foreign_look",
    "offer_freed_seats",
    "regroup",
    "start",
    "submit",
    "wait",
    "withdraw",
]
