"""What can be permitted, and what each role may do."""

from enum import StrEnum


class Role(StrEnum):
    """The hat somebody wears in this request."""

    ANONYMOUS = "anonymous"
    CITIZEN = "citizen"
    INSTITUTION_OFFICER = "institution-officer"
    INSTITUTION_ADMIN = "institution-admin"
    AGENCY_OFFICER = "agency-officer"
    AGENCY_ADMIN = "agency-admin"
    MINISTRY_OFFICER = "ministry-officer"
    MINISTRY_ADMIN = "ministry-admin"
    SYSTEM = "system"


class Permission(StrEnum):
    """One thing that can be allowed. Which rows it reaches is the actor's scope: organisation and sources."""

    # What everybody who is signed in may do: accept the texts, choose a role, accept an invitation, leave.
    SESSION_USE = "session.use"
    PROFILE_EDIT = "profile.edit"
    CATALOGUE_MANAGE = "catalogue.manage"
    PROGRAMME_EDIT = "programme.edit"
    PROGRAMME_APPROVE = "programme.approve"
    ROUND_MANAGE = "round.manage"
    RULES_SET = "rules.set"
    APPLICATION_FILL = "application.fill"
    APPLICATION_CHECK = "application.check"
    APPLICATION_ADMIT = "application.admit"
    APPLICATION_CONCLUDE = "application.conclude"
    APPLICATION_LAPSE = "application.lapse"
    ACCOUNT_CORRECT = "account.correct"
    PERSON_MERGE = "person.merge"
    TEST_TAKE = "test.take"
    # Banks and thresholds: of every test with the second, else of the test before a source that one decides on.
    TEST_MANAGE = "test.manage"
    TEST_MANAGE_ALL = "test.manage-all"
    SURVEY_ANSWER = "survey.answer"
    SURVEY_MANAGE = "survey.manage"
    MEMBER_INVITE = "member.invite"
    MEMBER_GRANT = "member.grant"


_CITIZEN = frozenset(
    {
        Permission.SESSION_USE,
        Permission.PROFILE_EDIT,
        Permission.APPLICATION_FILL,
        Permission.TEST_TAKE,
        Permission.SURVEY_ANSWER,
    }
)
_INSTITUTION = frozenset(
    {
        Permission.SESSION_USE,
        Permission.PROGRAMME_EDIT,
        Permission.APPLICATION_ADMIT,
        Permission.APPLICATION_CONCLUDE,
    }
)
_MINISTRY = frozenset(
    {
        Permission.SESSION_USE,
        Permission.APPLICATION_CHECK,
        Permission.ROUND_MANAGE,
        Permission.ACCOUNT_CORRECT,
        Permission.TEST_MANAGE,
    }
)
_AGENCY = _MINISTRY | {
    Permission.PROGRAMME_APPROVE,
    Permission.RULES_SET,
    Permission.PERSON_MERGE,
    Permission.TEST_MANAGE_ALL,
    Permission.SURVEY_MANAGE,
}
_ADMIN = frozenset({Permission.MEMBER_INVITE})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ANONYMOUS: frozenset(),
    Role.CITIZEN: _CITIZEN,
    Role.INSTITUTION_OFFICER: _INSTITUTION,
    Role.INSTITUTION_ADMIN: _INSTITUTION | _ADMIN,
    Role.AGENCY_OFFICER: _AGENCY,
    Role.AGENCY_ADMIN: _AGENCY | _ADMIN | {Permission.MEMBER_GRANT},
    Role.MINISTRY_OFFICER: _MINISTRY,
    Role.MINISTRY_ADMIN: _MINISTRY | _ADMIN,
    Role.SYSTEM: frozenset(
        {
            Permission.CATALOGUE_MANAGE,
            Permission.TEST_MANAGE,
            Permission.TEST_MANAGE_ALL,
            Permission.SURVEY_MANAGE,
            Permission.PROGRAMME_EDIT,
            Permission.PROGRAMME_APPROVE,
            Permission.ROUND_MANAGE,
            Permission.RULES_SET,
            Permission.APPLICATION_CHECK,
            Permission.APPLICATION_ADMIT,
            Permission.APPLICATION_CONCLUDE,
            Permission.APPLICATION_LAPSE,
            Permission.MEMBER_GRANT,
        }
    ),
}
