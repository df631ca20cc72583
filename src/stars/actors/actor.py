"""The actor: person, role and, later, the organisation and on whose behalf."""

from dataclasses import dataclass
from uuid import UUID

from stars.actors.permissions import ROLE_PERMISSIONS, Permission, Role


class NotPermitted(Exception):
    """The actor lacks the permission that the operation needs."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and in which role. `label` is what audit and timelines show; it holds no personal code."""

    role: Role
    person_id: UUID | None = None
    label: str = ""

    def may(self, permission: Permission) -> bool:
        """True when the role includes the permission."""
        return permission in ROLE_PERMISSIONS[self.role]

    def must(self, permission: Permission) -> None:
        """Raise `NotPermitted` unless the role includes the permission."""
        if not self.may(permission):
            raise NotPermitted(permission)


ANONYMOUS = Actor(role=Role.ANONYMOUS)
SYSTEM = Actor(role=Role.SYSTEM, label="STARS")
