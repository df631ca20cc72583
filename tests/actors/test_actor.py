"""Who may do what."""

from uuid import uuid4

import pytest

from stars.actors.actor import ANONYMOUS, SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.actors.permissions import Permission, Role

CITIZEN = Actor(Role.CITIZEN)
INSTITUTION = {
    Permission.SESSION_USE,
    Permission.PROGRAMME_EDIT,
    Permission.APPLICATION_ADMIT,
    Permission.APPLICATION_CONCLUDE,
}
MINISTRY = {
    Permission.SESSION_USE,
    Permission.APPLICATION_CHECK,
    Permission.ROUND_MANAGE,
    Permission.ACCOUNT_CORRECT,
    Permission.TEST_MANAGE,
}
AGENCY = MINISTRY | {
    Permission.PROGRAMME_APPROVE,
    Permission.RULES_SET,
    Permission.PERSON_MERGE,
    Permission.TEST_MANAGE_ALL,
    Permission.SURVEY_MANAGE,
}
ALLOWED = {
    ANONYMOUS: set(),
    CITIZEN: {
        Permission.SESSION_USE,
        Permission.PROFILE_EDIT,
        Permission.APPLICATION_FILL,
        Permission.TEST_TAKE,
        Permission.SURVEY_ANSWER,
    },
    SYSTEM: set(Permission)
    - {
        Permission.SESSION_USE,
        Permission.PROFILE_EDIT,
        Permission.APPLICATION_FILL,
        Permission.TEST_TAKE,
        Permission.SURVEY_ANSWER,
        Permission.ACCOUNT_CORRECT,
        Permission.PERSON_MERGE,
        Permission.MEMBER_INVITE,
    },
    Actor(Role.INSTITUTION_OFFICER): INSTITUTION,
    Actor(Role.INSTITUTION_ADMIN): INSTITUTION | {Permission.MEMBER_INVITE},
    Actor(Role.AGENCY_OFFICER): AGENCY,
    Actor(Role.AGENCY_ADMIN): AGENCY | {Permission.MEMBER_INVITE, Permission.MEMBER_GRANT},
    Actor(Role.MINISTRY_OFFICER): MINISTRY,
    Actor(Role.MINISTRY_ADMIN): MINISTRY | {Permission.MEMBER_INVITE},
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


def test_staff_decide_on_their_sources_and_act_for_their_organisation_only() -> None:
    officer = Actor(Role.AGENCY_OFFICER, uuid4(), organisation_id=1, schemes=frozenset({"MN"}))
    officer.must_decide_on("MN")
    officer.must_act_for(1)
    with pytest.raises(OutOfScope):
        officer.must_decide_on("VARAM")
    with pytest.raises(OutOfScope):
        officer.must_act_for(2)


def test_nobody_decides_on_their_own_affair() -> None:
    person = uuid4()
    Actor(Role.AGENCY_OFFICER, person).must_not_be(uuid4())
    with pytest.raises(OwnAffair):
        Actor(Role.AGENCY_OFFICER, person).must_not_be(person)
