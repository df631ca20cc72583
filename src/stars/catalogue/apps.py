"""Programmes, groups, rounds and their search."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Programmes, groups, rounds and their search."""

    name = "stars.catalogue"
    label = "catalogue"
