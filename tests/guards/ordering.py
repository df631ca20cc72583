"""Rows without an order come in any order."""

import random
from typing import Any

import pytest
from django.db.models import QuerySet


@pytest.fixture(autouse=True)
def unordered_rows_are_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever relies on an order must ask for it; the seed is that of the test run."""
    fetch = QuerySet._fetch_all

    def shuffled(self: QuerySet[Any]) -> None:
        is_fresh = self._result_cache is None
        fetch(self)
        if is_fresh and not self.ordered and self._result_cache:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)
