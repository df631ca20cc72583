"""Tables of self-assessment: banks and thresholds that never change once published, attempts, answers, results."""

from stars.assessments.models.attempts import Answer, Attempt
from stars.assessments.models.banks import OWN_SOURCE, Item, ItemBank
from stars.assessments.models.level_rules import LevelRules
from stars.assessments.models.results import Result

__all__ = [
    "OWN_SOURCE",
    "Answer",
    "Attempt",
    "Item",
    "ItemBank",
    "LevelRules",
    "Result",
]
