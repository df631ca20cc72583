"""Views of what all staff share: roles, members, invitations."""
