"""Learning accounts, the ledger, budgets of rounds, dated rules of the sources."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Public money, entry by entry."""

    name = "stars.funding"
    label = "funding"
