"""Plain values about memberships."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.actors.permissions import Role
from stars.organisations.enums import MemberRole, OrganisationKind
from stars.schemes.scope import decided_by
from stars.schemes.types import Authority

# The role in which a member acts, by what the organisation is. Municipalities teach too, under VARAM most of all; their
# coordinators get a work place of their own later.
ROLES: dict[tuple[str, str], Role] = {
    (OrganisationKind.INSTITUTION, MemberRole.OFFICER): Role.INSTITUTION_OFFICER,
    (OrganisationKind.INSTITUTION, MemberRole.ADMIN): Role.INSTITUTION_ADMIN,
    (OrganisationKind.MUNICIPALITY, MemberRole.OFFICER): Role.INSTITUTION_OFFICER,
    (OrganisationKind.MUNICIPALITY, MemberRole.ADMIN): Role.INSTITUTION_ADMIN,
    (OrganisationKind.AGENCY, MemberRole.OFFICER): Role.AGENCY_OFFICER,
    (OrganisationKind.AGENCY, MemberRole.ADMIN): Role.AGENCY_ADMIN,
    (OrganisationKind.MINISTRY, MemberRole.OFFICER): Role.MINISTRY_OFFICER,
    (OrganisationKind.MINISTRY, MemberRole.ADMIN): Role.MINISTRY_ADMIN,
}
KIND_WORDS: dict[str, str | Promise] = {
    OrganisationKind.INSTITUTION: _("Educational institution"),
    OrganisationKind.MUNICIPALITY: _("Municipality"),
    OrganisationKind.AGENCY: _("Agency"),
    OrganisationKind.MINISTRY: _("Ministry"),
}
SCHEMES_OF: dict[str, frozenset[str]] = {
    OrganisationKind.AGENCY: decided_by(Authority.AGENCY),
    OrganisationKind.MINISTRY: decided_by(Authority.MINISTRY),
}


@dataclass(frozen=True, slots=True)
class Hat:
    """A membership as the role switcher shows it."""

    membership_id: int
    organisation: str
    short_name: str
    role: Role
