"""Everything that writes learning."""

from stars.enrolments.operations.cancelling import GroupOver, cancel_group, settle_cancelled
from stars.enrolments.operations.consistency import look_for_inconsistencies
from stars.enrolments.operations.ending import complete, expel
from stars.enrolments.operations.learning import (
    ContractMissing,
    DayImpossible,
    HoursImpossible,
    NotAdmitted,
    NotLearning,
    OutcomeMissing,
    enrol,
    note_attendance,
    pay_begun,
)
from stars.enrolments.operations.leaving import leave, withdraw

__all__ = [
    "ContractMissing",
    "DayImpossible",
    "GroupOver",
    "HoursImpossible",
    "NotAdmitted",
    "NotLearning",
    "OutcomeMissing",
    "cancel_group",
    "complete",
    "enrol",
    "expel",
    "leave",
    "look_for_inconsistencies",
    "note_attendance",
    "pay_begun",
    "settle_cancelled",
    "withdraw",
]
