"""Looks at persons, which leave an event behind."""

from collections.abc import Iterable

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.people.models import Person


def note_search(found: Iterable[Person], *, by: Actor) -> None:
    """Record that somebody looked for a person, and who was shown; never what was typed."""
    by.must(Permission.PERSON_MERGE)
    audit.record("person.searched", by=by, details={"found": [str(person.pk) for person in found]})


def note_list(shown: Iterable[Person], *, by: Actor) -> None:
    """Record whose names stood in a list of proposals."""
    by.must(Permission.PERSON_MERGE)
    named = [str(person.pk) for person in shown]
    if named:
        audit.record("person.listed", by=by, details={"people": named})


def note_view(*people: Person, by: Actor) -> None:
    """Record that what these people have was looked at."""
    by.must(Permission.PERSON_MERGE)
    for person in people:
        audit.record("person.viewed", by=by, subject="person", subject_id=person.pk)
