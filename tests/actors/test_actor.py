"""Who may do what."""

import pytest

from stars.actors.actor import ANONYMOUS, SYSTEM, Actor, NotPermitted
from stars.actors.permissions import Permission, Role

CITIZEN = Actor(Role.CITIZEN)
ALLOWED = {
    ANONYMOUS: set(),
    CITIZEN: {Permission.PROFILE_EDIT, Permission.APPLICATION_FILL},
    SYSTEM: {Permission.CATALOGUE_MANAGE, Permission.APPLICATION_CHECK},
}


@pytest.mark.parametrize("actor", ALLOWED, ids=lambda actor: actor.role.value)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_and_each_permission(actor: Actor, permission: Permission) -> None:
    allowed = permission in ALLOWED[actor]
    assert actor.may(permission) is allowed
    if allowed:
        actor.must(permission)
    else:
        with pytest.raises(NotPermitted) as refusal:
            actor.must(permission)
        assert refusal.value.permission is permission
