"""Applications for learning."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications for learning."""

    name = "stars.applications"
    label = "applications"
