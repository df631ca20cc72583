"""Pages of the workspace of the agency and of other authorities; no tables."""

from django.apps import AppConfig


class AgencyConfig(AppConfig):
    """Pages of the workspace of the agency and of other authorities."""

    name = "stars.workspaces.agency"
    label = "agency"
