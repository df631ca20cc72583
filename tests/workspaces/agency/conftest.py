"""Officers of the authorities at their work place."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.world import make_staff

from stars.actors.actor import Actor


@pytest.fixture
def officer(catalogue_lists: None) -> Actor:
    """Works at the agency."""
    return make_staff(1, "agency")


@pytest.fixture
def desk(officer: Actor, at_work: Callable[[Actor], Client]) -> Client:
    """The agency officer's browser."""
    return at_work(officer)


@pytest.fixture
def ministry(catalogue_lists: None, at_work: Callable[[Actor], Client]) -> Client:
    """Browser of an officer of the ministry, who manages its own source."""
    return at_work(make_staff(50, "ministry"))
