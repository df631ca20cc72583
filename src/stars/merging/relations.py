"""Everything that refers to a person, and what becomes of it when two persons turn out to be one.

The walk is over the tables themselves, so that a table of tomorrow is found too; a test fails until it has its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db.models import ForeignKey, Model, UUIDField

from stars.people.models import Person


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
# Columns that hold an identity without a key, and say who acted; what was done stays said of whom it was said.
ACTED = {
    "actor_id",
    "second_actor_id",
    "set_by",
    "sent_by",
    "granted_by",
    "invited_by",
    "proposed_by",
    "settled_by",
}


def keys_to_persons() -> Iterator[tuple[str, str]]:
    """Every foreign key to a person, but those of the history tables, which the database's triggers write."""
    for model in _tables():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Person:
                yield model._meta.label, field.name


def identities_without_key() -> Iterator[tuple[str, str]]:
    """Every column of an identity that is no key: of tables that stand below persons, and of who acted."""
    for model in _tables():
        for field in model._meta.concrete_fields:
            if isinstance(field, UUIDField) and not field.primary_key and not field.unique:
                yield model._meta.label, field.name


def _tables() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("stars.") and not hasattr(model, "pgh_tracked_model"):
            yield model
