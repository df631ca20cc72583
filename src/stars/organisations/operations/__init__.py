"""Everything that writes memberships and invitations."""

from stars.organisations.operations.invitations import InvitationNotValid, accept, invite, withdraw
from stars.organisations.operations.looking import note_look, open_invitation
from stars.organisations.operations.memberships import (
    AlreadyMember,
    LastAdministrator,
    PeriodNotInOrder,
    change,
    end,
    grant,
)

__all__ = [
    "AlreadyMember",
    "InvitationNotValid",
    "LastAdministrator",
    "PeriodNotInOrder",
    "accept",
    "change",
    "end",
    "grant",
    "invite",
    "note_look",
    "open_invitation",
    "withdraw",
]
