"""Pages of the public workspace; no tables."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages of the public workspace."""

    name = "stars.workspaces.public"
    label = "public"
