"""What is done with tests: taking them; loading, publishing and retiring banks and thresholds."""

from stars.assessments.operations.banks import AlreadyPublished, load_bank, publish_bank
from stars.assessments.operations.level_rules import draft_rules, publish_rules
from stars.assessments.operations.taking import (
    Finished,
    NoSuchItem,
    NothingOffered,
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
    "Finished",
    "NoSuchItem",
    "NotTheirs",
    "NothingOffered",
    "OffScale",
    "Unanswered",
    "answer",
    "answer_page",
    "draft_rules",
    "finish",
    "load_bank",
    "note_foreign_look",
    "publish_bank",
    "publish_rules",
    "start",
]
