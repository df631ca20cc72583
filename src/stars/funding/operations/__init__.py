"""Everything that moves money or sets what it is moved by."""

from stars.funding.operations.accounts import expire_accounts
from stars.funding.operations.budgets import BudgetBelowCommitted, set_budget
from stars.funding.operations.corrections import (
    NotCorrectable,
    SameOfficer,
    look_at,
    look_up,
    note_proposals,
    propose_correction,
    propose_return,
    settle_correction,
)
from stars.funding.operations.handover import hand_over
from stars.funding.operations.holds import AlreadyHeld, hold, pay, release
from stars.funding.operations.ledger import BudgetExceeded, FundsExceeded
from stars.funding.operations.reminders import remind_of_expiry
from stars.funding.operations.rounds import change_round, offer_groups, open_round
from stars.funding.operations.rules import InvalidRules, RulesChanged, set_rules

__all__ = [
    "AlreadyHeld",
    "BudgetBelowCommitted",
    "BudgetExceeded",
    "FundsExceeded",
    "InvalidRules",
    "NotCorrectable",
    "RulesChanged",
    "SameOfficer",
    "change_round",
    "expire_accounts",
    "hand_over",
    "hold",
    "look_at",
    "look_up",
    "note_proposals",
    "offer_groups",
    "open_round",
    "pay",
    "propose_correction",
    "propose_return",
    "release",
    "remind_of_expiry",
    "set_budget",
    "set_rules",
    "settle_correction",
]
