"""What the source's authority decides about a submitted application."""

from stars.applications.operations.decisions.confirming import confirm, figures_of
from stars.applications.operations.decisions.refusing import lapse_corrections, last_refusal, refuse
from stars.applications.operations.decisions.reopening import NotReopenable, SameOfficer, reopen
from stars.applications.operations.decisions.returning import UnknownFields, send_back

__all__ = [
    "NotReopenable",
    "SameOfficer",
    "UnknownFields",
    "confirm",
    "figures_of",
    "lapse_corrections",
    "last_refusal",
    "refuse",
    "reopen",
    "send_back",
]
