"""The actor: person, role, and for staff the organisation in whose name they act and the sources they decide on."""

from dataclasses import dataclass
from uuid import UUID

from stars.actors.permissions import ROLE_PERMISSIONS, Permission, Role


class NotPermitted(Exception):
    """The actor lacks the permission that the operation needs."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


class OutOfScope(Exception):
    """The actor holds the permission, but not for this row: another institution's, or another source's."""


class OwnAffair(Exception):
    """Nobody decides on their own application."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and in which role. `label` is what audit and timelines show; it holds no personal code.

    Staff act for the organisation `organisation_id`, called `organisation`; `schemes` are the codes of the funding
    sources that they decide on. For everybody else both are empty.
    """

    role: Role
    person_id: UUID | None = None
    label: str = ""
    organisation_id: int | None = None
    organisation: str = ""
    schemes: frozenset[str] = frozenset()

    @property
    def is_staff(self) -> bool:
        """True for somebody who acts for an organisation."""
        return self.organisation_id is not None

    def may(self, permission: Permission) -> bool:
        """True when the role includes the permission."""
        return permission in ROLE_PERMISSIONS[self.role]

    def must(self, permission: Permission) -> None:
        """Raise `NotPermitted` unless the role includes the permission."""
        if not self.may(permission):
            raise NotPermitted(permission)

    def must_decide_on(self, scheme: str) -> None:
        """Raise `OutOfScope` when the actor is staff who do not decide on the source."""
        if self.is_staff and scheme not in self.schemes:
            raise OutOfScope

    def must_act_for(self, organisation_id: int) -> None:
        """Raise `OutOfScope` when the actor is staff of another organisation."""
        if self.is_staff and organisation_id != self.organisation_id:
            raise OutOfScope

    def must_not_be(self, person_id: UUID) -> None:
        """Raise `OwnAffair` when the decision would be about the actor."""
        if self.person_id == person_id:
            raise OwnAffair


ANONYMOUS = Actor(role=Role.ANONYMOUS)
SYSTEM = Actor(role=Role.SYSTEM, label="STARS")
