"""What is done with tests: taking them; loading, publishing and retiring banks and thresholds."""

from stars.assessments.operations.banks import discard_bank, load_bank, publish_bank, retire_bank
from stars.assessments.operations.level_rules import draft_rules, publish_rules, retire_rules
from stars.assessments.operations.looks import note_summary
from stars.assessments.operations.publishing import AlreadyPublished, DraftGone, NotOffered, OfferChanged
from stars.assessments.operations.results import NothingOffered, result_of, rules_in_force
from stars.assessments.operations.taking import (
    Finished,
    NoSuchItem,
    NotTheirs,
    OffScale,
    Unanswered,
    answer,
    answer_page,
    finish,
    note_foreign_look,
    start,
)

__all__ = [
    "AlreadyPublished",
    "DraftGone",
    "Finished",
    "NoSuchItem",
    "NotOffered",
    "NotTheirs",
    "NothingOffered",
    "OffScale",
    "OfferChanged",
    "Unanswered",
    "answer",
    "answer_page",
    "discard_bank",
    "draft_rules",
    "finish",
    "load_bank",
    "note_foreign_look",
    "note_summary",
    "publish_bank",
    "publish_rules",
    "result_of",
    "retire_bank",
    "retire_rules",
    "rules_in_force",
    "start",
]
