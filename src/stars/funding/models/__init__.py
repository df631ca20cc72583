"""Tables of money. Only `stars.funding` imports them."""

from stars.funding.models.accounts import LearningAccount
from stars.funding.models.budgets import RoundBudget
from stars.funding.models.corrections import CorrectionProposal
from stars.funding.models.ledger import LedgerEntry
from stars.funding.models.rules import SchemeRules

__all__ = ["CorrectionProposal", "LearningAccount", "LedgerEntry", "RoundBudget", "SchemeRules"]
