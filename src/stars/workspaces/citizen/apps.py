"""Pages of the citizen workspace; no tables."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    """Pages of the citizen workspace."""

    name = "stars.workspaces.citizen"
    label = "citizen"
