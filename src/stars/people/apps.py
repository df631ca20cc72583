"""Persons, their identifiers, profiles and consents."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, their identifiers, profiles and consents."""

    name = "stars.people"
    label = "people"
