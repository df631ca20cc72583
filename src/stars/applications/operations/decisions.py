"""What the source's authority decides about a submitted application."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications.enums import Action
from stars.applications.models import Application
from stars.applications.operations.perform import locked, perform


@transaction.atomic
def confirm(application: Application, *, by: Actor) -> Application:
    """The authority found the person eligible. Raises `TransitionNotAllowed`."""
    return perform(Action.CONFIRM, locked(application), by=by)
