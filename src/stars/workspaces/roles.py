"""In which role somebody works in this session: as themselves, or for an organisation."""

from django.http import HttpRequest

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.organisations import queries as organisations
from stars.people.models import Person

MEMBERSHIP = "membership"

# Where each role begins its work.
HOME: dict[Role, str] = {
    Role.CITIZEN: "citizen:home",
    Role.INSTITUTION_OFFICER: "institution:home",
    Role.INSTITUTION_ADMIN: "institution:home",
    Role.AGENCY_OFFICER: "agency:home",
    Role.AGENCY_ADMIN: "agency:home",
    Role.MINISTRY_OFFICER: "agency:home",
    Role.MINISTRY_ADMIN: "agency:home",
}


def actor_of(request: HttpRequest, person: Person) -> Actor:
    """The actor of this request. A membership that ended meanwhile turns its person into a resident again."""
    membership_id = request.session.get(MEMBERSHIP)
    if membership_id is not None:
        acting = organisations.acting(person, membership_id)
        if acting is not None:
            return acting
        del request.session[MEMBERSHIP]
    return Actor(Role.CITIZEN, person.pk, str(person))


def choose(request: HttpRequest, person: Person, membership_id: int | None) -> Actor | None:
    """Work by this membership from now on, as oneself with None; returns None, changing nothing, when it is not theirs.

    The session's key changes with the rights that it carries.
    """
    if membership_id is None:
        request.session.pop(MEMBERSHIP, None)
    else:
        if organisations.acting(person, membership_id) is None:
            return None
        request.session[MEMBERSHIP] = membership_id
    request.session.cycle_key()
    return actor_of(request, person)
