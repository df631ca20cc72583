"""Reads of money. None takes a lock."""

from stars.funding.queries.accounts import (
    account_of,
    accounts_of,
    schemes_granted_twice,
    schemes_with_account,
    statement,
)
from stars.funding.queries.budgets import budget_of, budgets_of, round_standing
from stars.funding.queries.consistency import held_applications, inconsistent_accounts, inconsistent_budgets
from stars.funding.queries.corrections import (
    correctable_entries,
    payments_in_force,
    proposals,
    returns_for,
    returns_to,
)
from stars.funding.queries.rules import (
    account_schemes,
    parameters_of,
    rules_at,
    rules_coming,
    rules_for,
    rules_history,
    rules_version,
    version_of,
    versions_at,
)

__all__ = [
    "account_of",
    "account_schemes",
    "accounts_of",
    "budget_of",
    "budgets_of",
    "correctable_entries",
    "held_applications",
    "inconsistent_accounts",
    "inconsistent_budgets",
    "parameters_of",
    "payments_in_force",
    "proposals",
    "returns_for",
    "returns_to",
    "round_standing",
    "rules_at",
    "rules_coming",
    "rules_for",
    "rules_history",
    "rules_version",
    "schemes_granted_twice",
    "schemes_with_account",
    "statement",
    "version_of",
    "versions_at",
]
