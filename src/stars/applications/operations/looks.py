"""That staff looked at people's data: one event for a person's page, one for a list or a file with everybody on it."""

from collections.abc import Iterable

from stars.actors.actor import Actor
from stars.applications.models import Application
from stars.audit import operations as audit


def note_look(application: Application, *, by: Actor) -> None:
    """Somebody opened a person's application."""
    audit.record("application.viewed", by=by, subject="application", subject_id=application.pk)


def note_list(applications: Iterable[Application], *, by: Actor, what: str = "listed") -> None:
    """Somebody saw these applications in a list, or took them along in a file (`what` "exported")."""
    shown = [application.pk for application in applications]
    if shown:
        audit.record(f"applications.{what}", by=by, subject="applications", details={"ids": shown})
