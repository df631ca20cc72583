"""Proposing that two persons are one, and making them one."""

from stars.merging.operations.looking import note_list, note_search, note_view
from stars.merging.operations.proposals import (
    AlreadyProposed,
    AlreadySettled,
    MustBeSettledFirst,
    SameOfficer,
    SamePerson,
    decline,
    propose,
    propose_found,
    settle,
)

__all__ = [
    "AlreadyProposed",
    "AlreadySettled",
    "MustBeSettledFirst",
    "SameOfficer",
    "SamePerson",
    "decline",
    "note_list",
    "note_search",
    "note_view",
    "propose",
    "propose_found",
    "settle",
]
