"""Pages of what all staff share: roles, members, invitations; no tables."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Pages of what all staff share: roles, members, invitations."""

    name = "stars.workspaces.staff"
    label = "staff"
