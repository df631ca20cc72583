"""Pages of the institution workspace; no tables."""

from django.apps import AppConfig


class InstitutionConfig(AppConfig):
    """Pages of the institution workspace."""

    name = "stars.workspaces.institution"
    label = "institution"
