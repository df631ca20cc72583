"""Who may act on an application: its applicant, or staff of the programme's institution."""

from stars.actors.actor import Actor, NotPermitted
from stars.actors.permissions import Permission
from stars.applications.models import Application


def must_be_applicant(application: Application, *, by: Actor) -> None:
    """Raise `NotPermitted` unless the actor is the applicant."""
    by.must(Permission.APPLICATION_FILL)
    if by.person_id != application.applicant_id:
        raise NotPermitted(Permission.APPLICATION_FILL)


def must_seat(application: Application, *, by: Actor) -> None:
    """Raise `NotPermitted`, `OutOfScope` or `OwnAffair` unless the actor may admit to the programme."""
    by.must(Permission.APPLICATION_ADMIT)
    by.must_act_for(application.programme.institution_id)
    by.must_not_be(application.applicant_id)
