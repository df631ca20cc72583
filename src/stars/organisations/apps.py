"""Institutions and authorities."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Institutions and authorities."""

    name = "stars.organisations"
    label = "organisations"
