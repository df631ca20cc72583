"""Looks at who belongs to an organisation, which leave an event behind."""

from collections.abc import Iterable

from stars.actors.actor import Actor
from stars.audit import operations as audit
from stars.organisations.models import Invitation, Organisation
from stars.organisations.operations.invitations import InvitationNotValid, hashed
from stars.organisations.queries import valid_invitations


def note_look(organisation: Organisation, person_ids: Iterable[object], *, by: Actor) -> None:
    """Record that the actor saw these members of the organisation."""
    audit.record(
        "members.viewed",
        by=by,
        subject="organisation",
        subject_id=organisation.pk,
        details={"people": [str(person_id) for person_id in person_ids]},
    )


def open_invitation(token: str) -> Invitation:
    """The invitation of a link, with its organisation. Raises `InvitationNotValid`."""
    found = valid_invitations().select_related("organisation").filter(token_hash=hashed(token)).first()
    if found is None:
        raise InvitationNotValid
    return found
