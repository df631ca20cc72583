"""Everything that refers to a person, and what becomes of it when two persons turn out to be one.

A test walks over the tables themselves and fails until a table of tomorrow has its line here.
"""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What a merge does to the rows of the merged person."""

    # Each row goes over to the kept person.
    MOVED = "moved"
    # Rows that the kept person has alike are dropped, the others go over.
    MOVED_ONCE = "moved once"
    # An operation of its own in `operations/moving.py`.
    OWN_RULE = "own rule"
    # Says what was done and by whom at the time, or is a copy of a history: it stays as it was.
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a person; `alike` are the columns that with the person make a row unique."""

    model: str
    column: str
    fate: Fate
    alike: tuple[str, ...] = ()


REFERENCES: tuple[Reference, ...] = (
    Reference("people.PersonIdentifier", "person", Fate.OWN_RULE),
    Reference("people.Profile", "person", Fate.OWN_RULE),
    Reference("people.Person", "merged_into", Fate.OWN_RULE),
    Reference("people.Consent", "person", Fate.MOVED_ONCE, ("document", "version")),
    Reference("people.EmailConfirmation", "person", Fate.MOVED),
    Reference("people.FormDraft", "person", Fate.MOVED_ONCE, ("form",)),
    Reference("catalogue.Favourite", "person", Fate.MOVED_ONCE, ("programme_id",)),
    Reference("catalogue.MutedReason", "person", Fate.MOVED_ONCE, ("reason",)),
    Reference("organisations.Membership", "person", Fate.OWN_RULE),
    Reference("applications.Application", "applicant", Fate.OWN_RULE),
    Reference("enrolments.Enrolment", "person", Fate.MOVED),
    Reference("funding.LearningAccount", "person", Fate.OWN_RULE),
    Reference("assessments.Attempt", "person", Fate.MOVED),
    Reference("notices.Delivery", "person_id", Fate.MOVED),
    Reference("notices.NoticePreference", "person_id", Fate.MOVED_ONCE, ("category",)),
    Reference("merging.MergeProposal", "kept", Fate.LEFT),
    Reference("merging.MergeProposal", "merged", Fate.LEFT),
)
