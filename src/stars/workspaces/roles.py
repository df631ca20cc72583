"""In which role somebody works in this session: as themselves, or for an organisation."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.actors.actor import Actor
from stars.actors.permissions import ROLE_PERMISSIONS, Permission, Role
from stars.audit import operations as audit
from stars.organisations import queries as organisations
from stars.organisations.models import Membership
from stars.people.models import Person

# In the session: the membership by which somebody works, and that there is something to choose at all, so that
# the pages of all the others ask nothing.
MEMBERSHIP, HAS_ROLES = "membership", "has_roles"

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
WORDS: dict[Role, str | Promise] = {
    Role.CITIZEN: _("resident"),
    Role.INSTITUTION_OFFICER: _("officer of the institution"),
    Role.INSTITUTION_ADMIN: _("administrator of the institution"),
    Role.AGENCY_OFFICER: _("officer of the agency"),
    Role.AGENCY_ADMIN: _("administrator of the agency"),
    Role.MINISTRY_OFFICER: _("officer of the ministry"),
    Role.MINISTRY_ADMIN: _("administrator of the ministry"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One role that can be chosen; `value` is what the form sends, "" for oneself."""

    value: str
    label: str | Promise
    organisation: str
    short_name: str
    role: Role
    current: bool


def actor_of(request: HttpRequest, person: Person) -> Actor:
    """The actor of this request. A membership that ended meanwhile turns its person into a resident again."""
    membership_id = request.session.get(MEMBERSHIP)
    if membership_id is not None:
        membership = _own(request, person, membership_id)
        if membership is not None:
            return organisations.actor_by(membership, person)
        del request.session[MEMBERSHIP]
        request.session.cycle_key()
    return Actor(Role.CITIZEN, person.pk, str(person))


def choose(request: HttpRequest, person: Person, membership_id: int | None) -> Actor | None:
    """Work by this membership from now on, as oneself with None; returns None, changing nothing, when it is not theirs.

    The session's key changes with the rights that it carries.
    """
    request.__dict__.pop("memberships", None)
    if membership_id is None:
        request.session.pop(MEMBERSHIP, None)
    else:
        if _own(request, person, membership_id) is None:
            return None
        request.session[MEMBERSHIP] = membership_id
        request.session[HAS_ROLES] = True
    request.session.cycle_key()
    actor = actor_of(request, person)
    audit.record("session.role-chosen", by=actor, subject="person", subject_id=person.pk)
    return actor


def begin(request: HttpRequest, person: Person) -> list[Membership]:
    """What can be chosen, read anew where needed; the session remembers whether there is anything."""
    found = _memberships(request, person)
    if found:
        request.session[HAS_ROLES] = True
    return found


def choices_for(request: HttpRequest) -> list[Choice]:
    """Everything that the person of this session can be, themselves first; empty for whoever is only a resident."""
    if not request.user.is_authenticated or not {MEMBERSHIP, HAS_ROLES} & request.session.keys():
        return []
    hats = [organisations.hat_of(membership) for membership in _memberships(request, request.user)]
    if not hats:
        return []
    current = request.session.get(MEMBERSHIP)
    oneself = Choice("", WORDS[Role.CITIZEN], "", "", Role.CITIZEN, current is None)
    return [
        oneself,
        *(
            Choice(
                value=str(hat.membership_id),
                label=WORDS[hat.role],
                organisation=hat.organisation,
                short_name=hat.short_name,
                role=hat.role,
                current=hat.membership_id == current,
            )
            for hat in hats
        ),
    ]


def choices_that_may(request: HttpRequest, permission: Permission) -> list[Choice]:
    """The other roles of the person that include the permission, those too that were given since the sign-in."""
    begin(request, request.user)  # type: ignore[arg-type]  # only asked for whoever is signed in
    return [
        choice
        for choice in choices_for(request)
        if not choice.current and permission in ROLE_PERMISSIONS[choice.role]
    ]


def _memberships(request: HttpRequest, person: Person) -> list[Membership]:
    """Read once for each request, and again when the role was changed."""
    kept: dict[Any, list[Membership]] = request.__dict__.setdefault("memberships", {})
    # By person: at a sign-in the request begins with one person and ends with another.
    if person.pk not in kept:
        kept[person.pk] = organisations.memberships_of(person.pk)
    return kept[person.pk]


def _own(request: HttpRequest, person: Person, membership_id: int) -> Membership | None:
    found = [membership for membership in _memberships(request, person) if membership.pk == membership_id]
    return found[0] if found else None
