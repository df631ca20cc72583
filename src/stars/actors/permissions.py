"""What can be permitted, and what each role may do."""

from enum import StrEnum


class Role(StrEnum):
    """The hat somebody wears in this request."""

    ANONYMOUS = "anonymous"
    CITIZEN = "citizen"
    SYSTEM = "system"


class Permission(StrEnum):
    """One thing that can be allowed."""

    PROFILE_EDIT = "profile.edit"
    CATALOGUE_MANAGE = "catalogue.manage"
    APPLICATION_FILL = "application.fill"
    APPLICATION_CHECK = "application.check"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ANONYMOUS: frozenset(),
    Role.CITIZEN: frozenset({Permission.PROFILE_EDIT, Permission.APPLICATION_FILL}),
    Role.SYSTEM: frozenset({Permission.CATALOGUE_MANAGE, Permission.APPLICATION_CHECK}),
}
