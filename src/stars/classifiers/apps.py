"""Classifiers: closed lists of values."""

from django.apps import AppConfig


class ClassifiersConfig(AppConfig):
    """Classifiers: closed lists of values."""

    name = "stars.classifiers"
    label = "classifiers"
